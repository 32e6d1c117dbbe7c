package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.outcome.EqualRows;
import io.shrinklab.outcome.PartSizes;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.Rows;
import io.shrinklab.spec.SeedStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts a data set for one seed. */
final class Splitting {
  private static final Logger LOG = LoggerFactory.getLogger(Splitting.class);

  /** Stands for the run's seed where all seeds share one split. */
  private static final long FIXED_SPLIT_SEED = 0;

  private final Source source;
  private final DataSpec spec;
  private final long seed;

  Splitting(Source source, DataSpec spec, long seed) {
    this.source = source;
    this.spec = spec;
    this.seed = seed(spec, seed);
  }

  /** The seed that decides the split: a run's, or one for all. */
  static long seed(DataSpec spec, long seed) {
    return spec.split() == DataSpec.Split.FIXED ? FIXED_SPLIT_SEED : seed;
  }

  /** Draws the parts and copies their rows. */
  DataSplit split(NDManager manager) throws DataException {
    Partition rows = checkedRows();
    checkVaries("train", rows.train());
    checkVaries("validation", rows.validation());
    int[] test = test(rows);
    Labels labels = source.labels();
    if (labels instanceof Classes classes) {
      labels = classes.withNoise(rows.train(), spec.labelNoise(), SeedStream.LABEL_NOISE.of(seed));
    }
    EqualRows overlap = Leakage.of(source.features(), rows.train(), rows.validation(), test);
    if (overlap.validation() + overlap.test() > 0) {
      LOG.warn(
          "{} of {} validation rows and {} of {} test rows equal a training row",
          overlap.validation(),
          rows.validation().length,
          overlap.test(),
          test.length);
    }
    Features features = source.features().fitted(rows.train());
    Labels fitted = labels.fitted(rows.train());
    return new DataSplit(
        labels.task(),
        labels.outputs(),
        part(features, fitted, rows.train(), manager),
        part(features, fitted, rows.validation(), manager),
        part(features, fitted, test, manager),
        source.population(),
        source.validationPool(),
        source.sha256(),
        overlap,
        labels.chanceScore(rows.validation()),
        source.features().names(),
        source.truth(),
        making(rows, test, features, fitted));
  }

  private DataSplit.Making making(Partition rows, int[] test, Features features, Labels labels) {
    List<Scale> scales = features.scales();
    return new DataSplit.Making(
        numbers(rows.train()),
        numbers(rows.validation()),
        numbers(test),
        scales.stream().mapToDouble(Scale::mean).toArray(),
        scales.stream().mapToDouble(Scale::divisor).toArray(),
        labels.scale().mean(),
        labels.scale().divisor(),
        labels.classNames());
  }

  /** Of a table as its file has them, from 1 below the header; of all else from 0. */
  private int[] numbers(int[] rows) {
    TableRows table = source.table();
    return table == null ? rows : Arrays.stream(rows).map(row -> table.numbers()[row]).toArray();
  }

  /**
   * Tells what the parts will be, and whether the rows asked for are there and fit each other. What
   * it says is the same for all seeds where rows are independent: only which rows of a class are
   * drawn depends on the seed, not how many.
   */
  DrawnParts check() throws DataException {
    Partition rows = checkedRows();
    boolean grouped = source.groups() != null;
    // Of more than one row it depends on the seed whether they differ.
    if (grouped || rows.train().length == 1) {
      checkVaries("train", rows.train());
    }
    if (grouped || rows.validation().length == 1) {
      checkVaries("validation", rows.validation());
    }
    if (!source.labels().varies(IntStream.range(0, source.pool()).toArray())) {
      throw new DataException(
          "data.target: found the same value in all "
              + source.pool()
              + " rows; there is nothing to predict, name another column");
    }
    Classes groups = source.groups();
    TableRows table = source.table();
    return new DrawnParts(
        new PartSizes(
            rows.train().length,
            rows.validation().length,
            test(rows).length,
            source.population(),
            source.validationPool()),
        groups == null ? 0 : groups.outputs(),
        table == null ? 0 : table.dropped());
  }

  private int[] test(Partition rows) {
    if (source.testStart() < source.rows()) {
      return IntStream.range(source.testStart(), source.rows()).toArray();
    }
    return source.ownValidation() > 0 ? new int[0] : rows.rest();
  }

