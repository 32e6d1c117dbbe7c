package io.shrinklab.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.testing.ARow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricTest {

  @Test
  void aNumberHasOneNameInFilesAndOneInJson() {
    assertThat(Metric.VALIDATION_SCORE.column()).isEqualTo("val_score");
    assertThat(Metric.VALIDATION_SCORE.field()).isEqualTo("validationScore");
    assertThat(Metric.PENALTY.field()).isEqualTo("penalty");
    assertThat(Metric.values()).extracting(Metric::column).doesNotHaveDuplicates();
    assertThat(Metric.values()).extracting(Metric::field).doesNotHaveDuplicates();
  }

  /** In the order of their formats, so that what a file has is the beginning of what there is. */
  @Test
  void columnsComeFirstAndNewOnesLast() {
    assertThat(Metric.values()).startsWith(Metric.COLUMNS.toArray(Metric[]::new));
    assertThat(Metric.COLUMNS).isSortedAccordingTo((a, b) -> a.since() - b.since());
  }

  @Test
  void aColumnThatNobodyMeasuredIsNamed() {
    assertThatThrownBy(() -> EpochMetrics.measured(1, Map.of(Metric.TRAIN_LOSS, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("train_score was not measured");
  }

  @Test
  void whatFollowsFromOthersIsInNoFile() {
    EpochMetrics row = ARow.of(1).scores(0.75, 0.5).row();
    assertThat(row.get(Metric.GAP)).isEqualTo(0.25);
    assertThat(Metric.COLUMNS).doesNotContain(Metric.GAP);
  }

  @Test
  void rowsAreEqualWhenTheirNumbersAre() {
    assertThat(ARow.of(1).scores(0.75, 0.5).row())
        .isEqualTo(ARow.of(1).scores(0.75, 0.5).row())
        .hasSameHashCodeAs(ARow.of(1).scores(0.75, 0.5).row())
        .isNotEqualTo(ARow.of(2).scores(0.75, 0.5).row())
        .isNotEqualTo(ARow.of(1).scores(0.75, 0.5).with(Metric.SECONDS, 1).row());
    // NaN is what is not there, and equal to itself.
    assertThat(ARow.of(1).with(Metric.GRADIENT_RATIO, Double.NaN).row())
        .isEqualTo(ARow.of(1).with(Metric.GRADIENT_RATIO, Double.NaN).row());
  }
}
