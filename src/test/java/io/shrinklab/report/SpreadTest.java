package io.shrinklab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void heightsThatAreFarApartStay() {
    assertThat(Spread.of(List.of(10.0, 40.0, 90.0), 15, 0, 100)).containsExactly(10.0, 40.0, 90.0);
  }

  /** Three at 50 are spread around it: 35, 50, 65, whose squares add up to the least. */
  @Test
  void equalHeightsAreSpreadAroundTheirPlace() {
    assertThat(Spread.of(List.of(50.0, 50.0, 50.0), 15, 0, 100)).containsExactly(35.0, 50.0, 65.0);
  }

  /** 40 and 44 move apart by 11 in all, 5.5 each. */
  @Test
  void nearHeightsMoveByTheSame() {
    assertThat(Spread.of(List.of(40.0, 44.0), 15, 0, 100)).containsExactly(34.5, 49.5);
  }

  @Test
  void heightsStayBetweenTheEndsInTheirOrder() {
    assertThat(Spread.of(List.of(0.0, 0.0, 100.0, 100.0), 10, 0, 100))
        .containsExactly(0.0, 10.0, 90.0, 100.0);
  }

  @Test
  void noNameCoversAnotherOrAPoint() {
    List<Point2D> points = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      points.add(new Point2D.Double(100 + 30 * (i % 4), 100 + 25 * (i / 4)));
    }
    List<Double> widths = Collections.nCopies(points.size(), 60.0);

    List<Point2D> middles =
        Spread.around(points, widths, 14, new Rectangle2D.Double(0, 0, 400, 400));

    for (int i = 0; i < middles.size(); i++) {
      Rectangle2D name =
          new Rectangle2D.Double(middles.get(i).getX() - 30, middles.get(i).getY() - 7, 60, 14);
      assertThat(points).noneMatch(name::contains);
      for (int j = 0; j < i; j++) {
        assertThat(name.intersects(middles.get(j).getX() - 30, middles.get(j).getY() - 7, 60, 14))
            .isFalse();
      }
    }
  }
}
