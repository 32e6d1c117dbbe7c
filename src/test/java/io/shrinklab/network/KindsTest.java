package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.Kinds;
import io.shrinklab.spec.NetworkSpec;
import org.junit.jupiter.api.Test;

class KindsTest {
  @Test
  void eachKindOfNetworkIsBuilt() {
    String own = ConvolutionalTest.TwoLayers.class.getName();
    for (NetworkSpec spec : Kinds.of(NetworkSpec.class, own)) {
      assertThat(Networks.outline(spec)).as(spec.toString()).isNotEmpty();
    }
  }
}
