package io.shrinklab.spec;

/**
 * One treatment, fully resolved: everything that decides a run but the seed.
 *
 * @param name unique in the experiment, safe as a folder name
 * @param setting what a top-level grid chose for this variant ("" without such a grid); variants
 *     are compared within a setting
 * @param entry the name without the setting; the experiment's baseline names an entry
 */
public record Variant(
    String name,
    String entry,
    String setting,
    DataSpec data,
    NetworkSpec network,
    OptimizerSpec optimizer,
    TrainingSpec training,
    PenaltySpec penalty) {

  /** The same on other data. */
  public Variant withData(DataSpec other) {
    return new Variant(name, entry, setting, other, network, optimizer, training, penalty);
  }

  /** The name of an entry in a setting. */
  public static String name(String entry, String setting) {
    return setting.isEmpty() ? entry : FolderName.fit(entry + "-" + setting);
  }
}
