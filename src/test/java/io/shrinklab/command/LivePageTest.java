package io.shrinklab.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.outcome.RunStatus;
import io.shrinklab.report.Live;
import io.shrinklab.results.ResultsException;
import io.shrinklab.spec.RunSpec;
import io.shrinklab.sweep.SweepPlan;
import io.shrinklab.testing.ASpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When the page is renewed while a sweep goes on. */
class LivePageTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00.5Z"), ZoneOffset.UTC);
  private static final SweepPlan PLAN = new SweepPlan(40, 4, 0, 36, 0, 0, 2);
  private static final RunSpec RUN = ASpec.named("none").seed(0);

  private final List<Live> pages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long now;
  private long cost;

  /** Runs what it is given at once, in the thread that gives it. */
  private static final class AtOnce extends AbstractExecutorService {
    private boolean shut;

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public void shutdown() {
      shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      shut = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shut;
    }

    @Override
    public boolean isTerminated() {
      return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private LivePage page(LivePage.Writer writer) {
    return new LivePage(writer, notes::add, new AtOnce(), () -> now, CLOCK);
  }

  /** A page that takes {@code cost} to write. */
  private LivePage page() {
    return page(
        live -> {
          pages.add(live);
          now += cost;
        });
  }

  private void endsAt(LivePage page, double second) {
    now = Math.max(now, (long) (second * SECOND));
    page.onEnd(1, RUN, RunStatus.COMPLETED, "");
  }

  @Test
  void isWrittenAfterThreeSecondsThenEveryTenWhenARunHasEnded() {
    LivePage page = page();
    page.onPlan(PLAN);

    for (double second : new double[] {1, 2.9, 3, 5, 12.9, 13.1, 20, 40, 41}) {
      endsAt(page, second);
    }

    // Four are there from before; a run each, at 3, 13.1 and 40 s.
    assertThat(pages).extracting(Live::over).containsExactly(7L, 10L, 12L);
    assertThat(pages).extracting(Live::planned).containsOnly(40L);
    assertThat(pages).extracting(Live::written).containsOnly("2026-03-01T12:00:00Z");
  }

  @Test
  void takesAtMostAFiftiethOfTheTime() {
    cost = 2 * SECOND;
    LivePage page = page();
    page.onPlan(PLAN);

    for (int second = 0; second < 600; second++) {
      endsAt(page, second);
    }

    // Two seconds each: one at 3 s, then 98 s after the end of the one before.
    assertThat(pages).hasSize(6);
    // The first could not know what a page costs.
    assertThat(pages).extracting(Live::next).startsWith(11L, 99L, 99L);
  }

  @Test
  void isNotWrittenWhileNoRunEnds() {
    LivePage page = page();
    page.onPlan(PLAN);
    now = 1000 * SECOND;
    page.onTidying();

    assertThat(pages).isEmpty();
  }

  static List<Throwable> troubles() {
    return List.of(
        new ResultsException("the disk is full"),
        new IllegalStateException("the disk is full"),
        new NoClassDefFoundError("the disk is full"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aPageThatCannotBeWrittenIsToldOnceNotTriedAgainAndHarmsNothing(Throwable trouble) {
    List<Long> tries = new ArrayList<>();
    LivePage page =
        page(
            live -> {
              tries.add(live.over());
              if (trouble instanceof ResultsException expected) {
                throw expected;
              }
              if (trouble instanceof Error error) {
                throw error;
              }
              throw (RuntimeException) trouble;
            });
    page.onPlan(PLAN);

    endsAt(page, 3);
    endsAt(page, 60);
    page.close();

    assertThat(tries).containsExactly(5L);
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0))
        .startsWith("the page is not renewed any more (")
        .contains("the disk is full)")
        .contains("training goes on");
  }

  @Test
  void isWrittenToItsEndBeforeTheFolderIsTidiedAndNotAgain() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    LivePage page =
        new LivePage(
            live -> {
              begun.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              whole.set(true);
            },
            notes::add,
            thread,
            () -> now,
            CLOCK);
    page.onPlan(PLAN);
    endsAt(page, 3);
    begun.await();
    Thread tidying = new Thread(page::onTidying);
    tidying.start();
    // Even an impatient sweep waits: half a page would be swept away from under the writer.
    tidying.interrupt();
    goOn.countDown();
    tidying.join();

    assertThat(whole).isTrue();
    whole.set(false);
    endsAt(page, 100);
    assertThat(thread.isTerminated()).isTrue();
    assertThat(whole).isFalse();
  }
}
