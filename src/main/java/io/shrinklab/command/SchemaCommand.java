package io.shrinklab.command;

import io.shrinklab.experiment.ExperimentSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code schema}. */
@Command(
    name = "schema",
    description = {
      "The JSON Schema of an experiment file: every key with its meaning, range and default."
          + " Editors that know it complete and check experiment files as they are written."
    },
    footerHeading = "%nExample:%n",
    footer = "  mvn -q compile exec:java -Dexec.args=\"schema\" > experiment.schema.json")
final class SchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    ExperimentSchema.text().lines().forEach(spec.commandLine().getOut()::println);
    return ExitCode.DONE;
  }
}
