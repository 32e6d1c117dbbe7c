package io.shrinklab.report;

import io.shrinklab.analysis.StepCourse;
import io.shrinklab.analysis.StepParting;
import io.shrinklab.analysis.TugOfWar;
import io.shrinklab.experiment.Identity;
import io.shrinklab.experiment.SpecDifference;
import io.shrinklab.outcome.EpochMetrics;
import io.shrinklab.outcome.LayerQuantity;
import io.shrinklab.outcome.Metric;
import io.shrinklab.outcome.RunOutcome;
import io.shrinklab.spec.Experiment;
import io.shrinklab.wording.Formats;
import io.shrinklab.wording.StepWords;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run looked into, or two side by side: a page of their optimizer steps, in one file. */
public final class StepPage {
  private static final String UNKNOWN = "\u2013";

  private final Experiment experiment;
  private final List<StepCourse> courses;

  /**
   * A row of the table below the answer.
   *
   * @param values by run
   */
  public record Fact(String label, List<String> values) {}

  /**
   * A page.
   *
   * @param experiment tells the colours
   * @param courses one or two
   */
  public StepPage(Experiment experiment, List<StepCourse> courses) {
    this.experiment = experiment;
    this.courses = List.copyOf(courses);
  }

  /** Writes the page and leaves the stream open. */
  public void writeTo(OutputStream out) throws IOException {
    boolean two = courses.size() == 2;
    int parting = two ? StepParting.of(courses.get(0), courses.get(1)).step() : 0;
    StepPageData data =
        StepPageData.of(experiment.name(), courses, parting, new Palette(experiment));
    Map<String, Object> model = new HashMap<>();
    model.put("name", experiment.name());
    model.put("runs", data.runs().stream().map(StepPageData.Run::name).toList());
    model.put("json", PageJson.embeddable(PageJson.text(data)));
    model.put(
        "title",
        courses.stream()
            .map(course -> course.spec().variant().name())
            .collect(Collectors.joining(" beside ")));
    model.put("seed", Long.toString(courses.get(0).spec().seed()));
    model.put("answer", StepWords.sentences(courses));
    model.put("notes", StepWords.notes(courses));
    model.put("facts", facts());
    model.put("meanings", List.of(LayerQuantity.values()));
    model.put(
        "differences",
        two
            ? SpecDifference.between(
                courses.get(0).spec().variant(), courses.get(1).spec().variant())
            : List.of());
    model.putAll(PageAssets.load(PageAssets.Charts.COMMON, List.of("steps.js")).model());
    PageTemplate.write("steps.ftlh", model, out);
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("run", course -> course.spec().variant().name()));
    facts.add(fact("identity", course -> Identity.shortOf(course.spec())));
    facts.add(fact("ended", StepWords::end));
    facts.add(
        fact(
            "steps, epochs",
            course -> {
              RunOutcome outcome = course.outcome();
              return course.steps() + ", " + (outcome == null ? UNKNOWN : outcome.epochs().size());
            }));
    for (Metric metric : List.of(Metric.TRAIN_LOSS, Metric.TRAIN_SCORE, Metric.VALIDATION_SCORE)) {
      facts.add(
          fact(
              label(metric) + ", last epoch",
              course -> {
                RunOutcome outcome = course.outcome();
                List<EpochMetrics> epochs = outcome == null ? List.of() : outcome.epochs();
                return epochs.isEmpty()
                    ? UNKNOWN
                    : score(epochs.get(epochs.size() - 1).get(metric));
              }));
    }
    facts.add(
        tug(
            "norm, first to last step",
            tug -> Formats.digits(tug.firstNorm()) + " to " + Formats.digits(tug.lastNorm())));
    facts.add(tug("data push outward, at the end", tug -> Formats.digits(tug.latePush())));
    facts.add(tug("penalty pulls inward, at the end", tug -> Formats.digits(tug.latePull())));
    return facts;
  }

  /** What all but overflowed would be wider than the page. */
  private static String score(double value) {
    return Math.abs(value) < 1000 ? Formats.score(value) : Formats.digits(value);
  }

  private static String label(Metric metric) {
    return switch (metric) {
      case TRAIN_LOSS -> "training loss";
      case TRAIN_SCORE -> "training score";
      default -> "validation score";
    };
  }

  private Fact tug(String label, Function<TugOfWar, String> value) {
    return fact(label, course -> course.steps() == 0 ? UNKNOWN : value.apply(TugOfWar.of(course)));
  }

  private Fact fact(String label, Function<StepCourse, String> value) {
    return new Fact(label, courses.stream().map(value).toList());
  }
}
