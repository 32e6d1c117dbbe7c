package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The steps alone: a process that is really ended is in {@code ResumeTest}. */
class ShutdownHookTest {
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final Thread writer =
      new Thread(
          () -> {
            await(stopped);
            steps.add("last write");
          });

  private final ShutdownHook hook =
      new ShutdownHook(
          List.of(writer),
          () -> {
            steps.add("stop");
            stopped.countDown();
          },
          () -> steps.add("unlock"),
          () -> steps.add("last word"));

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void leave() {
    try {
      writer.join();
      hook.leave();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theLockIsGivenBackAfterTheLastWriteAndTheUserIsToldAtTheEnd() throws Exception {
    writer.start();
    Thread sweep = new Thread(this::leave);
    sweep.start();
    hook.run();
    sweep.join();
    assertThat(steps).containsExactly("stop", "last write", "unlock", "last word");
  }

  @Test
  void aFolderThatIsStillInUseIsNotGivenBack() throws Exception {
    writer.start();
    hook.run();
    writer.join();
    assertThat(steps).containsExactly("stop", "last write", "last word");
  }

  @Test
  void aSweepThatIsDoneHasNothingToSay() throws Exception {
    hook.set();
    hook.leave();
    hook.run();
    assertThat(steps).isEmpty();
  }
}
