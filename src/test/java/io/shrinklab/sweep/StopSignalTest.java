package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.results.ResultsException;
import io.shrinklab.sweep.SweepSummary.Ending;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopSignalTest {
  private final StopSignal stop = new StopSignal();

  @Test
  void aSweepThatNothingStopsIsFinished() throws Exception {
    assertThat(stop.given()).isFalse();
    assertThat(stop.givenWithin(Duration.ofMillis(1))).isFalse();
    assertThat(stop.ending()).isEqualTo(Ending.FINISHED);
    assertThatCode(stop::rethrow).doesNotThrowAnyException();
  }

  @Test
  void theFirstReasonCounts() throws Exception {
    stop.give(Ending.FAILED_FAST);
    stop.give(new SweepException("too late"));
    assertThat(stop.givenWithin(Duration.ofMinutes(1))).isTrue();
    assertThat(stop.ending()).isEqualTo(Ending.FAILED_FAST);
    assertThatCode(stop::rethrow).doesNotThrowAnyException();
  }

  @Test
  void whatASweepMetWithIsThrownAsItIs() {
    stop.give(new ResultsException("disk full"));
    assertThat(stop.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThatThrownBy(stop::rethrow).isInstanceOf(ResultsException.class).hasMessage("disk full");
  }

  @Test
  void aMistakeOfTheProgramKeepsItsType() {
    stop.give(new AssertionError("impossible"));
    assertThatThrownBy(stop::rethrow).isInstanceOf(AssertionError.class).hasMessage("impossible");
  }

  @Test
  void whatAThreadMayNotThrowIsTheCauseOfWhatItMay() {
    IllegalArgumentException cause = new IllegalArgumentException("unforeseen");
    stop.give(cause);
    assertThatThrownBy(stop::rethrow).isInstanceOf(IllegalStateException.class).hasCause(cause);
  }
}
