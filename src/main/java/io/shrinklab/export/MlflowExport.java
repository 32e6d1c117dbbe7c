package io.shrinklab.export;

import io.shrinklab.outcome.RunRecord;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.SweepFolder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Sends a sweep to an MLflow server: the sweep as a parent run with its report, each stored run as
 * its child. What is there is found by its tags and not sent again; what a killed export left half
 * there is completed. Nothing on the server is deleted.
 */
public final class MlflowExport {
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final MlflowServer server;
  private final boolean weights;
  private final Listener listener;

  /** Hears how far an export is. */
  @FunctionalInterface
  public interface Listener {
    /** After each run that was looked at. */
    void at(int run, int of);
  }

  /**
   * What an export did.
   *
   * @param sent runs that were not, or not wholly, there
   * @param kept runs that were
   * @param page where a browser shows the sweep
   * @param withoutFiles where the server keeps files that it takes from nobody; empty where files
   *     were sent
   */
  public record Done(int sent, int kept, String page, String withoutFiles) {}

  private MlflowExport(MlflowServer server, boolean weights, Listener listener) {
    this.server = server;
    this.weights = weights;
    this.listener = listener;
  }

  /**
   * An export to a server; asks it nothing yet.
   *
   * @param address of the server, {@code http://HOST:PORT}
   * @param environment gives the variables with credentials; null or empty where one is not set
   * @param weights whether the runs' final weights are sent too
   * @throws ExportException when it is no address
   */
  public static MlflowExport to(
      String address, UnaryOperator<String> environment, boolean weights, Listener listener)
      throws ExportException {
    return to(address, environment, weights, listener, PAUSE);
  }

  /** With another pause before a busy server is asked again. */
  static MlflowExport to(
      String address,
      UnaryOperator<String> environment,
      boolean weights,
      Listener listener,
      Duration pause)
      throws ExportException {
    return new MlflowExport(MlflowServer.at(address, environment, pause), weights, listener);
  }

  /**
   * Sends what is not there.
   *
   * @param experiment MLflow's name for what runs are kept together in; made where there is none
   * @throws ExportException when the server cannot be reached or refuses; what arrived stays
   * @throws ResultsException when a run's files cannot be read
   */
  public Done send(ExportedSweep sweep, String experiment)
      throws ExportException, ResultsException, InterruptedException {
    MlflowSweep there = MlflowSweep.open(server, experiment, sweep.name(), sweep.started());
    int sent = 0;
    for (int i = 0; i < sweep.runs().size(); i++) {
      RunRecord run = sweep.runs().get(i);
      sent += there.complete(run, sweep.folder(), weights) ? 1 : 0;
      listener.at(i + 1, sweep.runs().size());
    }
    there.report(sweep);
    return new Done(
        sent,
        sweep.runs().size() - sent,
        MlflowServer.oneLine(there.page()),
        there.parent().takesFiles() ? "" : MlflowServer.oneLine(there.parent().artifacts()));
  }

  /**
   * Sends epochs of a sweep as they are trained.
   *
   * @param folder where its runs are stored as they end
   * @param experiment as of {@link #send}
   */
  public MlflowFeed feed(SweepFolder folder, String sweep, String experiment) {
    return new MlflowFeed(
        began -> MlflowSweep.open(server, experiment, sweep, began), folder, Clock.systemUTC());
  }
}
