package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.EngineExtension;
import io.shrinklab.experiment.Kinds;
import io.shrinklab.spec.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EngineExtension.class)
class KindsTest {
  /** For a kind that is a file, one that is there. */
  private static final NetworkSpec SCRIPT =
      new NetworkSpec.TorchScript(
          "src/test/resources/io/shrinklab/network/images.pt",
          "",
          NetworkSpec.TorchScript.Initial.FILE);

  @Test
  void eachKindOfNetworkIsBuilt() {
    String own = ConvolutionalTest.TwoLayers.class.getName();
    for (NetworkSpec spec : Kinds.of(NetworkSpec.class, own)) {
      NetworkSpec there = spec instanceof NetworkSpec.TorchScript ? SCRIPT : spec;
      assertThat(Networks.outline(there)).as(spec.toString()).isNotEmpty();
    }
  }
}
