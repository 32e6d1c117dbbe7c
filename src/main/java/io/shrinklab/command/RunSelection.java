package io.shrinklab.command;

import io.shrinklab.experiment.Nearest;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.Variant;
import io.shrinklab.spec.Visible;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which of a sweep's runs. */
final class RunSelection {
  @Mixin private SeedsOption seeds = new SeedsOption();

  @Option(
      names = "--only",
      paramLabel = "VARIANT",
      description = "Only this variant; may be given several times.")
  private List<String> only = new ArrayList<>();

  /** The experiment with the seeds asked for, and all its variants. */
  Experiment withSeeds(Experiment experiment) {
    return seeds.choice().of(experiment);
  }

  /** What was asked of seeds. */
  SeedsConverter.Choice seeds() {
    return seeds.choice();
  }

  /** Whether nothing is selected. */
  boolean isAll() {
    return seeds.choice().ofTheFile() && only.isEmpty();
  }

  /** The experiment with the variants asked for. */
  Experiment withVariants(Experiment experiment) throws CommandException {
    if (only.isEmpty()) {
      return experiment;
    }
    Set<String> asked = new HashSet<>(only);
    List<Variant> chosen =
        experiment.variants().stream()
            .filter(each -> asked.contains(each.name()) || asked.contains(each.entry()))
            .toList();
    for (String name : only) {
      if (chosen.stream().noneMatch(v -> v.name().equals(name) || v.entry().equals(name))) {
        throw unknown(name, experiment);
      }
    }
    return experiment.withVariants(chosen);
  }

  /** One variant by its name. */
  static Variant variant(Experiment experiment, String name) throws CommandException {
    return experiment.variants().stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, experiment));
  }

  private static CommandException unknown(String name, Experiment experiment) {
    return unknown(name, experiment, () -> experiment.variants().stream().map(Variant::name));
  }

  /** A name that is none of the known ones, which may be many; says which look like it. */
  static CommandException unknown(
      String name, Experiment experiment, Supplier<Stream<String>> known) {
    List<String> nearest = Nearest.of(name, known.get(), 3);
    String hint = Nearest.hint(nearest);
    if (nearest.isEmpty()) {
      hint = "; some are " + String.join(", ", known.get().limit(5).toList()) + ".";
    }
    return new CommandException(
        experiment.name()
            + " has no variant "
            + Visible.quoted(name)
            + hint
            + " All variants: plan "
            + experiment.name());
  }
}
