package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The seal on what older results mean: a value that equals its default is left out of a run's hash,
 * so that with another default the same hash would name another run.
 */
class DefaultsTest {
  /** A new key gets a new line. A line that is here is never changed. */
  private static final String SEALED =
      """
      DataSpec.Cifar10.labelNoise 0
      DataSpec.Cifar10.split "per-seed"
      DataSpec.Cifar10.train null
      DataSpec.Cifar10.validation 10000
      DataSpec.Csv.categorical []
      DataSpec.Csv.checksum ""
      DataSpec.Csv.columns []
      DataSpec.Csv.labelNoise 0
      DataSpec.Csv.split "per-seed"
      DataSpec.Csv.task "classification"
      DataSpec.Csv.train null
      DataSpec.Diabetes.split "per-seed"
      DataSpec.Diabetes.train null
      DataSpec.Diabetes.validation 142
      DataSpec.Digits.labelNoise 0
      DataSpec.Digits.split "per-seed"
      DataSpec.Digits.train 300
      DataSpec.Digits.validation 600
      DataSpec.FashionMnist.labelNoise 0
      DataSpec.FashionMnist.split "per-seed"
      DataSpec.FashionMnist.train null
      DataSpec.FashionMnist.validation 10000
      DataSpec.ImageFolder.checksum ""
      DataSpec.ImageFolder.labelNoise 0
      DataSpec.ImageFolder.split "per-seed"
      DataSpec.ImageFolder.train null
      DataSpec.Mnist.labelNoise 0
      DataSpec.Mnist.split "per-seed"
      DataSpec.Mnist.train null
      DataSpec.Mnist.validation 10000
      DataSpec.Npz.checksum ""
      DataSpec.Npz.labelNoise 0
      DataSpec.Npz.split "fixed"
      DataSpec.Npz.train null
      DataSpec.Npz.validation 0
      DataSpec.Synthetic.correlation 0
      DataSpec.Synthetic.effect 1
      DataSpec.Synthetic.groupSize 1
      DataSpec.Synthetic.intercept 0
      DataSpec.Synthetic.noise 1
      DataSpec.Synthetic.split "per-seed"
      DataSpec.Synthetic.task "regression"
      DataSpec.Synthetic.test 1000
      DataSpec.Synthetic.train 100
      DataSpec.Synthetic.truthSeed 0
      DataSpec.Synthetic.validation 1000
      EarlyStopping.minimumChange 0
      LayerRule.lambda null
      LearningRateSchedule.Constant.warmupEpochs 0
      LearningRateSchedule.Cosine.floor 0
      LearningRateSchedule.Cosine.warmupEpochs 0
      LearningRateSchedule.Plateau.factor 0.1
      LearningRateSchedule.Plateau.patience 5
      LearningRateSchedule.Plateau.warmupEpochs 0
      LearningRateSchedule.Step.factor 0.1
      LearningRateSchedule.Step.warmupEpochs 0
      NetworkSpec.Cnn.activation "relu"
      NetworkSpec.Cnn.batchNorm false
      NetworkSpec.Cnn.channels [6,16]
      NetworkSpec.Cnn.dropout 0
      NetworkSpec.Cnn.hidden [120,84]
      NetworkSpec.Cnn.kernel 5
      NetworkSpec.Linear.bias true
      NetworkSpec.Mlp.activation "relu"
      NetworkSpec.Mlp.batchNorm false
      NetworkSpec.Mlp.dropout 0
      NetworkSpec.Mlp.hidden [128,64]
      NetworkSpec.ResNet.blocks 3
      NetworkSpec.ResNet.size "small"
      NetworkSpec.TorchScript.checksum ""
      NetworkSpec.TorchScript.initial "file"
      OptimizerSpec.Adam.beta1 0.9
      OptimizerSpec.Adam.beta2 0.999
      OptimizerSpec.Adam.epsilon 1E-8
      OptimizerSpec.Adam.learningRate 0.001
      OptimizerSpec.Adam.schedule {"kind":"constant"}
      OptimizerSpec.AdamW.beta1 0.9
      OptimizerSpec.AdamW.beta2 0.999
      OptimizerSpec.AdamW.epsilon 1E-8
      OptimizerSpec.AdamW.learningRate 0.001
      OptimizerSpec.AdamW.schedule {"kind":"constant"}
      OptimizerSpec.Sgd.momentum 0
      OptimizerSpec.Sgd.schedule {"kind":"constant"}
      PenaltySpec.Custom.layers null
      PenaltySpec.Custom.method "gradient"
      PenaltySpec.Custom.schedule {"kind":"constant"}
      PenaltySpec.Custom.scope "weights"
      PenaltySpec.DecoupledWeightDecay.scope "all"
      PenaltySpec.ElasticNet.l1 null
      PenaltySpec.ElasticNet.l2 null
      PenaltySpec.ElasticNet.layers null
      PenaltySpec.ElasticNet.method "gradient"
      PenaltySpec.ElasticNet.schedule {"kind":"constant"}
      PenaltySpec.ElasticNet.scope "weights"
      PenaltySpec.GroupLasso.groupSize 0
      PenaltySpec.GroupLasso.layers null
      PenaltySpec.GroupLasso.method "proximal"
      PenaltySpec.GroupLasso.schedule {"kind":"constant"}
      PenaltySpec.Lp.epsilon 1E-8
      PenaltySpec.Lp.layers null
      PenaltySpec.Lp.method "gradient"
      PenaltySpec.Lp.schedule {"kind":"constant"}
      PenaltySpec.Lp.scope "weights"
      PenaltySpec.WeightDecay.scope "all"
      TrainingSpec.batchSize 32
      TrainingSpec.earlyStopping null
      TrainingSpec.labelSmoothing 0
      TrainingSpec.nearZero 0.001
      TrainingSpec.pruning null
      TrainingSpec.selection "best"
      TrainingSpec.timeoutMinutes 0
      TrainingSpec.tolerance 0.000001
      TrainingSpec.until "epochs"
      """;

  @Test
  void noDefaultEverChanges() {
    List<String> defaults = new ArrayList<>();
    for (Map.Entry<String, JsonNode> type :
        ExperimentSchema.generate().path("$defs").properties()) {
      for (Map.Entry<String, JsonNode> key : type.getValue().path("properties").properties()) {
        JsonNode value = key.getValue().get("default");
        if (value != null) {
          defaults.add(type.getKey() + "." + key.getKey() + " " + value);
        }
      }
    }
    assertThat(defaults)
        .as(
            "values equal to their default are left out of a run's hash: changing one makes older"
                + " results mean something else; a new key needs its line here")
        .containsExactlyInAnyOrderElementsOf(SEALED.lines().toList());
  }
}
