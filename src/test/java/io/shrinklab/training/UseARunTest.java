package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.shrinklab.EngineExtension;
import io.shrinklab.data.DataSets;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.outcome.BestEpoch;
import io.shrinklab.outcome.Coefficient;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.RunSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** That a run's files are enough to predict with it, and what docs/use-a-run.md says of them. */
@ExtendWith(EngineExtension.class)
class UseARunTest {
  private static final int ROWS = 120;

  @TempDir private Path folder;

  /** The lines of the table, below its header. */
  private final List<String[]> table = new ArrayList<>();

  /** An array of an archive, its numbers as they are in memory. */
  private record Array(String type, ByteBuffer content) {
    double number(int index) {
      return switch (type) {
        case "<f4" -> content.getFloat(content.position() + index * 4);
        case "<f8" -> content.getDouble(content.position() + index * 8);
        case "<i4" -> content.getInt(content.position() + index * 4);
        default -> throw new AssertionError(type);
      };
    }

    int size() {
      return content.remaining() / (type.equals("<f8") ? 8 : 4);
    }

    /** UTF-32, padded with 0. */
    List<String> texts() {
      int length = Integer.parseInt(type.substring(2));
      List<String> texts = new ArrayList<>();
      for (int at = content.position(); at < content.limit(); at += 4 * length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length && content.getInt(at + 4 * i) != 0; i++) {
          text.appendCodePoint(content.getInt(at + 4 * i));
        }
        texts.add(text.toString());
      }
      return texts;
    }
  }

  /** Reads as NumPy's format says (NEP 1). */
  private static Map<String, Array> read(byte[] npz) throws IOException {
    Map<String, Array> arrays = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        ByteBuffer all = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int header = all.getShort(8);
        String text = StandardCharsets.US_ASCII.decode(all.slice(10, header)).toString();
        Matcher type = Pattern.compile("'descr': '([^']+)'").matcher(text);
        assertThat(type.find()).isTrue();
        assertThat((10 + header) % 64).isZero();
        arrays.put(
            entry.getName().replace(".npy", ""),
            new Array(type.group(1), all.position(10 + header)));
      }
    }
    return arrays;
  }

  /** A table of numbers, large ones too, and of a category; the class or number depends on them. */
  private RunOutcome train(String target, String task, boolean predictions) throws Exception {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder("x,y,colour,k,n\n");
    for (int row = 0; row < ROWS; row++) {
      double x = 1.7e9 + 100 * random.nextGaussian();
      double y = random.nextGaussian();
      double sum = (x - 1.7e9) / 100 + 2 * y + 0.5 * random.nextGaussian();
      String[] cells = {
        Double.toString(x),
        Double.toString(y),
        row % 3 == 0 ? "red" : "blue",
        sum < -1 ? "low" : sum < 1 ? "middle" : "\u00fcber",
        Double.toString(500 + 10 * sum)
      };
      table.add(cells);
      text.append(String.join(",", cells)).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    try (DataSets sets = new DataSets(folder)) {
      RunSpec written =
          ExperimentFile.parse(
                  """
                  {"data": {"kind": "csv", "file": "t.csv", "target": "%s", "task": "%s",
                            "columns": ["x", "y", "colour"], "categorical": ["colour"],
                            "train": 60, "validation": 40},
                   "network": {"kind": "linear"},
                   "optimizer": {"kind": "adam", "learningRate": 0.3},
                   "training": {"epochs": 12, "predictions": %s}, "seeds": 1,
                   "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
                  """
                      .formatted(target, task, predictions),
                  "t.json")
              .runs()
              .findFirst()
              .orElseThrow();
      RunSpec spec =
          new RunSpec(
              written.variant().withData(sets.named(written.variant().data()).orElseThrow()),
              written.seed());
      return new Training(sets).run(spec, TrainingListener.SILENT);
    }
  }

  private static Map<String, Array> bestWeights(RunOutcome outcome) throws IOException {
    byte[] best = outcome.arrays().bestWeights();
    boolean last = Objects.requireNonNull(outcome.best()).epoch() == outcome.epochs().size();
    assertThat(best.length == 0).isEqualTo(last);
    return read(last ? outcome.weights().npz() : best);
  }

  /** The outputs on a part's rows, from the table and the run's arrays alone. */
  private double[][] outputs(RunOutcome outcome, String part) throws IOException {
    Map<String, Array> data = read(outcome.arrays().data());
    Map<String, Array> weights = bestWeights(outcome);
    Array rows = data.get(part + "_rows");
    List<String> features = data.get("features").texts();
    assertThat(features).containsExactly("x", "y", "colour=blue", "colour=red");
    double[][] outputs = new double[rows.size()][weights.get("output.bias").size()];
    for (int i = 0; i < outputs.length; i++) {
      String[] cells = table.get((int) rows.number(i) - 1);
      double[] x = {
        Double.parseDouble(cells[0]),
        Double.parseDouble(cells[1]),
        cells[2].equals("blue") ? 1 : 0,
        cells[2].equals("red") ? 1 : 0
      };
      for (int output = 0; output < outputs[i].length; output++) {
        double sum = weights.get("output.bias").number(output);
        for (int f = 0; f < x.length; f++) {
          double scaled = (x[f] - data.get("mean").number(f)) / data.get("divisor").number(f);
          sum += scaled * weights.get("output.weight").number(output * x.length + f);
        }
        outputs[i][output] = sum;
      }
    }
    return outputs;
  }

  @Test
  void classesArePredictedAsTheRunPredictedThem() throws Exception {
    RunOutcome outcome = train("k", "classification", true);
    Map<String, Array> data = read(outcome.arrays().data());
    Map<String, Array> kept = read(outcome.arrays().predictions());
    List<String> classes = data.get("classes").texts();
    assertThat(classes).containsExactly("low", "middle", "\u00fcber");
    BestEpoch best = Objects.requireNonNull(outcome.best());
    for (String part : List.of("validation", "test")) {
      double[][] outputs = outputs(outcome, part);
      int right = 0;
      for (int i = 0; i < outputs.length; i++) {
        int likeliest = 0;
        for (int output = 0; output < 3; output++) {
          likeliest = outputs[i][output] > outputs[i][likeliest] ? output : likeliest;
          assertThat(kept.get(part).number(i * 3 + output))
              .isCloseTo(outputs[i][output], within(1e-4));
        }
        String actual = table.get((int) data.get(part + "_rows").number(i) - 1)[3];
        assertThat(classes.get((int) kept.get(part + "_target").number(i))).isEqualTo(actual);
        right += classes.get(likeliest).equals(actual) ? 1 : 0;
      }
      assertThat((double) right / outputs.length)
          .as(part)
          .isEqualTo(part.equals("test") ? best.testScore() : best.validationScore());
    }
  }

  @Test
  void numbersArePredictedInTheUnitsOfTheFile() throws Exception {
    RunOutcome outcome = train("n", "regression", false);
    assertThat(outcome.arrays().predictions()).isEmpty();
    Map<String, Array> data = read(outcome.arrays().data());
    assertThat(data.get("classes").texts()).isEmpty();
    double[][] outputs = outputs(outcome, "validation");
    double residual = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < outputs.length; i++) {
      double predicted =
          outputs[i][0] * data.get("target_divisor").number(0) + data.get("target_mean").number(0);
      double actual =
          Double.parseDouble(table.get((int) data.get("validation_rows").number(i) - 1)[4]);
      residual += (actual - predicted) * (actual - predicted);
      sum += actual;
      squares += actual * actual;
    }
    assertThat(1 - residual / (squares - sum * sum / outputs.length))
        .isCloseTo(Objects.requireNonNull(outcome.best()).validationScore(), within(1e-5));
  }

  /** The logit's weights of each class, as the weights' file has them. */
  @Test
  void ofThreeClassesEachHasItsCoefficients() throws Exception {
    RunOutcome outcome = train("k", "classification", false);
    Map<String, Array> weights = read(outcome.weights().npz());
    List<Coefficient> coefficients = outcome.coefficients();
    assertThat(coefficients).hasSize(12);
    assertThat(coefficients.get(5).feature()).isEqualTo("y");
    assertThat(coefficients.get(5).className()).isEqualTo("middle");
    for (int i = 0; i < 12; i++) {
      assertThat(coefficients.get(i).value()).isEqualTo(weights.get("output.weight").number(i));
    }
  }

  @Test
  void everyRowIsInOnePart() throws Exception {
    Map<String, Array> data = read(train("k", "classification", false).arrays().data());
    List<Integer> rows = new ArrayList<>();
    for (String part : List.of("train", "validation", "test")) {
      Array numbers = data.get(part + "_rows");
      for (int i = 0; i < numbers.size(); i++) {
        rows.add((int) numbers.number(i));
      }
    }
    assertThat(rows).hasSize(ROWS).doesNotHaveDuplicates().allMatch(row -> row >= 1 && row <= ROWS);
  }

  @Test
  void thePageNamesEveryArray() throws Exception {
    RunOutcome outcome = train("k", "classification", true);
    assertThat(documented("data.npz"))
        .containsAll(read(outcome.arrays().data()).keySet())
        .containsAll(List.of("target_mean", "target_divisor"))
        .hasSize(read(outcome.arrays().data()).size() + 2);
    assertThat(documented("predictions.npz"))
        .containsExactlyElementsOf(read(outcome.arrays().predictions()).keySet());
    assertThat(read(train("n", "regression", false).arrays().data()).keySet())
        .containsExactlyElementsOf(documented("data.npz"));
  }

  private static List<String> documented(String file) throws IOException {
    String text = Files.readString(Path.of("docs/use-a-run.md"));
    String section = text.split("\n## " + Pattern.quote(file) + "\n", -1)[1].split("\n## ", -1)[0];
    return Pattern.compile("(?m)^\\| `(\\w+)` \\|")
        .matcher(section)
        .results()
        .map(row -> row.group(1))
        .toList();
  }
}
