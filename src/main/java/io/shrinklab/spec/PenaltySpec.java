package io.shrinklab.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the weights beyond fitting the data. A new kind is one record here and its line
 * in penalty.
 */
public sealed interface PenaltySpec
    permits PenaltySpec.ElasticNet,
        PenaltySpec.Lp,
        PenaltySpec.None,
        PenaltySpec.WeightDecay,
        PenaltySpec.DecoupledWeightDecay,
        PenaltySpec.GroupLasso,
        PenaltySpec.Custom {

  /** Which parameters are penalized. */
  enum Scope {
    /**
     * Multiplicative weights of dense, convolution and recurrent layers; no bias, scale or
     * embedding.
     */
    WEIGHTS,
    /**
     * The same and the scales of normalization layers: the seed article's "name contains weight".
     */
    WEIGHTS_AND_SCALES,
    /** Every trainable parameter, as an optimizer's weight decay does. */
    ALL
  }

  /** How a penalty enters an optimizer step. */
  enum Method {
    /** Its gradient is added to the data loss's gradient, before the optimizer sees it. */
    GRADIENT,
    /**
     * The optimizer steps on the data loss alone, then the proximal operator is applied: exact
     * zeros.
     */
    PROXIMAL,
    /**
     * The optimizer steps on the data loss alone, then weights shrink: no rescaling, and no
     * momentum but what keeps the penalty's strength.
     */
    DECOUPLED
  }

  /** A short name for tables and charts that groups variants over strength: {@code L2 weights}. */
  String family();

  /** The strength that orders the variants of a family: lambda, or the decay; 0 for none. */
  double strength();

  /** The strength of a weight decay, coupled or decoupled; 0 of a penalty on the loss. */
  default double decay() {
    return 0;
  }

  /**
   * The exponent under which norm and power sum are recorded: p of the penalty, 2 where it has
   * none.
   */
  default double p() {
    return 2;
  }

  /**
   * The name of a variant that the file leaves unnamed: {@code l2-weights-1e-05}. Safe as a folder
   * name.
   */
  default String label() {
    String family = family().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    return family + "-" + Numbers.scientific(strength());
  }

  /** Which parameters it is on: multiplicative weights where the kind leaves no choice. */
  @Doc("Which parameters are penalized.")
  @Default("\"weights\"")
  default Scope scope() {
    return Scope.WEIGHTS;
  }

  /** The rules that narrow the scope; null for all of it. */
  @Doc("Only parameters that match one of these; null for the whole scope.")
  @Default("null")
  default @Nullable List<LayerRule> layers() {
    return null;
  }

  /** How its strength changes over the epochs. */
  @Doc("How lambda grows over the epochs.")
  @Default("{\"kind\": \"constant\"}")
  default StrengthSchedule schedule() {
    return new StrengthSchedule.Constant();
  }

  /** Whether it pulls on each weight in proportion to the weight. */
  default boolean isSquare() {
    return decay() > 0;
  }

  /** Whether it is convex, so that a linear network's loss with it has one optimum. */
  default boolean isConvex() {
    return true;
  }

  /** Whether steps under this optimizer stand still at an optimum of the loss and this penalty. */
  default boolean settlesUnder(OptimizerSpec optimizer) {
    return !takesDecoupledSteps() || !optimizer.scalesSteps();
  }

  /** Whether it acts by {@link Method#DECOUPLED} steps, which a velocity takes in. */
  default boolean takesDecoupledSteps() {
    return false;
  }

  /** The user's own class that computes it; empty for kinds that need none. */
  default String className() {
    return "";
  }

  /** The same on other parameters; itself where the kind leaves no choice. */
  PenaltySpec withScope(Scope scope);

  /** The plainest penalty that does the same to any weight; itself where no other is known. */
  default PenaltySpec normal(OptimizerSpec optimizer) {
    return this;
  }

  /** Reports what does not fit the optimizer it is combined with. */
  default void checkWith(OptimizerSpec optimizer, Check.Reporter reporter) {}

  /** No penalty. */
  @Kind("none")
  @Doc("No regularization.")
  record None() implements PenaltySpec {
    @Override
    public String family() {
      return "none";
    }

    @Override
    public double strength() {
      return 0;
    }

    @Override
    public String label() {
      return family();
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return this;
    }
  }

  /** Coupled weight decay, the optimizer's own. */
  @Kind("weight-decay")
  @Doc(
      "The optimizer's own weight decay, coupled: strength * w is added to the gradient, of every"
          + " trainable parameter unless scope says otherwise. The same treatment as lp with p = 2"
          + " and lambda = strength / 2 on the same parameters.")
  record WeightDecay(
      @Doc("Added to the gradient, per unit of w.") @Range(min = 0, max = 1000) double strength,
      @Doc("Which parameters decay.") @Default("\"all\"") Scope scope)
      implements PenaltySpec {
    @Override
    public String family() {
      return Families.of("weight decay", scope, Scope.ALL, Method.GRADIENT, Method.GRADIENT);
    }

    @Override
    public double decay() {
      return strength;
    }

    @Override
    public void checkWith(OptimizerSpec optimizer, Check.Reporter reporter) {
      if (!optimizer.withoutDecay().equals(optimizer)) {
        reporter.problem(
            "kind",
            "weight-decay",
            "with optimizer adamw the decay is decoupled: use decoupled-weight-decay, or adam");
      }
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return new WeightDecay(strength, scope);
    }

    @Override
    public PenaltySpec normal(OptimizerSpec optimizer) {
      return Lp.ridge(strength / 2, scope);
    }
  }

  /** Decoupled weight decay, as in AdamW. */
  @Kind("decoupled-weight-decay")
  @Doc(
      "Decoupled weight decay (Loshchilov and Hutter 2019): w shrinks by learning rate * strength *"
          + " w beside the optimizer's step; with adam this is AdamW.")
  record DecoupledWeightDecay(
      @Doc("Shrinkage per unit of w and learning rate.") @Range(min = 0, max = 1000)
          double strength,
      @Doc("Which parameters decay.") @Default("\"all\"") Scope scope)
      implements PenaltySpec {
    @Override
    public String family() {
      return Families.of("decoupled decay", scope, Scope.ALL, Method.GRADIENT, Method.GRADIENT);
    }

    @Override
    public double decay() {
      return strength;
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return new DecoupledWeightDecay(strength, scope);
    }

    @Override
    public boolean settlesUnder(OptimizerSpec optimizer) {
      return optimizer.isPlainDescent();
    }

    @Override
    public PenaltySpec normal(OptimizerSpec optimizer) {
      return optimizer.isPlainDescent() ? Lp.ridge(strength / 2, scope) : this;
    }
  }

  /** The Lp penalty: lambda * sum |w|^p. */
  @Kind("lp")
  @Doc("The Lp penalty lambda * sum |w|^p, on the parameters of its scope only.")
  record Lp(
      @Doc("The exponent: 0 counts non-zeros, 1 is lasso, 2 is ridge.") @Range(min = 0, max = 16)
          double p,
      @Doc(
              "The strength: a number, or {\"matchWeightDecay\": s, \"learningRate\": r} for s / 2 * r.")
          @Range(min = 0, max = 1e6)
          Lambda lambda,
      Scope scope,
      @Doc(
              "gradient: added to the gradient; proximal: exact operator after the step, gives exact zeros for p <= 1;"
                  + " decoupled: w / (1 + p * rate * lambda * |w|^(p-2)) after the step (Outmezguine and Levi 2024).")
          @Default("\"gradient\"")
          Method method,
      @Doc("Smoothing of the gradient for p < 1: (w^2 + epsilon)^(p/2). Unused otherwise.")
          @Range(min = 0, aboveMin = true, max = 1)
          @Default("1e-8")
          double epsilon,
      @Doc(
              "Only parameters that match one of these, and their own lambda if they have one; null for the whole scope.")
          @Nullable List<LayerRule> layers,
      StrengthSchedule schedule)
      implements PenaltySpec, Check {

    /** Copies the list. */
    public Lp {
      layers = layers == null ? null : List.copyOf(layers);
    }

    @Override
    public String family() {
      return Families.of("L" + Numbers.plain(p), scope, null, method, Method.GRADIENT);
    }

    @Override
    public boolean isSquare() {
      return p == 2;
    }

    @Override
    public boolean isConvex() {
      return p >= 1;
    }

    @Override
    public boolean takesDecoupledSteps() {
      return method == Method.DECOUPLED;
    }

    @Override
    public double strength() {
      return lambda.value();
    }

    @Override
    public void check(Reporter reporter) {
      if (p == 0 && method != Method.PROXIMAL) {
        reporter.problem(
            "method",
            Names.kebab(method),
            "p = 0 has no gradient (the count of non-zeros is flat almost everywhere): use"
                + " \"method\": \"proximal\", the hard threshold, or a small p > 0");
      }
    }

    /** lambda * sum w^2 by its gradient. */
    static Lp ridge(double lambda, Scope scope) {
      Lambda strength = new Lambda(lambda);
      return new Lp(2, strength, scope, Method.GRADIENT, 1, null, new StrengthSchedule.Constant());
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return new Lp(p, lambda, scope, method, epsilon, layers, schedule);
    }

    /** Epsilon smooths only the gradient below p = 1, and a warm-up of one epoch is none. */
    @Override
    public PenaltySpec normal(OptimizerSpec optimizer) {
      boolean smoothed = p < 1 && method == Method.GRADIENT;
      boolean grows = schedule.factor(1) < 1;
      StrengthSchedule needed = grows ? schedule : new StrengthSchedule.Constant();
      return new Lp(p, lambda, scope, method, smoothed ? epsilon : 1, layers, needed);
    }
  }

  /** The elastic net: l1 * sum |w| + l2 * sum w^2. */
  @Kind("elastic-net")
  @Doc(
      "The elastic net l1 * sum |w| + l2 * sum w^2 (Zou and Hastie 2005); l2 without the 1/2 of some texts.")
  record ElasticNet(
      @Doc("Strength of the sum of absolute values.") @Range(min = 0, max = 1e6) @Default("null")
          @Nullable Lambda l1,
      @Doc("Strength of the sum of squares.") @Range(min = 0, max = 1e6) @Default("null")
          @Nullable Lambda l2,
      Scope scope,
      @Doc("gradient or proximal.") @Default("\"gradient\"") Method method,
      @Nullable List<LayerRule> layers,
      @Doc("How both strengths grow over the epochs.") StrengthSchedule schedule)
      implements PenaltySpec, Check {

    /** Copies the list. */
    public ElasticNet {
      layers = layers == null ? null : List.copyOf(layers);
    }

    /** l1, 0 when absent. */
    public double l1Value() {
      return l1 == null ? 0 : l1.value();
    }

    /** l2, 0 when absent. */
    public double l2Value() {
      return l2 == null ? 0 : l2.value();
    }

    /** A path has one mix of the two: those of another mix are another family. */
    @Override
    public String family() {
      return named("elastic net" + (strength() > 0 ? " alpha " + Numbers.share(alpha()) : ""));
    }

    private String named(String base) {
      return Families.of(base, scope, null, method, Method.GRADIENT);
    }

    /** glmnet's mixing share, of its alpha * |w| + (1 - alpha) / 2 * w^2 (Friedman et al. 2010). */
    private double alpha() {
      return l1Value() / (l1Value() + 2 * l2Value());
    }

    @Override
    public String label() {
      return named("elastic net").replace(' ', '-')
          + "-"
          + Numbers.scientific(l1Value())
          + "-"
          + Numbers.scientific(l2Value());
    }

    @Override
    public double strength() {
      return l1Value() + l2Value();
    }

    @Override
    public void check(Reporter reporter) {
      if (l1 == null && l2 == null) {
        reporter.problem("l1", null, "at least one of l1 and l2, numbers of at least 0");
      }
      if (method == Method.DECOUPLED) {
        reporter.problem("method", "decoupled", "gradient or proximal for an elastic net");
      }
      LayerRule.refuseLambdas(layers, reporter);
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return new ElasticNet(l1, l2, scope, method, layers, schedule);
    }

    @Override
    public PenaltySpec normal(OptimizerSpec optimizer) {
      if (l1Value() > 0 && l2Value() > 0) {
        return this;
      }
      double p = l1Value() == 0 ? 2 : 1;
      Lambda lambda = new Lambda(strength());
      return new Lp(p, lambda, scope, method, 1, layers, schedule).normal(optimizer);
    }
  }

  /** Group lasso: lambda * sum over groups of the group's Euclidean norm. */
  @Kind("group-lasso")
  @Doc(
      "Group lasso (Yuan and Lin 2006), lambda * sum of group norms; a group is a neuron's incoming"
          + " weights, or a filter. Whole neurons become zero with the proximal method.")
  record GroupLasso(
      @Doc("The strength; not scaled by the group's size.") @Range(min = 0, max = 1e6)
          Lambda lambda,
      @Doc(
              "How many neighbouring incoming weights of a neuron form a group; 0 for all of a neuron or filter.")
          @Range(min = 0, max = 1_000_000)
          @Default("0")
          int groupSize,
      @Doc("gradient or proximal.") @Default("\"proximal\"") Method method,
      @Doc(
              "Only parameters that match one of these, and their own lambda if they have one; null for all weights.")
          @Nullable List<LayerRule> layers,
      StrengthSchedule schedule)
      implements PenaltySpec, Check {

    /** Copies the list. */
    public GroupLasso {
      layers = layers == null ? null : List.copyOf(layers);
    }

    @Override
    public String family() {
      String groups = groupSize == 0 ? "group lasso" : "group lasso of " + groupSize;
      return Families.of(groups, Scope.WEIGHTS, null, method, Method.PROXIMAL);
    }

    @Override
    public double strength() {
      return lambda.value();
    }

    @Override
    public void check(Reporter reporter) {
      if (method == Method.DECOUPLED) {
        reporter.problem("method", "decoupled", "gradient or proximal for a group lasso");
      }
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return this;
    }
  }

  /** A penalty of the user's own. */
  @Kind("custom")
  @Doc(
      "A penalty of your own: a class on the class path that implements"
          + " io.shrinklab.penalty.PenaltyDefinition.")
  record Custom(
      @Doc("The class's full name; it needs a public constructor without parameters.")
          String className,
      @Doc("The strength, handed to the class.") @Range(min = 0, max = 1e6) Lambda lambda,
      Scope scope,
      @Doc("How it enters a step; what the class does not implement fails.")
          @Default("\"gradient\"")
          Method method,
      @Nullable List<LayerRule> layers,
      StrengthSchedule schedule)
      implements PenaltySpec {

    /** Copies the list. */
    public Custom {
      layers = layers == null ? null : List.copyOf(layers);
    }

    @Override
    public String family() {
      String simple = className.substring(className.lastIndexOf('.') + 1);
      return Families.of(simple, scope, null, method, Method.GRADIENT);
    }

    /** Nobody knows. */
    @Override
    public boolean isConvex() {
      return false;
    }

    @Override
    public boolean takesDecoupledSteps() {
      return method == Method.DECOUPLED;
    }

    @Override
    public double strength() {
      return lambda.value();
    }

    @Override
    public PenaltySpec withScope(Scope scope) {
      return new Custom(className, lambda, scope, method, layers, schedule);
    }
  }
}
