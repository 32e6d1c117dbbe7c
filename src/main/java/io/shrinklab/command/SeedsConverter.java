package io.shrinklab.command;

import io.shrinklab.experiment.Seeds;
import io.shrinklab.spec.Experiment;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --seeds}. */
final class SeedsConverter implements ITypeConverter<SeedsConverter.Choice> {
  /** The option's help. */
  static final String HELP = "Other seeds than the file's: 0..9, or 0,2,5..7";

  /**
   * Seeds that were asked for.
   *
   * @param seeds none for those of the file
   */
  record Choice(List<Long> seeds) {
    static final Choice OF_THE_FILE = new Choice(List.of());

    /** Whether none were asked for. */
    boolean ofTheFile() {
      return seeds.isEmpty();
    }

    /** The experiment with these seeds. */
    Experiment of(Experiment experiment) {
      return seeds.isEmpty() ? experiment : experiment.withSeeds(seeds);
    }
  }

  @Override
  public Choice convert(String text) {
    List<Long> seeds = Seeds.parse(text);
    if (seeds == null) {
      throw new TypeConversionException(
          "found \"" + text + "\"; needs ranges of distinct seeds: 0..9, or 0,2,5..7");
    }
    return new Choice(seeds);
  }
}
