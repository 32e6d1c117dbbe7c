package io.shrinklab.spec;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rows a run sees, and how they are parted. */
public sealed interface DataSpec
    permits DataSpec.InFile,
        DataSpec.Digits,
        DataSpec.PublishedImages,
        DataSpec.Diabetes,
        DataSpec.Synthetic {

  /** How the parts are drawn. */
  enum Split {
    /**
     * Every seed draws parts of its own: the answer holds for the population, intervals are
     * corrected for overlap.
     */
    PER_SEED,
    /** One split for all seeds: the answer holds for that split. */
    FIXED
  }

  /** What is done where a table lacks a value. */
  enum Missing {
    /** The table is refused. */
    REFUSE,
    /** Rows in which one of the columns used is missing are left out. */
    DROP_ROWS,
    /** A number is the mean over the training rows, a category is one of its own. */
    IMPUTE
  }

  /** What a table's target is. */
  enum Target {
    /** A class per row. */
    CLASSIFICATION,
    /** A number per row. */
    REGRESSION
  }

  /** Rows used for training, a count or a share of the pool; null for all that are left. */
  @Doc(
      "Rows used for training: a number of rows, or a share of those there are between 0 and 1, rounded down; null for all that validation leaves.")
  @Range(min = 1, max = 100_000_000)
  @Default("null")
  @Nullable Rows train();

  /** Rows used for validation, likewise; 0 for all that the set's own validation part holds. */
  @Doc("Rows used for validation: a number of rows, or a share between 0 and 1.")
  @Range(min = 1, max = 100_000_000)
  Rows validation();

  /** How the parts are drawn. */
  @Doc("per-seed: each seed draws its own parts; fixed: one split for all seeds.")
  @Default("\"per-seed\"")
  Split split();

  /** Whether a row is an image [channels, height, width], which some networks need. */
  boolean hasImages();

  /** Whether validation rows come out of a part of their own, and not out of training's pool. */
  default boolean hasOwnValidation() {
    return false;
  }

  /**
   * Where the rows are, as the experiment says it: the same for all specifications that read the
   * same files. Empty for rows that this program brings or draws.
   */
  default String source() {
    return "";
  }

  /**
   * The digest that names the content, {@code sha256:...} or {@code md5:...}; empty where the rest
   * of the specification says which rows these are, and of a file whose content nobody named yet.
   */
  default String checksum() {
    return "";
  }

  /** The same rows of another content; of a set that has but one, itself. */
  default DataSpec withChecksum(String checksum) {
    return this;
  }

  /**
   * SHA-256 of the content as it is read, in hex; empty where the specification does not tell it.
   */
  default String contentSha256() {
    String prefix = "sha256:";
    return checksum().startsWith(prefix) ? checksum().substring(prefix.length()) : "";
  }

  /** The column whose equal values keep rows in one part; empty where rows are independent. */
  default String group() {
    return "";
  }

  /** The share of training labels that is drawn at random. */
  @Doc("Share of the training labels that is replaced by labels drawn at random from all classes.")
  @Range(min = 0, max = 1)
  @Default("0")
  default double labelNoise() {
    return 0;
  }

  /** The embedded handwritten digits. */
  @Kind("digits")
  @Doc(
      "The embedded UCI handwritten digits: 1,797 rows of 64 pixels, 10 classes. What train and validation leave is the test part.")
  record Digits(
      @Doc(
              "Rows used for training: a number of rows, or a share of the set between 0 and 1, rounded down.")
          @Range(min = 1, max = 1795)
          @Default("300")
          @Nullable Rows train,
      @Range(min = 1, max = 1795) @Default("600") Rows validation,
      Split split,
      double labelNoise)
      implements DataSpec, Check {

    /** Rows in the set. */
    public static final int ROWS = 1797;

    @Override
    public boolean hasImages() {
      return true;
    }

    @Override
    public void check(Reporter reporter) {
      Rows.check(reporter, train, validation, ROWS, 1, 1);
    }
  }

  /** An image set with a test part of its own, as its authors published it. */
  sealed interface PublishedImages extends DataSpec, Check permits Mnist, FashionMnist, Cifar10 {
    @Override
    @Range(min = 1, max = 59_999)
    @Nullable Rows train();

    @Override
    @Range(min = 1, max = 59_999)
    @Default("10000")
    Rows validation();

    /** Rows to part into training and validation. */
    int pool();

    @Override
    @Doc(
        "sha256: and the hex digest of the set as it is read, which names runs on other rows than the authors published. Need not be written: it is found out, and empty for what they published.")
    @Default("\"\"")
    String checksum();

    @Override
    PublishedImages withChecksum(String checksum);

    @Override
    default boolean hasImages() {
      return true;
    }

    @Override
    default void check(Reporter reporter) {
      Rows.check(reporter, train(), validation(), pool(), 1, 0);
    }
  }

  /** The MNIST digits. */
  @Kind("mnist")
  @Doc(
      "MNIST: 60,000 training and 10,000 test images of 28 x 28, 10 classes. Validation rows come out of the 60,000.")
  record Mnist(
      @Nullable Rows train, Rows validation, Split split, double labelNoise, String checksum)
      implements PublishedImages {
    /** SHA-256 of the 70,000 classes and then their images, as published. */
    private static final String PUBLISHED =
        "69bd15132a70501a55ccc9cf0d3ffb3de973edb9ec353720cf437f8d199393c7";

    @Override
    public int pool() {
      return 60_000;
    }

    @Override
    public String source() {
      return "mnist";
    }

    @Override
    public String contentSha256() {
      return checksum.isEmpty() ? PUBLISHED : PublishedImages.super.contentSha256();
    }

    @Override
    public Mnist withChecksum(String other) {
      return new Mnist(train, validation, split, labelNoise, other);
    }
  }

  /** Zalando's articles of clothing. */
  @Kind("fashion-mnist")
  @Doc(
      "Fashion-MNIST: 60,000 training and 10,000 test images of 28 x 28, 10 classes. Validation rows come out of the 60,000.")
  record FashionMnist(
      @Nullable Rows train, Rows validation, Split split, double labelNoise, String checksum)
      implements PublishedImages {
    @Override
    public int pool() {
      return 60_000;
    }

    @Override
    public String source() {
      return "fashion-mnist";
    }

    @Override
    public FashionMnist withChecksum(String other) {
      return new FashionMnist(train, validation, split, labelNoise, other);
    }
  }

  /** The CIFAR-10 photographs. */
  @Kind("cifar10")
  @Doc(
      "CIFAR-10: 50,000 training and 10,000 test images of 3 x 32 x 32, 10 classes. Validation rows come out of the 50,000.")
  record Cifar10(
      @Range(min = 1, max = 49_999) @Nullable Rows train,
      @Range(min = 1, max = 49_999) Rows validation,
      Split split,
      double labelNoise,
      String checksum)
      implements PublishedImages {
    @Override
    public int pool() {
      return 50_000;
    }

    @Override
    public String source() {
      return "cifar10";
    }

    @Override
    public Cifar10 withChecksum(String other) {
      return new Cifar10(train, validation, split, labelNoise, other);
    }
  }

  /** Diabetes progression. */
  @Kind("diabetes")
  @Doc(
      "The embedded diabetes set (Efron et al. 2004): 442 patients, 10 columns, a number to predict. Columns are centred and scaled to norm 1 over the training rows, the target is centred.")
  record Diabetes(
      @Range(min = 2, max = 441) @Nullable Rows train,
      @Range(min = 2, max = 440) @Default("142") Rows validation,
      Split split)
      implements DataSpec, Check {

    /** Rows in the set. */
    public static final int ROWS = 442;

    @Override
    public boolean hasImages() {
      return false;
    }

    @Override
    public void check(Reporter reporter) {
      Rows.check(reporter, train, validation, ROWS, 2, 0);
    }
  }

  /** Rows drawn from a linear model whose coefficients are known. */
  @Kind("synthetic")
  @Doc(
      "Rows drawn from a linear model with known coefficients. Each seed draws rows of its own from an unlimited population; the coefficients are the same for all seeds.")
  record Synthetic(
      @Doc(
              "regression: a number, the linear model plus a normal error; classification: two classes, the second with the probability that the logistic function gives.")
          @Default("\"regression\"")
          Target task,
      @Doc("Features: standard normal, named x1, x2, ...") @Range(min = 1, max = 1_000_000)
          int features,
      @Doc(
              "How many features have a coefficient that is not 0; which ones is drawn from truthSeed.")
          @Range(min = 0, max = 1_000_000)
          int relevant,
      @Doc(
              "Neighbouring features that form a group: all of a group are relevant or none is. 1: each for itself.")
          @Range(min = 1, max = 1_000_000)
          @Default("1")
          int groupSize,
      @Doc("Size of a relevant coefficient; its sign is drawn from truthSeed.")
          @Range(min = 0, max = 1e6)
          @Default("1")
          double effect,
      @Doc("What the model adds to every row.") @Range(min = -1e6, max = 1e6) @Default("0")
          double intercept,
      @Doc(
              "regression: standard deviation of the error; classification: the scale of the logistic function, 0 for classes without overlap.")
          @Range(min = 0, max = 1e6)
          @Default("1")
          double noise,
      @Doc(
              "Correlation of neighbouring features; of features further apart its power (a first-order autoregressive process).")
          @Range(min = -0.999, max = 0.999)
          @Default("0")
          double correlation,
      @Doc("Decides the coefficients, and nothing else does: not the run's seed.")
          @Range(min = 0)
          @Default("0")
          long truthSeed,
      @Doc("Rows drawn for training: a number of rows.")
          @Range(min = 2, max = 100_000_000)
          @Default("100")
          Rows train,
      @Doc("Rows drawn for validation: a number of rows.")
          @Range(min = 2, max = 100_000_000)
          @Default("1000")
          Rows validation,
      @Doc("Rows drawn for the test part: a number of rows; 0 for none.")
          @Range(min = 0, max = 100_000_000)
          @Default("1000")
          Rows test,
      @Doc(
              "per-seed: each seed draws its own rows, which no other seed has; fixed: the same rows for all seeds.")
          Split split)
      implements DataSpec, Check {

    /** Numbers in all parts together, at most. */
    private static final long MOST_VALUES = 50_000_000;

    @Override
    public boolean hasImages() {
      return false;
    }

    @Override
    public void check(Reporter reporter) {
      if (features % groupSize != 0) {
        reporter.problem(
            "groupSize", groupSize, "a divisor of data.features, which is " + features);
      }
      if (relevant > features) {
        reporter.problem("relevant", relevant, "at most data.features, which is " + features);
      } else if (relevant % groupSize != 0) {
        reporter.problem(
            "relevant", relevant, "a multiple of data.groupSize, which is " + groupSize);
      }
      boolean counts = true;
      counts &= isCount(reporter, "train", train, 2);
      counts &= isCount(reporter, "validation", validation, 2);
      counts &= isCount(reporter, "test", test, 0);
      double values = (train.value() + validation.value() + test.value()) * features;
      if (counts && values > MOST_VALUES) {
        reporter.problem(
            "features",
            features,
            "all parts' rows times features at most "
                + MOST_VALUES
                + "; there are "
                + Numbers.plain(values / features)
                + " rows");
      }
    }

    private static boolean isCount(Reporter reporter, String key, Rows rows, int least) {
      if (rows.isShare()) {
        reporter.problem(
            key,
            rows.value(),
            "a whole number of rows from "
                + least
                + ": the population is unlimited, so there is nothing to take a share of");
      }
      return !rows.isShare();
    }
  }

  /**
   * A set in a file of the user's. The file's place is no part of a run's identity; the checksum of
   * its content is.
   */
  sealed interface InFile extends DataSpec permits Csv, Npz, ImageFolder {
    /** A path: absolute, or below --data-dir, or below the working directory. */
    @Doc("The file: absolute, or below --data-dir, or below the working directory.")
    @NotIdentity
    String file();

    @Override
    @Doc(
        "sha256: or md5: and the hex digest of the file. Runs are named by it; left out, it is found out.")
    @Default("\"\"")
    String checksum();

    /** The key that names it. */
    default String fileKey() {
      return "file";
    }

    @Override
    InFile withChecksum(String checksum);

    @Override
    default String source() {
      return file();
    }
  }

  /** A table of the user's. */
  // Revision 0 rounded numbers to float32 and scaled them then; 1 scales in double.
  @Kind(value = "csv", revision = 1)
  @Doc(
      "A table in a text file (CSV) with a header line, in UTF-8. Numeric columns are standardized over the training rows, categorical ones become a column of 0 and 1 per category.")
  record Csv(
      String file,
      String checksum,
      @Doc("The column to predict.") String target,
      @Doc("classification: a class per row; regression: a number per row.")
          @Default("\"classification\"")
          Target task,
      @Doc("The columns to predict from; empty for all but the target.") @Default("[]")
          List<String> columns,
      @Doc("Those of the columns that hold categories and not numbers.") @Default("[]")
          List<String> categorical,
      @Nullable Rows train,
      Rows validation,
      Split split,
      double labelNoise,
      @Doc("The sign between cells: one character, such as , or ; or | or \\t, which is a tab.")
          @Default("\",\"")
          String separator,
      @Doc("The sign before a number's decimals: . or , where thousands have no sign of their own.")
          @Default("\".\"")
          String decimal,
      @Doc(
              "The sign around cells that hold separators or line ends: one character, or empty for none.")
          @Default("\"\\\"\"")
          String quote,
      @Doc(
              "What is done where a value is missing. refuse: nothing, the table is refused; drop-rows: rows are left out in which one of the columns used is missing; impute: a number is the mean over the training rows, a category is one of its own, and a target or group is refused.")
          @Default("\"refuse\"")
          Missing missing,
      @Doc(
              "Cells that say, as empty ones do, that a value is missing; not where missing is refuse.")
          @Default(
              "[\"NA\", \"N/A\", \"n/a\", \"#N/A\", \"<NA>\", \"NaN\", \"nan\", \"NULL\", \"null\", \"None\", \"?\"]")
          List<String> missingValues,
      @Doc(
              "A column, of patients for instance: rows in which it is equal are in one part. Parts then are of whole groups, and their sizes as close to train and validation as these allow. Nothing is predicted from it; empty for none.")
          @Default("\"\"")
          String group)
      implements InFile, Check {
    private static final int SHOWN = 10;

    /** Copies the lists. */
    public Csv {
      columns = List.copyOf(columns);
      categorical = List.copyOf(categorical);
      missingValues = List.copyOf(missingValues);
    }

    /** How the table is read, whatever is drawn from it: equal where the same rows are read. */
    public Csv whole() {
      return new Csv(
          file,
          checksum,
          target,
          task,
          columns,
          categorical,
          null,
          Rows.of(1),
          Split.PER_SEED,
          0,
          separator,
          decimal,
          quote,
          missing,
          missingValues,
          group);
    }

    @Override
    public Csv withChecksum(String other) {
      return new Csv(
          file,
          other,
          target,
          task,
          columns,
          categorical,
          train,
          validation,
          split,
          labelNoise,
          separator,
          decimal,
          quote,
          missing,
          missingValues,
          group);
    }

    @Override
    public boolean hasImages() {
      return false;
    }

    @Override
    public void check(Reporter reporter) {
      checkColumns(reporter);
      checkSigns(reporter);
      if (labelNoise > 0 && task == Target.REGRESSION) {
        reporter.problem("labelNoise", labelNoise, "0: a regression has no labels to draw from");
      }
    }

    private void checkColumns(Reporter reporter) {
      checkNames(reporter, "columns", columns);
      checkNames(reporter, "categorical", categorical);
      if (!columns.isEmpty() && !Set.copyOf(columns).containsAll(categorical)) {
        reporter.problem("categorical", categorical, "some of data.columns");
      }
      if (group.equals(target)) {
        reporter.problem("group", group, "a column other than the target");
      }
    }

    private void checkNames(Reporter reporter, String key, List<String> names) {
      Set<String> seen = new HashSet<>();
      Set<String> twice = new LinkedHashSet<>();
      names.stream().filter(name -> !seen.add(name)).forEach(twice::add);
      if (!twice.isEmpty()) {
        reporter.problem(
            key,
            names,
            "each column once; given more than once: "
                + twice.stream().limit(SHOWN).map(Visible::word).collect(Collectors.joining(", "))
                + (twice.size() > SHOWN ? " and " + (twice.size() - SHOWN) + " more" : ""));
      }
      if (names.contains(target)) {
        String why = "; it is predicted, and not predicted from";
        reporter.problem(
            key, names, "columns other than the target, " + Visible.word(target) + why);
      }
      if (!group.isEmpty() && names.contains(group)) {
        String why = "; it parts the rows, and nothing is predicted from it";
        reporter.problem(key, names, "columns other than the group, " + Visible.word(group) + why);
      }
    }

    private void checkSigns(Reporter reporter) {
      if (!decimal.equals(".") && !decimal.equals(",")) {
        reporter.problem("decimal", decimal, "\".\" or \",\"");
      }
      boolean one = isSign(separator);
      if (!one) {
        reporter.problem(
            "separator", separator, "one character that is no letter, digit or line end");
      } else if (separator.equals(decimal)) {
        reporter.problem("separator", separator, "another sign than data.decimal");
      }
      if (!quote.isEmpty() && (!isSign(quote) || quote.equals(decimal))) {
        reporter.problem(
            "quote", quote, "empty, or one character that is no letter, digit or line end");
      } else if (one && quote.equals(separator)) {
        reporter.problem("quote", quote, "another sign than data.separator");
      }
    }

    private static boolean isSign(String text) {
      return text.length() == 1
          && !Character.isLetterOrDigit(text.charAt(0))
          && "\r\n\0+-".indexOf(text.charAt(0)) < 0;
    }
  }

  /** Arrays by name, laid out as MedMNIST's. */
  @Kind("npz")
  @Doc(
      "An NPZ file laid out as MedMNIST's: train_images, train_labels, val_images, val_labels, test_images, test_labels. Several columns of labels make a multi-label task.")
  record Npz(
      String file,
      String checksum,
      @Doc(
              "Rows drawn from the file's training part: a number of rows, or a share of it between 0 and 1, rounded down; null for all of them.")
          @Nullable Rows train,
      @Doc(
              "Rows drawn from the file's validation part: a number of rows, or a share of it; 0 for all of them.")
          @Range(min = 0, max = 100_000_000)
          @Default("0")
          Rows validation,
      @Doc("per-seed: each seed draws its own rows from the file's parts; fixed: the same rows.")
          @Default("\"fixed\"")
          Split split,
      @Doc(
              "Share of the training labels that is replaced by labels drawn at random from all classes; single-label sets only.")
          double labelNoise)
      implements InFile {
    @Override
    public boolean hasImages() {
      return true;
    }

    @Override
    public boolean hasOwnValidation() {
      return true;
    }

    @Override
    public Npz withChecksum(String other) {
      return new Npz(file, other, train, validation, split, labelNoise);
    }
  }

  /** Images in a folder per class. */
  @Kind("image-folder")
  @Doc(
      "A folder with a folder of images (PNG, JPEG, GIF, BMP) per class, all of one size and all grey or all coloured. What train and validation leave is the test part.")
  record ImageFolder(
      @Doc("The folder: absolute, or below --data-dir, or below the working directory.")
          @NotIdentity
          String folder,
      @Doc(
              "sha256: and the hex digest over the folder's content. Runs are named by it; left out, it is found out.")
          String checksum,
      @Nullable Rows train,
      Rows validation,
      Split split,
      double labelNoise)
      implements InFile {
    @Override
    public boolean hasImages() {
      return true;
    }

    @Override
    public String file() {
      return folder;
    }

    @Override
    public String fileKey() {
      return "folder";
    }

    @Override
    public ImageFolder withChecksum(String other) {
      return new ImageFolder(folder, other, train, validation, split, labelNoise);
    }
  }
}
