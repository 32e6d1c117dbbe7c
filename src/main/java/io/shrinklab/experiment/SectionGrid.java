package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One section of a variant entry, at every position of the axes that touch it. */
final class SectionGrid {
  /** A column of an axis that sets something in this section. */
  private record Assignment(int axis, Axis.Column column) {}

  /** The last record read: neighbours in a grid share most sections. */
  private record Memory(int number, Object value) {}

  /** More combinations than this are not kept, so that memory stays flat. */
  private static final int KEPT = 10_000;

  private final Section section;
  private final @Nullable JsonNode base;
  private final Origins origins;
  private final List<Axis> axes;
  private final int[] touching;
  private final List<Assignment> assignments;

  /** All records, where they are few. */
  private final @Nullable Object[] kept;

  private @Nullable Memory memory;

  /**
   * Makes one.
   *
   * @param tree an entry's sections, merged
   * @param origins where they were written
   * @param axes all axes of the entry
   */
  SectionGrid(Section section, ObjectNode tree, Origins origins, List<Axis> axes) {
    this.section = section;
    this.base = tree.get(section.key());
    this.origins = origins;
    this.axes = axes;
    touching =
        IntStream.range(0, axes.size()).filter(axis -> axes.get(axis).touches(section)).toArray();
    List<Assignment> found = new ArrayList<>();
    for (int axis : touching) {
      for (Axis.Column column : axes.get(axis).columns()) {
        if (column.path().section() == section) {
          found.add(new Assignment(axis, column));
        }
      }
    }
    // The whole before its parts.
    found.sort(Comparator.comparingInt(a -> a.column().path().steps().size()));
    assignments = found;
    long combinations = 1;
    for (int axis : touching) {
      combinations = Math.min(KEPT + 1L, combinations * axes.get(axis).size());
    }
    kept = new Object[combinations > KEPT ? 0 : (int) combinations];
  }

  /** Numbers the combinations of the axes that touch this section, from 0. */
  int number(int[] digits) {
    int number = 0;
    for (int axis : touching) {
      number = number * axes.get(axis).size() + digits[axis];
    }
    return number;
  }

  /** How many combinations there are, where they are few; 0 where they are many. */
  int few() {
    return kept.length;
  }

  /** The positions of the axes that touch this section. */
  int[] touching() {
    return touching.clone();
  }

  /** The section's record at these positions; only after {@link #check} found no problem. */
  Object at(int[] digits) {
    int number = number(digits);
    // Threads may race for these fields; what each one reads is a whole and right record.
    Object known = kept.length > 0 ? kept[number] : null;
    if (known != null) {
      return known;
    }
    Memory last = memory;
    if (last != null && last.number() == number) {
      return last.value();
    }
    Object value = read(digits, Reading.whole(new Problems(), Origins.SAME));
    if (value == null) {
      throw new IllegalStateException("not checked: " + section.key());
    }
    if (kept.length > 0) {
      kept[number] = value;
    } else {
      memory = new Memory(number, value);
    }
    return value;
  }

  /** Reads every combination and reports what is wrong; false if anything is. */
  boolean check(Problems problems) {
    long before = problems.reports();
    Combinations.visit(
        axes,
        touching,
        digits -> {
          Problems quick = new Problems();
          Object value = read(digits, Reading.whole(quick, Origins.SAME));
          if (value == null || quick.reports() > 0) {
            read(digits, reading(digits, problems));
          }
        });
    return problems.reports() == before;
  }

  /** A reading that names the grid's own places for what the grid set. */
  Reading reading(int[] digits, Problems problems) {
    Origins places = origins.copy();
    for (Assignment assignment : assignments) {
      Place key = assignment.column().key();
      Place tree = assignment.column().path().place(Place.ROOT);
      places.put(tree, key, key.element(digits[assignment.axis()]));
    }
    return Reading.whole(problems, places);
  }

  /** The section's JSON at these positions. */
  ObjectNode tree(int[] digits, Reading reading) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (base != null) {
      root.set(section.key(), assignments.isEmpty() ? base : base.deepCopy());
    }
    for (Assignment assignment : assignments) {
      Axis.Column column = assignment.column();
      JsonNode value = column.values().get(digits[assignment.axis()]);
      if (!column.path().set(root, value.deepCopy())) {
        reading.problems().add(column.key(), "", column.path().obstacle());
      }
    }
    return root;
  }

  private @Nullable Object read(int[] digits, Reading reading) {
    long before = reading.problems().reports();
    JsonNode node = tree(digits, reading).get(section.key());
    if (reading.problems().reports() > before) {
      // What could not be set would be found at its place with another value.
      return null;
    }
    if (node == null) {
      reading.missing(section.place(), section.shape().allowed());
      return null;
    }
    return section.shape().read(node, section.place(), reading);
  }
}
