package io.shrinklab.experiment;

/**
 * One thing that is wrong in an experiment file.
 *
 * @param path where, as a JSON path: {@code variants[2].penalty.lambda}
 * @param found the value found, as JSON; empty where there is none
 * @param allowed what is allowed, and what to do
 */
public record Problem(String path, String found, String allowed) {
  @Override
  public String toString() {
    return path + (found.isEmpty() ? "" : ": found " + found) + ": " + allowed;
  }
}
