/**
 * A sweep on an Apache Spark cluster: a job for each group of runs that train side by side, carried
 * out by worker processes of the executors. Nothing else of the program knows of Spark.
 */
@NullMarked
package io.shrinklab.spark;

import org.jspecify.annotations.NullMarked;
