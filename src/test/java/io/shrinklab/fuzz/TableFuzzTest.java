package io.shrinklab.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of the user's that are right, nearly right and wrong. */
class TableFuzzTest {
  /** Two numbers, two categories and a group; what is predicted is one of them. */
  private static final List<String> HEADER = List.of("a", "b", "c", "d", "g", "y");

  @TempDir private Path folder;

  /** A table as cells, each with its text and whether it stands in quotes. */
  private record Table(List<List<String>> rows, String separator, String end) {
    byte[] bytes(Charset charset) {
      return rows.stream()
          .map(row -> String.join(separator, row))
          .collect(Collectors.joining(end, "", end))
          .getBytes(charset);
    }
  }

  @Test
  void aTableIsReadAsItStandsOrRefusedByItsFileRowAndColumn() throws Exception {
    Files.createDirectories(new DataCase(folder).path(""));
    Cases.run(getClass(), 100, this::one);
  }

  private void one(SplittableRandom random) throws IOException {
    DataCase data = new DataCase(folder);
    ObjectNode spec = DataCase.spec("csv").put("file", "t.csv").put("target", "y");
    spec.put("validation", 4).put("train", 6 + random.nextInt(6));
    spec.putArray("columns").add("a").add("b").add("c").add("d");
    spec.putArray("categorical").add("c").add("d");
    String separator = random.nextInt(4) == 0 ? Draw.of(List.of(";", "\t", "|"), random) : ",";
    if (!separator.equals(",")) {
      spec.put("separator", separator);
    }
    boolean numbers = random.nextBoolean();
    if (numbers) {
      spec.put("task", "regression");
    }
    String missing = Draw.of(List.of("refuse", "drop-rows", "impute"), random);
    spec.put("missing", missing);
    if (random.nextInt(4) == 0) {
      spec.put("group", "g");
    }
    Table table =
        new Table(rows(numbers, random), separator, Draw.of(List.of("\n", "\r\n", "\n"), random));
    boolean plain = random.nextInt(4) == 0;
    Files.write(
        data.path("t.csv"),
        plain ? table.bytes(StandardCharsets.UTF_8) : wrong(table, spec, random));
    Said said = data.plan(spec, data.path("t.csv").toString());
    if (plain && !spec.has("group")) {
      assertThat(said.code()).as("a right table, by %s", said).isZero();
    }
  }

  private static List<List<String>> rows(boolean numbers, SplittableRandom random) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(HEADER));
    for (int row = 0; row < 24; row++) {
      rows.add(
          new ArrayList<>(
              List.of(
                  Double.toString(random.nextDouble()),
                  Integer.toString(random.nextInt(100)),
                  "k" + random.nextInt(3),
                  random.nextBoolean() ? "\"q, r\"" : "\"say \"\"x\"\"\"",
                  "g" + row / 3,
                  numbers ? Integer.toString(row) : row % 2 == 0 ? "yes" : "no")));
    }
    return rows;
  }

  /** The table with accidents: in cells, in its rows, in its header, in its text. */
  private static byte[] wrong(Table table, ObjectNode spec, SplittableRandom random) {
    List<List<String>> rows = table.rows();
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<String> row = Draw.of(rows, random);
      int column = random.nextInt(row.size() + 1) % Math.max(1, row.size());
      switch (random.nextInt(14)) {
        case 0, 1 -> set(row, column, Draw.text(random));
        case 2, 3 -> set(row, column, Draw.number(random));
        case 4 -> set(row, column, Draw.of(List.of("", "NA", "?", "1,5", "1.5f", "0x1p3"), random));
        case 5 -> row.add(Draw.text(random));
        case 6 -> row.remove(row.size() - 1);
        case 7 -> rows.remove(random.nextInt(rows.size()));
        case 8 -> rows.add(new ArrayList<>(row));
        case 9 -> set(rows.get(0), random.nextInt(3), Draw.of(HEADER, random));
        case 10 -> rows.subList(random.nextInt(rows.size()), rows.size()).clear();
        case 11 -> spec.put(Draw.of(List.of("target", "group"), random), Draw.text(random));
        case 12 ->
            spec.put(
                Draw.of(List.of("train", "validation", "labelNoise"), random),
                Draw.of(List.of(0.001, 0.3, 0.999, 1.0, 23.0, 24.0, 1e8), random));
        default -> {
          String cell = row.isEmpty() ? "" : row.get(column);
          set(row, column, Draw.of(List.of("\u0001", "\u001f", "\u00a0", "\""), random) + cell);
        }
      }
      if (rows.isEmpty()) {
        return new byte[0];
      }
    }
    byte[] bytes = table.bytes(charset(random));
    return random.nextInt(5) == 0 ? Bytes.damaged(bytes, random) : bytes;
  }

  private static Charset charset(SplittableRandom random) {
    return switch (random.nextInt(16)) {
      case 0 -> StandardCharsets.UTF_16;
      case 1 -> StandardCharsets.ISO_8859_1;
      default -> StandardCharsets.UTF_8;
    };
  }

  private static void set(List<String> row, int column, String text) {
    if (column < row.size()) {
      row.set(column, text);
    }
  }

  /** What a terminal or an editor does not show is a part of a cell all the same. */
  @Test
  void whatIsNoSpaceIsNotTakenAwayFromACell() throws Exception {
    Files.createDirectories(new DataCase(folder).path(""));
    DataCase data = new DataCase(folder);
    ObjectNode spec = DataCase.spec("csv").put("file", "t.csv").put("target", "y");
    spec.put("train", 4).put("validation", 2);
    for (String sign : List.of("\u0001", "\u000b", "\u001f", "\u00a0", "\u200b")) {
      for (String cell : List.of(sign + "5", "5" + sign)) {
        String table = "a,y\n1,u\n2,v\n" + cell + ",u\n4,v\n5,u\n6,v\n7,u\n8,v\n";
        Files.writeString(data.path("t.csv"), table);
        Said said = data.plan(spec, data.path("t.csv").toString());
        assertThat(said.refused()).as("%s", said).isTrue();
        assertThat(said.err()).contains("row 3 below the header, column \"a\"");
      }
    }
  }
}
