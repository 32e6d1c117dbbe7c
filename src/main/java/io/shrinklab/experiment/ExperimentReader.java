package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Claim;
import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.FolderName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the tree of an experiment file into an experiment, or into all that is wrong with it. */
final class ExperimentReader {
  /** The most variants of one experiment: what its names can be told apart in, in little memory. */
  static final int MOST_VARIANTS = 2_000_000;

  /** The keys of an experiment file. */
  static final List<String> KEYS =
      List.of(
          "$schema",
          "name",
          "description",
          "data",
          "network",
          "optimizer",
          "training",
          "seeds",
          "baseline",
          "margin",
          "claim",
          "variants",
          "grid");

  /** The keys of a variant. */
  static final List<String> VARIANT_KEYS =
      List.of("name", "penalty", "data", "network", "optimizer", "training", "grid", "zip");

  private static final List<Section> BASE =
      List.of(Section.DATA, Section.NETWORK, Section.OPTIMIZER, Section.TRAINING);

  private final String file;
  private final String defaultName;
  private final OwnClasses classes;
  private final Problems problems = new Problems();

  /**
   * Makes one.
   *
   * @param file for messages
   * @param defaultName the experiment's, if it gives none
   * @param classes whether it may name some
   */
  ExperimentReader(String file, String defaultName, OwnClasses classes) {
    this.file = file;
    this.defaultName = defaultName;
    this.classes = classes;
  }

  Experiment read(JsonNode root) throws ExperimentException {
    if (!root.isObject()) {
      throw new ExperimentException(
          file, List.of(new Problem("the file", JsonText.quote(root), "needs a JSON object")));
    }
    unknownKeys(root, Place.ROOT, KEYS);
    String name = name(root, Place.ROOT, defaultName);
    String description = text(root.get("description"), Place.ROOT.key("description"));
    checkBase(root);
    List<Long> seeds = Seeds.read(root.get("seeds"), Place.ROOT.key("seeds"), problems);
    @Nullable String baseline = baselineText(root.get("baseline"));
    Experiment.Judging judging =
        new Experiment.Judging(margin(root.get("margin")), claim(root.get("claim")));
    List<Axis> shared = Axis.grid(root.get("grid"), Place.ROOT.key("grid"), problems);
    List<VariantEntry> entries = entries(root, shared);
    if (tooMany(entries, shared)) {
      // Checking them all would take long.
      problems.throwIfAny(file);
    }
    List<VariantEntry> right =
        entries.stream().filter(entry -> entry.check(problems, classes)).toList();
    String entry = new VariantNames(problems).check(entries, right, shared, baseline);
    problems.throwIfAny(file);
    return new Experiment(
        Objects.requireNonNull(name),
        description,
        seeds,
        entry,
        new VariantList(entries, shared),
        judging);
  }

  private boolean tooMany(List<VariantEntry> entries, List<Axis> shared) {
    long total = entries.stream().mapToLong(VariantEntry::size).sum();
    long settings = Combinations.count(shared);
    if (total == 0 || settings <= MOST_VARIANTS / total) {
      return false;
    }
    problems.add(
        Place.ROOT.key("variants"),
        total + " variants in " + settings + (settings == 1 ? " setting" : " settings"),
        "at most " + MOST_VARIANTS + " in all; make a grid smaller");
    return true;
  }

  private void unknownKeys(JsonNode object, Place place, List<String> known) {
    for (var entry : object.properties()) {
      if (!known.contains(entry.getKey())) {
        Place at = place.key(entry.getKey());
        problems.add(at, JsonText.quote(entry.getValue()), Reading.unknownKey(at, known));
      }
    }
  }

  private @Nullable String name(JsonNode object, Place place, @Nullable String missing) {
    JsonNode node = object.get("name");
    String name = node == null ? missing : node.asText();
    boolean text = node == null || node.isTextual();
    if (name != null && (!text || !FolderName.isSafe(name))) {
      JsonNode found = node == null ? JsonNodeFactory.instance.textNode(name) : node;
      problems.add(place.key("name"), JsonText.quote(found), "needs " + FolderName.ALLOWED);
    }
    return name;
  }

  private String text(@Nullable JsonNode node, Place place) {
    if (node != null && !node.isTextual()) {
      problems.add(place, JsonText.quote(node), "needs a text");
    }
    return node == null ? "" : node.asText();
  }

