package io.shrinklab.report;

import io.shrinklab.analysis.MainEffect;
import io.shrinklab.analysis.MainEffects;
import io.shrinklab.analysis.SweepAnalysis;
import io.shrinklab.wording.Answer;
import io.shrinklab.wording.Choices;
import io.shrinklab.wording.Effects;
import io.shrinklab.wording.Formats;
import io.shrinklab.wording.Notes;
import io.shrinklab.wording.Verdicts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The summary as a Markdown table, with the answer above and the method below. */
final class SummaryMarkdown {
  private SummaryMarkdown() {}

  /** Writes UTF-8 and leaves the stream open. */
  public static void write(SweepAnalysis analysis, MainEffects effects, OutputStream out)
      throws IOException {
    SummaryTable table = SummaryTable.of(analysis);
    StringBuilder text = new StringBuilder();
    text.append(escape(String.join(" ", Answer.of(analysis)))).append("\n\n");
    line(text, header(table));
    text.append("|---|--:|--:|")
        .append("--:|--:|---|".repeat(table.epochs().size()))
        .append("--:|--:|\n");
    table.rows().forEach(row -> line(text, row));
    text.append("\nMeans over seeds ± half of the ")
        .append(Formats.INTERVAL)
        .append("; differences to the baseline [")
        .append(Formats.SIMULTANEOUS)
        .append("], paired by seed; verdicts (adjusted p).\n");
    Verdicts.rule(analysis).forEach(sentence -> text.append(escape(sentence)).append('\n'));
    effects(text, effects, analysis.scoreName());
    list(text, "What validation chooses", Choices.of(analysis));
    list(text, "What to know", Notes.of(analysis.warnings()));
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Markdown knows no title over several columns, so the first of each epoch's names it. */
  private static List<String> header(SummaryTable table) {
    List<String> header = new ArrayList<>(table.header());
    for (int epoch = 0; epoch < table.epochs().size(); epoch++) {
      int first = SummaryTable.BEFORE_EPOCHS + epoch * SummaryTable.PER_EPOCH;
      header.set(first, table.epochs().get(epoch) + ": " + header.get(first));
    }
    return header;
  }

  private static void effects(StringBuilder text, MainEffects effects, String score) {
    if (effects.effects().isEmpty()) {
      return;
    }
    list(text, "Which setting matters", Effects.of(effects, score));
    if (Effects.rule(effects).isEmpty()) {
      return;
    }
    text.append('\n');
    line(
        text,
        List.of("setting", "value", "variants", "validation " + score, "effect", "adjusted p"));
    text.append("|---|---|--:|--:|--:|--:|\n");
    for (MainEffect effect : effects.effects()) {
      for (MainEffect.Level level : effect.levels()) {
        if (level.effect() != null) {
          line(
              text,
              List.of(
                  Effects.name(effect),
                  Effects.value(level.value()),
                  Integer.toString(level.variants()),
                  Formats.score(level.mean()),
                  Formats.difference(level.effect()),
                  Double.isNaN(level.effect().adjustedPValue())
                      ? "–"
                      : Formats.pValue(level.effect().adjustedPValue())));
        }
      }
    }
    text.append('\n').append(escape(Effects.rule(effects))).append('\n');
  }

  private static void list(StringBuilder text, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      text.append('\n').append(title).append(":\n\n");
      sentences.forEach(sentence -> text.append("- ").append(escape(sentence)).append('\n'));
    }
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(
        cells.stream()
            .map(SummaryMarkdown::escape)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** Backslashes before everything that Markdown or embedded HTML could act on. */
  static String escape(String text) {
    return text.replaceAll("[\\\\`*_\\[\\]<>|#~&]", "\\\\$0");
  }
}
