package io.shrinklab.command;

import picocli.CommandLine.Option;

/** Which seeds a command is about. */
final class SeedsOption {
  @Option(
      names = "--seeds",
      paramLabel = "SEEDS",
      converter = SeedsConverter.class,
      description = SeedsConverter.HELP)
  private SeedsConverter.Choice seeds = SeedsConverter.Choice.OF_THE_FILE;

  /** What was asked for. */
  SeedsConverter.Choice choice() {
    return seeds;
  }
}
