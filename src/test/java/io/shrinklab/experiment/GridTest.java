package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.NONE;
import static io.shrinklab.experiment.ExperimentTexts.names;
import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static io.shrinklab.experiment.ExperimentTexts.variants;
import static io.shrinklab.experiment.ExperimentTexts.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Experiment;
import io.shrinklab.spec.FolderName;
import io.shrinklab.spec.LearningRateSchedule;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.OptimizerSpec;
import io.shrinklab.spec.Variant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  private static final String LP = "{\"penalty\": {\"kind\": \"lp\"}, %s}";

  @Test
  void aGridIsAProductWithTheLastPathFastest() throws ExperimentException {
    String grid = "\"grid\": {\"penalty.p\": [0.5, 2], \"penalty.lambda\": [1e-5, 0.0010]}";
    assertThat(names(variants(NONE, LP.formatted(grid))))
        .containsExactly(
            "none",
            "l0.5-weights-1e-05",
            "l0.5-weights-1e-03",
            "l2-weights-1e-05",
            "l2-weights-1e-03");
  }

  @Test
  void aZipSetsItsPathsSideBySide() throws ExperimentException {
    String zip = "\"zip\": {\"penalty.p\": [1, 2], \"penalty.lambda\": [1e-4, 1e-2]}";
    assertThat(names(variants(NONE, LP.formatted(zip))))
        .containsExactly("none", "l1-weights-1e-04", "l2-weights-1e-02");
  }

  @Test
  void aZipOfUnequalListsIsRefused() {
    String zip = "\"zip\": {\"penalty.p\": [1, 2], \"penalty.lambda\": [1e-4]}";
    assertThat(problems(variants(NONE, LP.formatted(zip))))
        .contains(
            "variants[1].zip[\"penalty.lambda\"]: found 1 values: needs as many values as penalty.p"
                + " has (2), since a zip sets them side by side; for a product use grid");
  }

  @Test
  void aGridReachesAnyPath() throws ExperimentException {
    String grid =
        "{\"name\": \"a\", \"penalty\": {\"kind\": \"none\"}, \"grid\": {"
            + "\"training.epochs\": [5], \"network.hidden[0]\": [7],"
            + " \"optimizer.schedule\": [{\"kind\": \"cosine\"}],"
            + " \"optimizer.schedule.floor\": [0.5], \"data.labelNoise\": [0.25]}}";
    String text = variants(grid).replace("\"mlp\"", "\"mlp\", \"hidden\": [3, 4]");
    Variant variant = read(text).variants().get(0);
    assertThat(variant.training().epochs()).isEqualTo(5);
    assertThat(((NetworkSpec.Mlp) variant.network()).hidden()).containsExactly(7, 4);
    assertThat(variant.optimizer().schedule()).isEqualTo(new LearningRateSchedule.Cosine(0.5, 0));
    assertThat(variant.data().labelNoise()).isEqualTo(0.25);
    assertThat(variant.name())
        .isEqualTo("a-epochs-5-hidden-7-schedule-cosine-floor-0.5-label-noise-0.25");
  }

  @Test
  void anAxisThatThePenaltysNameDoesNotTellIsAddedToTheName() throws ExperimentException {
    String grid =
        "\"grid\": {\"penalty.lambda\": [0.01], \"penalty.p\": [2], \"training.batchSize\": [16, 32]}";
    assertThat(names(variants(NONE, LP.formatted(grid))))
        .containsExactly(
            "none", "l2-weights-1e-02-batch-size-16", "l2-weights-1e-02-batch-size-32");
    String epsilon =
        "\"grid\": {\"penalty.lambda\": [0.01], \"penalty.p\": [0.5], \"penalty.epsilon\": [1e-6, 1e-4]}";
    assertThat(names(variants(NONE, LP.formatted(epsilon))))
        .containsExactly(
            "none", "l0.5-weights-1e-02-epsilon-1e-06", "l0.5-weights-1e-02-epsilon-1e-04");
  }

  @Test
  void aGivenNameWithAGridGetsAPartPerAxis() throws ExperimentException {
    String named =
        "{\"name\": \"mine\", \"penalty\": {\"kind\": \"lp\", \"p\": 2},"
            + " \"grid\": {\"penalty.lambda\": [1e-4, 0.25]}}";
    assertThat(names(variants(NONE, named)))
        .containsExactly("none", "mine-lambda-1e-04", "mine-lambda-0.25");
  }

  /** Windows drops it, and two variants could meet in one folder. */
  @Test
  void aMadeNameEndsWithNoDot() throws ExperimentException {
    String named =
        "{\"name\": \"mine\", \"penalty\": {\"kind\": \"none\"},"
            + " \"data\": {\"kind\": \"csv\", \"file\": \"t.csv\", \"checksum\": \"sha256:"
            + "0".repeat(64)
            + "\", \"task\": \"classification\", \"validation\": 9}, \"grid\": {\"data.target\": [\"y.\", \"y.z\"]}}";
    assertThat(names(variants(NONE, named)))
        .containsExactly("none", "mine-target-y-", "mine-target-y.z")
        .allMatch(FolderName::isSafe);
  }

  @Test
  void theExperimentsGridMultipliesAllVariantsIntoSettings() throws ExperimentException {
    String grid = "\"grid\": {\"data.labelNoise\": [0, 0.2]}";
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": 0.01}}";
    Experiment experiment = read(with(grid, NONE, lp));
    assertThat(experiment.variants())
        .extracting(Variant::name)
        .containsExactly(
            "none-label-noise-0",
            "l2-weights-1e-02-label-noise-0",
            "none-label-noise-0.2",
            "l2-weights-1e-02-label-noise-0.2");
    assertThat(experiment.variants())
        .extracting(Variant::entry)
        .containsExactly("none", "l2-weights-1e-02", "none", "l2-weights-1e-02");
    assertThat(experiment.variants())
        .extracting(Variant::setting)
        .containsExactly("label-noise-0", "label-noise-0", "label-noise-0.2", "label-noise-0.2");
    assertThat(experiment.variants())
        .extracting(variant -> variant.data().labelNoise())
        .containsExactly(0.0, 0.0, 0.2, 0.2);
    assertThat(experiment.baseline()).isEqualTo("none");
  }

  @Test
  void aVariantsKeysAreLaidOverTheExperimentsAndAnotherKindReplaces() throws ExperimentException {
    String text =
        variants(
                "{\"name\": \"none\", \"penalty\": {\"kind\": \"none\"}, \"training\": {\"batchSize\": 8}}",
                "{\"name\": \"slow\", \"penalty\": {\"kind\": \"none\"}, \"optimizer\": {\"beta1\": 0.5}}",
                "{\"name\": \"sgd\", \"penalty\": {\"kind\": \"none\"},"
                    + " \"optimizer\": {\"kind\": \"sgd\", \"learningRate\": 0.1}}")
            .replace("\"adam\"", "\"adam\", \"beta2\": 0.75");
    List<Variant> variants = read(text).variants();
    assertThat(variants.get(0).training().batchSize()).isEqualTo(8);
    assertThat(variants.get(0).training().epochs()).isEqualTo(3);
    OptimizerSpec.Adam slow = (OptimizerSpec.Adam) variants.get(1).optimizer();
    assertThat(slow.beta1()).isEqualTo(0.5);
    assertThat(slow.beta2()).isEqualTo(0.75);
    assertThat(variants.get(2).optimizer())
        .isEqualTo(new OptimizerSpec.Sgd(0.1, 0, new LearningRateSchedule.Constant(0)));
  }

  @Test
  void onePathWithTwoMastersIsRefused() {
    String own =
        "{\"name\": \"a\", \"penalty\": {\"kind\": \"none\"}, \"grid\": {\"training.epochs\": [1]}}";
    assertThat(problems(with("\"grid\": {\"training.epochs\": [2, 3]}", own)))
        .containsExactly(
            "variants[0].grid[\"training.epochs\"]: needs a path that no other grid or zip of this"
                + " variant sets already");
    String key =
        "{\"name\": \"a\", \"penalty\": {\"kind\": \"none\"}, \"training\": {\"epochs\": 1}}";
    assertThat(problems(with("\"grid\": {\"training.epochs\": [2, 3]}", key)))
        .containsExactly(
            "variants[0].training.epochs: set either here or by the experiment's grid, not by both");
  }

  @Test
  void aValueListedTwiceIsRefusedHoweverItIsWritten() {
    String grid = "\"grid\": {\"penalty.p\": [2], \"penalty.lambda\": [0.001, 1e-3]}";
    assertThat(problems(variants(NONE, LP.formatted(grid))))
        .contains(
            "variants[1].grid[\"penalty.lambda\"][1]: found 0.001: stands in this list already; keep"
                + " one");
  }

  @Test
  void equalNamesAreRefusedIgnoringCase() {
    String upper = "{\"name\": \"NONE\", \"penalty\": {\"kind\": \"none\"}}";
    assertThat(problems(variants(NONE, upper)))
        .containsExactly(
            "variants[1]: found the name \"NONE\": needs a name that no other variant has, ignoring"
                + " case; variants[0] makes it too (as none). Give one of them another \"name\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b",
        "a\\\\b",
        "..",
        ".hidden",
        "ends.",
        "a b",
        "con",
        "Nul.txt",
        "COM1",
        "\u00e4",
        "a:b",
        "a*",
        "-x",
        "l2.incomplete-1",
        "net.replaced-relu",
        "x.Incomplete-",
        "seed-3-9f2c41d0.incomplete-1a2b3c4d",
      })
  void aNameThatIsNoFolderNameEverywhereIsRefused(String name) {
    String variant = "{\"name\": \"" + name + "\", \"penalty\": {\"kind\": \"none\"}}";
    assertThat(problems(variants(variant)))
        .singleElement()
        .asString()
        .startsWith("variants[0].name: found \"" + name + "\": needs a name of ASCII letters");
  }

  @Test
  void namesHaveALimitAndMadeOnesAreCutWithoutMeeting() throws ExperimentException {
    String given = "{\"name\": \"%s\", \"penalty\": {\"kind\": \"none\"}}";
    assertThat(names(variants(given.formatted("x".repeat(100))))).hasSize(1);
    assertThat(problems(variants(given.formatted("x".repeat(101))))).hasSize(1);
    String grid =
        "{\"name\": \""
            + "x".repeat(95)
            + "\", \"penalty\": {\"kind\": \"none\"},"
            + " \"grid\": {\"training.epochs\": [1, 2, 3]}}";
    assertThat(names(variants(grid)))
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).hasSize(100));
  }

  /** What marks a half-written run may not come about where a name is joined or cut either. */
  @Test
  void aMadeNameHoldsNoMarkOfWhatIsRemoved() throws ExperimentException {
    String grid =
        "{\"name\": \"%s\", \"penalty\": {\"kind\": \"none\"},"
            + " \"grid\": {\"training.epochs\": [1, 2]}}";
    assertThat(names(variants(grid.formatted("l2.incomplete"))))
        .containsExactly("l2-incomplete-epochs-1", "l2-incomplete-epochs-2");
    assertThat(names(variants(grid.formatted("l2.Replaced"))))
        .containsExactly("l2-Replaced-epochs-1", "l2-Replaced-epochs-2");
    // Cut behind 91 characters, and a hyphen with eight hexadecimal digits follows.
    String cut = "x".repeat(91 - ".incomplete".length()) + ".incomplete";
    assertThat(names(variants(grid.formatted(cut + "y"))))
        .hasSize(2)
        .allMatch(FolderName::isSafe)
        .allMatch(name -> name.matches("x+-incomplete-[0-9a-f]{8}"));
    assertThat(FolderName.fit("x.incomplete.")).isEqualTo("x-incomplete-");
    // Alone it marks nothing.
    String given = "{\"name\": \"l2.incomplete\", \"penalty\": {\"kind\": \"none\"}}";
    assertThat(names(variants(given))).containsExactly("l2.incomplete");
  }

  @Test
  void theBaselineIsTheEntryWithoutPenaltyUnlessNamed() throws ExperimentException {
    String lp = "{\"penalty\": {\"kind\": \"lp\", \"p\": 2, \"lambda\": 0.01}}";
    assertThat(read(variants(lp, NONE)).baseline()).isEqualTo("none");
    assertThat(read(with("\"baseline\": \"l2-weights-1e-02\"", lp, NONE)).baseline())
        .isEqualTo("l2-weights-1e-02");
    assertThat(problems(variants(lp)))
        .containsExactly(
            "baseline: missing; needs the name of the variant that the others are compared with,"
                + " since none has penalty kind none");
    assertThat(problems(with("\"baseline\": \"l2-weights-1e-2\"", lp, NONE)))
        .containsExactly(
            "baseline: found \"l2-weights-1e-2\": needs the name of a variant; did you mean"
                + " \"l2-weights-1e-02\"?");
  }

  @Test
  void aWholeSectionMayBeAnAxis() throws ExperimentException {
    String grid =
        "\"grid\": {\"optimizer\": [{\"kind\": \"adam\"}, {\"kind\": \"sgd\", \"learningRate\": 1}]}";
    assertThat(names(with(grid, NONE)))
        .containsExactly("none-optimizer-adam", "none-optimizer-sgd");
    String twice =
        "\"grid\": {\"optimizer\": [{\"kind\": \"adam\"}, {\"kind\": \"adam\", \"beta1\": 0.8}]}";
    assertThat(names(with(twice, NONE)))
        .containsExactly("none-optimizer-adam-1", "none-optimizer-adam-2");
  }

  @Test
  void pathsThatLeadNowhereAreRefused() {
    assertThat(problems(with("\"grid\": {\"trainin.epochs\": [1], \"training.epochs\": []}", NONE)))
        .containsExactly(
            "grid[\"trainin.epochs\"]: a path begins with one of data, network, optimizer,"
                + " training, penalty; did you mean \"training\"?",
            "grid[\"training.epochs\"]: found []: needs a list of at least one value");
    assertThat(problems(with("\"grid\": {\"network.hidden[5]\": [1]}", NONE)))
        .containsExactly(
            "grid[\"network.hidden[5]\"]: needs a path through objects, and through elements that a"
                + " list has; this one is not");
    assertThat(problems(with("\"grid\": {\"training..epochs\": [1]}", NONE)))
        .containsExactly(
            "grid[\"training..epochs\"]: needs a dotted path, for instance penalty.lambda or"
                + " network.hidden[0]");
  }

  @Test
  void aMillionVariantsAreMadeOnDemandInOrder() throws ExperimentException {
    String thousand =
        IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String hundred =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> "" + i / 1000.0)
            .collect(Collectors.joining(","));
    String grid =
        "\"grid\": {\"training.epochs\": ["
            + thousand
            + "], \"penalty.p\": [1, 1.5, 2, 3, 0.25, 0.5,"
            + " 0.75, 4, 5, 6], \"penalty.lambda\": ["
            + hundred
            + "]}";
    List<Variant> variants = read(variants(NONE, LP.formatted(grid))).variants();
    assertThat(variants).hasSize(1_000_001);
    // 1 + ((epochs - 1) * 10 + index of p) * 100 + index of lambda, epochs 700, p 2, lambda 0.042
    Variant variant = variants.get(1 + (699 * 10 + 2) * 100 + 41);
    assertThat(variant.training().epochs()).isEqualTo(700);
    assertThat(variant.penalty().p()).isEqualTo(2);
    assertThat(variant.penalty().strength()).isEqualTo(0.042);
    assertThat(variant.name()).isEqualTo("l2-weights-4.2e-02-epochs-700");
    // Asking again gives an equal variant, not the same: none is kept.
    assertThat(variants.get(500_000))
        .isEqualTo(variants.get(500_000))
        .isNotSameAs(variants.get(500_000));
  }

  @Test
  void tooManyVariantsAreRefusedBeforeAnyIsMade() {
    String thousand =
        IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String grid =
        "\"grid\": {\"training.epochs\": ["
            + thousand
            + "], \"training.batchSize\": ["
            + thousand
            + "], \"penalty.lambda\": ["
            + thousand
            + "]}";
    assertThat(problems(variants(NONE, LP.formatted(grid))))
        .containsExactly(
            "variants: found 1000000001 variants in 1 setting: at most 2000000 in all; make a grid smaller");
  }
}
