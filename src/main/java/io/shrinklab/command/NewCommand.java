package io.shrinklab.command;

import io.shrinklab.data.DataException;
import io.shrinklab.data.TableLook;
import io.shrinklab.data.TableLook.Column;
import io.shrinklab.experiment.Draft;
import io.shrinklab.experiment.ExperimentException;
import io.shrinklab.experiment.ExperimentFile;
import io.shrinklab.experiment.Nearest;
import io.shrinklab.spec.DataSpec;
import io.shrinklab.spec.FolderName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code new}. */
@Command(
    name = "new",
    description = {
      "Write an experiment file to begin with, on the embedded digits or on a table of yours, and"
          + " plan it. It looks at the table and chooses how it is read, which columns serve and"
          + " what kind of task it is; the file's description says why."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mvn -q compile exec:java -Dexec.args=\"new my-question\"",
      "  mvn -q compile exec:java -Dexec.args=\"new houses --csv houses.csv --target price\"",
    })
final class NewCommand implements Callable<Integer> {
  /** How tables are written, the likeliest first: the sign between cells, that before decimals. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of(",", "."),
          List.of(";", ","),
          List.of(";", "."),
          List.of("\\t", "."),
          List.of("\\t", ","),
          List.of("|", "."));

  /** A target of numbers with more values than this is a quantity. */
  private static final int CLASSES = 20;

  /** Names of columns in a message. */
  private static final int SHOWN = 50;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The new sweep's name; the file is DIR/NAME.json.")
  private String name = "";

  @Option(names = "--csv", paramLabel = "FILE", description = "A table in UTF-8 with a header.")
  private @Nullable Path csv;

  @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
  private @Nullable String target;

  @Option(
      names = "--experiments",
      paramLabel = "DIR",
      description = "The folder of experiment files. Default: experiments")
  private Path experiments = Path.of("experiments");

  @Override
  public Integer call() throws CommandException, DataException, ExperimentException {
    if (!FolderName.isSafe(name)) {
      throw wrong("NAME: found \"" + name + "\"; needs " + FolderName.ALLOWED);
    }
    Path file = experiments.resolve(name + ".json");
    if (Files.exists(file)) {
      throw new CommandException(
          file + " is there already and stays as it is; choose another name, or remove it");
    }
    String text = csv == null ? digits() : table(csv);
    // What is written can be run.
    ExperimentFile.parse(text, file.toString());
    write(file, text);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Written: " + file);
    out.println();
    CommandLine root = spec.commandLine().getParent();
    return root.execute("plan", file.toString(), "--experiments", experiments.toString());
  }

  private String digits() {
    if (target != null) {
      throw wrong("--target: names a column of a table; give its file with --csv too");
    }
    return Draft.digits(name);
  }

  private String table(Path path) throws DataException, ExperimentException, CommandException {
    if (target == null) {
      throw wrong("--csv: which column is to be predicted? Name it with --target");
    }
    if (!Files.isRegularFile(path)) {
      throw new CommandException("--csv: found no file " + path + "; name a table in UTF-8");
    }
    TableLook look = new TableLook(List.of(), 0);
    List<String> way = WAYS.get(0);
    for (List<String> each : WAYS) {
      TableLook other = TableLook.of(written(each), path);
      if (numbers(other) > numbers(look) || look.columns().isEmpty()) {
        look = other;
        way = each;
      }
    }
    return Draft.table(name, chosen(path, look, way));
  }

  /** The more of a table's columns are parted and are numbers, the better it is understood. */
  private static long numbers(TableLook look) {
    long numbers =
        look.columns().stream().filter(column -> column.kind() == TableLook.Kind.NUMBERS).count();
    return 1000L * look.columns().size() + numbers;
  }

  private static DataSpec.Csv written(List<String> way) throws ExperimentException {
    String text =
        """
        {"data": {"kind": "csv", "file": "t.csv", "target": "t", "separator": "%s", "decimal": "%s",
         "missing": "impute", "validation": 1},
         "network": {"kind": "linear"}, "optimizer": {"kind": "sgd", "learningRate": 1}, "training": {"epochs": 1},
         "seeds": 1, "variants": [{"name": "none", "penalty": {"kind": "none"}}]}"""
            .formatted(way.get(0), way.get(1));
    return (DataSpec.Csv) ExperimentFile.parse(text, "t.json").variants().get(0).data();
  }

  private Draft.Table chosen(Path path, TableLook look, List<String> way) throws CommandException {
    List<String> names = look.columns().stream().map(Column::name).toList();
    int at = names.indexOf(target);
    if (at < 0) {
      throw new CommandException(
          "--target: found \""
              + target
              + "\"; the columns of "
              + path
              + " are "
              + String.join(", ", names.subList(0, Math.min(SHOWN, names.size())))
              + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "")
              + Nearest.hint(Nearest.of(String.valueOf(target), names, 3)));
    }
    Column predicted = look.columns().get(at);
    List<String> columns = new ArrayList<>();
    List<String> categorical = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    boolean missing = false;
    for (Column column : look.columns()) {
      if (!column.equals(predicted)) {
        switch (column.kind()) {
          case NUMBERS -> columns.add(column.name());
          case CATEGORIES -> {
            columns.add(column.name());
            categorical.add(column.name());
          }
          case TEXT -> leftOut.add(column.name() + " (text that differs from row to row)");
          case COUNTER -> leftOut.add(column.name() + " (counts the rows)");
          case CONSTANT -> leftOut.add(column.name() + " (one value in all rows)");
        }
        missing |= column.missing() && columns.contains(column.name());
      }
    }
    return new Draft.Table(
        path.toString(),
        predicted.name(),
        isQuantity(predicted),
        way.get(0).replace("\\t", "\t"),
        way.get(1),
        missing,
        columns,
        categorical,
        leftOut,
        look.rows());
  }

  private static boolean isQuantity(Column column) {
    return switch (column.kind()) {
      case NUMBERS, COUNTER -> !column.whole() || column.distinct() > CLASSES;
      case CATEGORIES, TEXT, CONSTANT -> false;
    };
  }

  private static void write(Path file, String text) throws CommandException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(file + " came to be meanwhile, and stays as it is", e);
    } catch (IOException e) {
      throw new CommandException(
          file + " cannot be written (" + e + "); make room or rights, or name another folder", e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
