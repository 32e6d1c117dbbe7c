package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shrinklab.spec.PenaltySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that variants' names tell them apart, and finds the baseline among them. */
final class VariantNames {
  private final Problems problems;

  VariantNames(Problems problems) {
    this.problems = problems;
  }

  /**
   * Checks all names that can be known.
   *
   * @param entries all
   * @param right those without a problem
   * @param baseline as given; null to take the entry without penalty
   * @return the baseline's name; anything after a problem was reported
   */
  String check(
      List<VariantEntry> entries,
      List<VariantEntry> right,
      List<Axis> shared,
      @Nullable String baseline) {
    VariantList variants = new VariantList(right, shared);
    checkDistinct(variants);
    Set<String> broken = new HashSet<>();
    boolean allKnown = true;
    for (VariantEntry entry : entries) {
      if (!right.contains(entry)) {
        String name = entry.fixedName();
        allKnown &= name != null;
        broken.add(String.valueOf(name));
      }
    }
    if (baseline == null) {
      return allKnown && broken.isEmpty() ? withoutPenalty(variants) : "";
    }
    boolean found = broken.contains(baseline) || variants.entryNames().anyMatch(baseline::equals);
    if (!found && allKnown) {
      problems.add(
          Place.ROOT.key("baseline"),
          JsonText.quote(JsonNodeFactory.instance.textNode(baseline)),
          "needs the name of a variant" + hint(baseline, variants));
    }
    return baseline;
  }

  private static String hint(String baseline, VariantList variants) {
    List<String> nearest = Nearest.of(baseline, variants.entryNames(), 3);
    if (!nearest.isEmpty()) {
      return Nearest.hint(nearest);
    }
    return variants.isEmpty()
        ? ""
        : "; some are " + String.join(", ", variants.entryNames().limit(5).toList());
  }

  private String withoutPenalty(VariantList variants) {
    for (int i = 0; i < variants.perSetting(); i++) {
      if (variants.penaltyAt(i).equals(new PenaltySpec.None())) {
        return variants.entryNameAt(i);
      }
    }
    if (!variants.isEmpty()) {
      problems.add(
          Place.ROOT.key("baseline"),
          "",
          "missing; needs the name of the variant that the others are compared with, since none"
              + " has penalty kind none");
    }
    return "";
  }

  private void checkDistinct(VariantList variants) {
    NameTable table = new NameTable(variants.size(), variants::nameAt);
    for (int i = 0; i < variants.size(); i++) {
      int earlier = table.add(i);
      if (earlier >= 0) {
        String name = variants.nameAt(i);
        String other = variants.nameAt(earlier);
        String also = name.equals(other) ? "" : " (as " + other + ")";
        problems.add(
            variants.placeAt(i),
            "the name \"" + name + "\"",
            "needs a name that no other variant has, ignoring case; "
                + variants.placeAt(earlier)
                + " makes it too"
                + also
                + ". Give one of them another \"name\"");
      }
    }
  }
}
