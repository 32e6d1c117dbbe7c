package io.shrinklab.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An experiment file for a beginning: to be read, run and then changed. */
public final class Draft {
  /** Where an editor finds the schema, from the folder of the shipped experiments. */
  private static final String SCHEMA = "../docs/experiment.schema.json";

  private static final List<Double> LAMBDAS = List.of(1e-5, 1e-4, 1e-3, 1e-2);

  /** With fewer rows to train on, a batch is smaller than usual. */
  private static final int BATCH = 32;

  private static final double TRAIN = 0.6;
  private static final double VALIDATION = 0.2;

  private Draft() {}

  /**
   * A table and what is to be done with its columns.
   *
   * @param file as the user names it
   * @param regression whether the target is a number, and no class
   * @param impute whether some values are missing
   * @param columns to predict from
   * @param categorical those of them that hold categories
   * @param leftOut the others, each with the reason
   */
  public record Table(
      String file,
      String target,
      boolean regression,
      String separator,
      String decimal,
      boolean impute,
      List<String> columns,
      List<String> categorical,
      List<String> leftOut,
      int rows) {
    /** Copies the lists. */
    public Table {
      columns = List.copyOf(columns);
      categorical = List.copyOf(categorical);
      leftOut = List.copyOf(leftOut);
    }
  }

  /** On the embedded digits. */
  public static String digits(String name) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("kind", "digits").put("train", 300).put("validation", 600);
    return text(
        name,
        "Which penalty, how strong, and does it help? On 300 of the embedded handwritten digits, of"
            + " which few overfit; the rows that are not trained on or validated on are the test part.",
        data,
        BATCH);
  }

  /** On a table of the user's. */
  public static String table(String name, Table table) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("kind", "csv").put("file", table.file()).put("target", table.target());
    data.put("task", table.regression() ? "regression" : "classification");
    if (!table.separator().equals(",")) {
      data.put("separator", table.separator());
    }
    if (!table.decimal().equals(".")) {
      data.put("decimal", table.decimal());
    }
    if (table.impute()) {
      data.put("missing", "impute");
    }
    if (!table.leftOut().isEmpty()) {
      ArrayNode columns = data.putArray("columns");
      table.columns().forEach(columns::add);
    }
    if (!table.categorical().isEmpty()) {
      ArrayNode categorical = data.putArray("categorical");
      table.categorical().forEach(categorical::add);
    }
    data.put("train", TRAIN).put("validation", VALIDATION);
    int trained = (int) (TRAIN * table.rows());
    return text(name, description(table), data, Math.max(1, Math.min(BATCH, trained / 8)));
  }

  private static String description(Table table) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Does a penalty on the weights help to predict "
            + table.target()
            + ", and which one, how strong?");
    sentences.add(
        table.regression()
            ? "Regression, as the target holds many numbers; the score is R2."
            : "Classification, as the target holds few values; the score is accuracy.");
    if (!table.categorical().isEmpty()) {
      sentences.add("Categories, as they are not all numbers: " + join(table.categorical()) + ".");
    }
    if (!table.leftOut().isEmpty()) {
      sentences.add("Left out: " + join(table.leftOut()) + ".");
    }
    if (table.impute()) {
      sentences.add("Missing values become the training rows' mean, or a category of their own.");
    }
    sentences.add(
        "Each seed draws three fifths of the rows to train on and a fifth to validate on; a fifth is"
            + " left for the test. Name a \"margin\", the difference in score that does not matter to"
            + " you, and a \"group\" column where several rows belong to one person.");
    return String.join(" ", sentences);
  }

  private static String join(List<String> names) {
    int most = 8;
    String some = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() <= most ? some : some + " and " + (names.size() - most) + " more";
  }

  private static String text(String name, String description, ObjectNode data, int batch) {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.put("$schema", SCHEMA).put("name", name).put("description", description);
    file.set("data", data);
    file.putObject("network").put("kind", "mlp").putArray("hidden").add(64).add(32);
    file.putObject("optimizer").put("kind", "adam").put("learningRate", 0.001);
    file.putObject("training").put("epochs", 60).put("batchSize", batch);
    file.put("seeds", 10).put("baseline", "none");
    ArrayNode variants = file.putArray("variants");
    variants.addObject().put("name", "none").putObject("penalty").put("kind", "none");
    variants
        .addObject()
        .putObject("penalty")
        .put("kind", "decoupled-weight-decay")
        .put("strength", 0.02);
    ObjectNode grid = variants.addObject();
    grid.putObject("penalty").put("kind", "lp");
    ObjectNode over = grid.putObject("grid");
    over.putArray("penalty.p").add(1).add(2);
    ArrayNode lambdas = over.putArray("penalty.lambda");
    LAMBDAS.forEach(lambdas::add);
    try {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      return JsonText.MAPPER.writer(printer).writeValueAsString(file) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
