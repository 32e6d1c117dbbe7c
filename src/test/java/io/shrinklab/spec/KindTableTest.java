package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KindTableTest {
  private sealed interface Shape {}

  private record Circle(double radius) implements Shape {}

  private sealed interface Angular extends Shape {}

  private record Square(double side) implements Angular {}

  @Test
  void eachKindHasItsLine() {
    KindTable<Shape, Double> areas =
        KindTable.<Shape, Double>of(Shape.class)
            .on(Circle.class, circle -> 3 * circle.radius() * circle.radius())
            .on(Square.class, square -> square.side() * square.side())
            .total();
    assertThat(areas.get(new Circle(2))).isEqualTo(12);
    assertThat(areas.get(new Square(3))).isEqualTo(9);
  }

  @Test
  void aKindWithoutALineIsNamed() {
    assertThatThrownBy(
            () -> KindTable.<Shape, Double>of(Shape.class).on(Circle.class, Circle::radius).total())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no line for " + Square.class.getName());
  }

  @Test
  void twoLinesForOneKindAreRefused() {
    var lines = KindTable.<Shape, Double>of(Shape.class).on(Circle.class, Circle::radius);
    assertThatThrownBy(() -> lines.on(Circle.class, circle -> 0.0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two lines for " + Circle.class.getName());
  }

  @Test
  void theKindsOfAnOpenTypeAreUnknown() {
    assertThatThrownBy(() -> KindTable.kinds(Runnable.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neither sealed nor a record");
  }
}
