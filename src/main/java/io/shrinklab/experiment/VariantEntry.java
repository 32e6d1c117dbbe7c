package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Check;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.PenaltySpec;
import io.shrinklab.spec.TrainingSpec;
import io.shrinklab.spec.Variant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One element of {@code variants} with its own axes and those of the whole experiment. */
final class VariantEntry {
  private final Place place;
  private final @Nullable String givenName;
  private final List<Axis> own;
  private final List<Axis> shared;
  private final List<Axis> axes;
  private final Map<Section, SectionGrid> sections = new EnumMap<>(Section.class);
  private final @Nullable String[] labels;
  private boolean @Nullable [] named;

  /**
   * Makes one.
   *
   * @param place of the element
   * @param givenName null to make one
   * @param tree its sections, merged
   * @param origins where they were written
   * @param own the entry's axes
   * @param shared the experiment's axes
   */
  VariantEntry(
      Place place,
      @Nullable String givenName,
      ObjectNode tree,
      Origins origins,
      List<Axis> own,
      List<Axis> shared) {
    this.place = place;
    this.givenName = givenName;
    this.own = own;
    this.shared = shared;
    axes = Stream.concat(own.stream(), shared.stream()).toList();
    for (Section section : Section.values()) {
      sections.put(section, new SectionGrid(section, tree, origins, axes));
    }
    labels = new String[section(Section.PENALTY).few()];
  }

  Place place() {
    return place;
  }

  /** The name, where it is known without reading anything else. */
  @Nullable String fixedName() {
    return own.isEmpty() ? givenName : null;
  }

  /** How many variants it makes within one setting. */
  int size() {
    return (int) Combinations.count(own);
  }

  /** Reports what is wrong with any of its variants; false if anything is. */
  boolean check(Problems problems, OwnClasses classes) {
    long before = problems.reports();
    for (SectionGrid section : sections.values()) {
      section.check(problems);
    }
    if (problems.reports() > before) {
      return false;
    }
    checkAlone(
        Section.NETWORK,
        problems,
        (network, reporter) -> classes.check(((NetworkSpec) network).className(), reporter));
    checkAlone(
        Section.PENALTY,
        problems,
        (penalty, reporter) -> classes.check(((PenaltySpec) penalty).className(), reporter));
    checkTogether(
        Section.PENALTY,
        Section.OPTIMIZER,
        problems,
        (penalty, optimizer, reporter) ->
            ((PenaltySpec) penalty).checkWith((OptimizerSpec) optimizer, reporter));
    checkTogether(
        Section.NETWORK,
        Section.DATA,
        problems,
        (network, data, reporter) -> ((NetworkSpec) network).checkWith((DataSpec) data, reporter));
    checkTogether(
        Section.TRAINING,
        Section.NETWORK,
        problems,
        (training, network, reporter) ->
            ((TrainingSpec) training).checkWith((NetworkSpec) network, reporter));
    checkTogether(
        Section.TRAINING,
        Section.PENALTY,
        problems,
        (training, penalty, reporter) ->
            ((TrainingSpec) training).checkWith((PenaltySpec) penalty, reporter));
    checkTogether(
        Section.TRAINING,
        Section.DATA,
        problems,
        (training, data, reporter) ->
            ((TrainingSpec) training).checkWith((DataSpec) data, reporter));
    boolean right = problems.reports() == before;
    if (right) {
      // Now, so that threads that share the variants find it done.
      named();
    }
    return right;
  }

  /** Checks a section wherever it differs. */
  private void checkAlone(
      Section section, Problems problems, BiConsumer<Object, Check.Reporter> check) {
    checkTogether(
        section, section, problems, (value, same, reporter) -> check.accept(value, reporter));
  }

  /**
   * Checks every combination of two sections that occurs; problems are reported under the first.
   */
  private void checkTogether(
      Section first, Section second, Problems problems, PairCheck pairCheck) {
    SectionGrid checked = section(first);
    SectionGrid other = section(second);
    int[] both =
        IntStream.concat(IntStream.of(checked.touching()), IntStream.of(other.touching()))
            .distinct()
            .sorted()
            .toArray();
    Combinations.visit(
        axes,
        both,
        digits ->
            pairCheck.check(
                checked.at(digits),
                other.at(digits),
                (key, found, allowed) -> {
                  Reading reading = checked.reading(digits, problems);
                  JsonNode object = checked.tree(digits, reading).path(first.key());
                  RecordShape.reporter(object, first.place(), reading).problem(key, found, allowed);
                }));
  }

  /** Whether two sections fit each other. */
  private interface PairCheck {
    void check(Object checked, Object other, Check.Reporter reporter);
  }

  /** The name without the setting. */
  String name(int index) {
    int[] digits = digits(index, 0);
    boolean[] parts = named();
    StringBuilder name = new StringBuilder(givenName == null ? label(digits) : givenName);
    for (int i = 0; i < own.size(); i++) {
      if (parts[i]) {
        name.append('-').append(own.get(i).part(digits[i]));
      }
    }
    return FolderName.fit(name.toString());
  }

  /** The penalty at an index of the first setting. */
  PenaltySpec penalty(int index) {
    return (PenaltySpec) section(Section.PENALTY).at(digits(index, 0));
  }

  /**
   * A variant.
   *
   * @param name without the setting
   * @param setting its name
   * @param settingIndex its position
   * @param index position within the setting
   */
  Variant variant(String name, String setting, int settingIndex, int index) {
    int[] digits = digits(index, settingIndex);
    return new Variant(
        Variant.name(name, setting),
        name,
        setting,
        (DataSpec) section(Section.DATA).at(digits),
        (NetworkSpec) section(Section.NETWORK).at(digits),
        (OptimizerSpec) section(Section.OPTIMIZER).at(digits),
        (TrainingSpec) section(Section.TRAINING).at(digits),
        (PenaltySpec) section(Section.PENALTY).at(digits));
  }

  private SectionGrid section(Section section) {
    SectionGrid grid = sections.get(section);
    if (grid == null) {
      throw new IllegalStateException(section.key());
    }
    return grid;
  }

  private int[] digits(int index, int settingIndex) {
    int[] digits = new int[axes.size()];
    Combinations.decode(index, own, digits, 0);
    Combinations.decode(settingIndex, shared, digits, own.size());
    return digits;
  }

  private String label(int[] digits) {
    SectionGrid penalties = section(Section.PENALTY);
    int number = labels.length > 0 ? penalties.number(digits) : 0;
    String known = labels.length > 0 ? labels[number] : null;
    if (known == null) {
      known = FolderName.part(((PenaltySpec) penalties.at(digits)).label());
      if (labels.length > 0) {
        labels[number] = known;
      }
    }
    return known;
  }

  /** Which axes a name must tell: all under a given name, else those the penalty's label hides. */
  private boolean[] named() {
    boolean[] known = named;
    if (known == null) {
      known = new boolean[own.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = givenName != null || !toldByLabel(i);
      }
      named = known;
    }
    return known;
  }

  private boolean toldByLabel(int axis) {
    Set<String> labels = new HashSet<>();
    int[] digits = new int[axes.size()];
    for (int i = 0; i < own.get(axis).size(); i++) {
      digits[axis] = i;
      if (!labels.add(label(digits).toLowerCase(Locale.ROOT))) {
        return false;
      }
    }
    // An axis of one value shows in the label if it sets something of the penalty.
    return own.get(axis).size() > 1 || own.get(axis).touches(Section.PENALTY);
  }
}