  private @Nullable String baselineText(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      problems.add(Place.ROOT.key("baseline"), JsonText.quote(node), "needs a variant's name");
      return null;
    }
    return node.textValue();
  }

  private double margin(@Nullable JsonNode node) {
    if (node == null) {
      return Double.NaN;
    }
    double margin = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!(margin > 0) || Double.isInfinite(margin)) {
      problems.add(
          Place.ROOT.key("margin"),
          JsonText.quote(node),
          "needs a number above 0, in the score's unit: 0.005 is half a percent of accuracy");
    }
    return margin;
  }

  private Claim claim(@Nullable JsonNode node) {
    if (node == null) {
      return Claim.BEYOND_THESE_ROWS;
    }
    for (Claim claim : Claim.values()) {
      if (node.isTextual() && node.textValue().equals(claim.word())) {
        return claim;
      }
    }
    problems.add(
        Place.ROOT.key("claim"),
        JsonText.quote(node),
        "needs one of "
            + Arrays.stream(Claim.values()).map(Claim::word).collect(Collectors.joining(", ")));
    return Claim.BEYOND_THESE_ROWS;
  }

  /** What is wrong in a base section whatever the variants add, also if all of them replace it. */
  private void checkBase(JsonNode root) {
    for (Section section : BASE) {
      JsonNode node = root.get(section.key());
      if (node != null) {
        section.shape().read(node, section.place(), Reading.fragment(problems));
      }
    }
  }

  private List<VariantEntry> entries(JsonNode root, List<Axis> shared) {
    JsonNode variants = root.get("variants");
    Place place = Place.ROOT.key("variants");
    List<VariantEntry> entries = new ArrayList<>();
    if (variants == null || !variants.isArray() || variants.isEmpty()) {
      problems.add(
          place,
          variants == null ? "" : JsonText.quote(variants),
          (variants == null ? "missing; " : "") + "needs a list of at least one variant");
      return entries;
    }
    for (int i = 0; i < variants.size(); i++) {
      JsonNode variant = variants.get(i);
      if (variant instanceof ObjectNode object) {
        entries.add(entry(root, object, place.element(i), shared));
      } else {
        problems.add(
            place.element(i),
            JsonText.quote(variant),
            "needs an object with some of the keys " + String.join(", ", VARIANT_KEYS));
      }
    }
    return entries;
  }

  private VariantEntry entry(JsonNode root, ObjectNode variant, Place place, List<Axis> shared) {
    unknownKeys(variant, place, VARIANT_KEYS);
    @Nullable String name = name(variant, place, null);
    List<Axis> own = new ArrayList<>(Axis.grid(variant.get("grid"), place.key("grid"), problems));
    own.addAll(Axis.zip(variant.get("zip"), place.key("zip"), problems));
    checkAxes(variant, place, own, shared);
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    Origins origins = new Origins();
    for (Section section : BASE) {
      JsonNode base = root.get(section.key());
      if (base != null) {
        tree.set(section.key(), base.deepCopy());
      }
    }
    for (Section section : Section.values()) {
      JsonNode over = variant.get(section.key());
      Place source = place.key(section.key());
      if (over != null) {
        Merge.over(tree, section.key(), over, section.place(), source, origins);
      } else if (section == Section.PENALTY) {
        origins.put(section.place(), source);
      }
    }
    return new VariantEntry(place, name, tree, origins, own, shared);
  }

  /** No value may have two masters of the same rank. */
  private void checkAxes(ObjectNode variant, Place place, List<Axis> own, List<Axis> shared) {
    List<Axis.Column> outer = columns(shared);
    List<Axis.Column> inner = columns(own);
    for (Axis.Column column : outer) {
      if (column.path().isIn(variant)) {
        problems.add(
            column.path().place(place),
            "",
            "set either here or by the experiment's grid, not by both");
      }
    }
    for (int i = 0; i < inner.size(); i++) {
      Axis.Column column = inner.get(i);
      boolean again =
          outer.stream().anyMatch(other -> other.path().overlaps(column.path()))
              || inner.subList(0, i).stream()
                  .anyMatch(other -> other.path().steps().equals(column.path().steps()));
      if (again) {
        problems.add(
            column.key(),
            "",
            "needs a path that no other grid or zip of this variant sets already");
      }
    }
  }

  private static List<Axis.Column> columns(List<Axis> axes) {
    return axes.stream().flatMap(axis -> axis.columns().stream()).toList();
  }
}
