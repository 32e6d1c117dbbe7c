package io.shrinklab.sweep;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.results.TestRuns;
import io.shrinklab.results.WritePoint;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepOptions.OnFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A parent in a process of its own, to be killed. Arguments: root, runs per variant, sweep. */
public final class SweepProcess {
  private SweepProcess() {}

  static List<RunSpec> runs(int seeds) {
    List<RunSpec> runs = new ArrayList<>();
    for (double strength : new double[] {0.01, 0.1}) {
      for (int seed = 0; seed < seeds; seed++) {
        runs.add(TestRuns.spec("decay-" + strength, strength, seed));
      }
    }
    return runs;
  }

  public static void main(String[] args) throws Exception {
    TestSweep sweep =
        new TestSweep(Path.of(args[0])).jobs(2).option("-Dtest.epochMillis=" + args[2]);
    SweepSummary summary =
        new Sweep(
                new SweepOptions(sweep.results(), null, 2, OnFailure.GO_ON),
                workers -> sweep.command(),
                WritePoint.PASS)
            .run(TestSweep.NAME, runs(Integer.parseInt(args[1])), new Printer());
    System.out.println("summary " + summary.text());
  }

  /** Says what happens, for the test to wait for. */
  private static final class Printer implements SweepListener {
    @Override
    public void onStart(int worker, List<RunSpec> runs) {
      runs.forEach(run -> System.out.println("start " + run.label()));
    }

    @Override
    public void onEnd(int worker, RunSpec spec, RunStatus status, String reason) {
      System.out.println("end " + spec.label() + " " + status + " " + reason);
    }

    @Override
    public void onInterrupted(SweepSummary summary) {
      System.out.println("interrupted " + summary.text());
      System.out.flush();
    }
  }
}
