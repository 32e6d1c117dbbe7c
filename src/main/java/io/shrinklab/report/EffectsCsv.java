package io.shrinklab.report;

import static io.shrinklab.report.CsvColumn.number;
import static io.shrinklab.report.CsvColumn.text;
import static io.shrinklab.report.CsvColumn.whole;
import static io.shrinklab.report.CsvColumn.word;

import io.shrinklab.analysis.Contrast;
import io.shrinklab.analysis.MainEffect;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.wording.Effects;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** {@code effects.csv}: a row per setting that varies and value of it, as docs/columns.md says. */
final class EffectsCsv {
  private record Row(MainEffects all, MainEffect effect, MainEffect.Level level) {}

  private static final CsvTable<Row> TABLE =
      new CsvTable<>(
          List.of(
              word("setting", row -> row.effect().factor().setting()),
              word("along", row -> String.join(" ", row.effect().factor().along())),
              text("value", row -> row.level().value()),
              whole("variants", row -> row.level().variants()),
              whole("seeds", row -> row.all().seeds()),
              number("val_score_mean", row -> row.level().mean()),
              effect("effect", Contrast::mean),
              effect("effect_sd", each -> each.difference().standardDeviation()),
              effect("effect_se", each -> each.difference().standardError()),
              effect("effect_simultaneous_low", Contrast::low),
              effect("effect_simultaneous_high", Contrast::high),
              effect("effect_p_value", each -> each.difference().pValue()),
              effect("effect_p_value_adjusted", Contrast::adjustedPValue),
              number("share", row -> row.effect().share()),
              text("reason", row -> Effects.reason(row.effect(), row.level()))));

  private EffectsCsv() {}

  /** The header. */
  static List<String> columns() {
    return TABLE.header();
  }

  /** Writes the setting that matters most first and leaves the stream open. */
  static void write(MainEffects effects, OutputStream out) throws IOException {
    TABLE.write(
        effects.effects().stream()
            .flatMap(
                effect -> effect.levels().stream().map(level -> new Row(effects, effect, level))),
        out);
  }

  private static CsvColumn<Row> effect(String name, ToDoubleFunction<Contrast> value) {
    return number(
        name,
        row -> {
          Contrast contrast = row.level().effect();
          return contrast == null ? Double.NaN : value.applyAsDouble(contrast);
        });
  }
}