  private void checkVaries(String part, int[] rows) throws DataException {
    if (!source.labels().varies(rows)) {
      throw new DataException(
          "data."
              + part
              + ": found "
              + (rows.length == 1 ? "1 row" : rows.length + " rows that all are alike")
              + " in what is to be predicted; "
              + source.labels().task().scoreName()
              + " needs at least two that differ; ask for more rows");
    }
  }

  private Partition checkedRows() throws DataException {
    if (spec.labelNoise() > 0 && !(source.labels() instanceof Classes)) {
      throw new DataException(
          "data.labelNoise: found "
              + spec.labelNoise()
              + "; 0 is allowed here: labels are drawn for single-label sets only");
    }
    Partition rows = rows();
    checkClasses(rows);
    return rows;
  }

  private Partition rows() throws DataException {
    int pool = source.pool();
    Rows wanted = spec.train();
    if (source.ownValidation() == 0) {
      int validation = spec.validation().in(pool);
      return draw(wanted == null ? pool - validation : wanted.in(pool), validation);
    }
    int train = wanted == null ? pool : wanted.in(pool);
    Rows size = spec.validation();
    boolean all = size.equals(Rows.of(0));
    int validation = all ? source.ownValidation() : size.in(source.ownValidation());
    if (validation < 1 || validation > source.ownValidation()) {
      throw new DataException(
          "data.validation: found "
              + size.say(source.ownValidation())
              + "; the set's validation part has "
              + source.ownValidation()
              + " rows; ask for some of them, or 0 for all");
    }
    int[] drawn = draw(train, 0).train();
    int[] own = IntStream.range(pool, source.testStart()).toArray();
    if (validation < own.length) {
      Classes strata = source.labels().strata(source.testStart());
      int[] classes = Arrays.copyOfRange(strata.values(), pool, source.testStart());
      Partition part =
          Partition.stratified(classes, strata.outputs(), validation, 0, SeedStream.SPLIT.of(seed));
      own = Arrays.stream(part.train()).map(row -> pool + row).toArray();
    }
    return new Partition(drawn, own, new int[0]);
  }

  private Partition draw(int train, int validation) throws DataException {
    boolean ownValidation = source.ownValidation() > 0;
    if (train < 1 || (validation < 1 && !ownValidation) || train + validation > source.pool()) {
      Rows wanted = spec.train();
      throw new DataException(
          "data: found train "
              + (wanted == null ? "null (all that are left)" : wanted.say(source.pool()))
              + (ownValidation ? "" : " and validation " + spec.validation().say(source.pool()))
              + "; each part needs a row, and there are "
              + source.pool()
              + " rows to draw from; ask for other sizes");
    }
    Classes strata = source.labels().strata(source.pool());
    Classes groups = source.groups();
    return groups == null
        ? Partition.stratified(
            strata.values(), strata.outputs(), train, validation, SeedStream.SPLIT.of(seed))
        : drawGroups(strata, groups, train, validation);
  }

  private Partition drawGroups(Classes strata, Classes groups, int train, int validation)
      throws DataException {
    Partition drawn =
        Partition.grouped(strata, groups, train, validation, SeedStream.SPLIT.of(seed));
    if (drawn.train().length == 0 || drawn.validation().length == 0) {
      boolean none = drawn.train().length == 0;
      throw new DataException(
          "data."
              + (none ? "train" : "validation")
              + ": found "
              + (none ? train : validation)
              + " rows, and no group came near with seed "
              + seed
              + ": parts take whole groups, of which there are "
              + groups.outputs()
              + " in "
              + source.pool()
              + " rows; ask for more rows");
    }
    return drawn;
  }

  private void checkClasses(Partition rows) throws DataException {
    if (source.labels() instanceof Classes classes) {
      int[] train = classes.counts(rows.train());
      int[] validation = classes.counts(rows.validation());
      for (int c = 0; c < train.length; c++) {
        if (train[c] == 0 && validation[c] > 0) {
          throw new DataException(
              "data: found class number "
                  + c
                  + (classes.names().isEmpty() ? "" : " (\"" + classes.names().get(c) + "\")")
                  + " in "
                  + validation[c]
                  + " validation rows and in no training row; ask for more training rows, or merge"
                  + " rare classes"
                  + (source.table() != null && classes.areNumbers() && classes.outputs() > 2
                      ? "; to predict a number write \"task\": \"regression\" into data"
                      : ""));
        }
      }
    }
  }

  private static Part part(Features features, Labels labels, int[] rows, NDManager manager) {
    return new Part(features.take(rows, manager), labels.take(rows, manager));
  }
}
