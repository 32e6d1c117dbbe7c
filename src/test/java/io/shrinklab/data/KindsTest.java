package io.shrinklab.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.experiment.Kinds;
import io.shrinklab.spec.DataSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KindsTest {
  @Test
  void eachKindOfDataHasItsOrigin() {
    List<DataSpec> all = Kinds.of(DataSpec.class, "");
    try (DataSets sets = new DataSets(null)) {
      Set<Object> keys = new HashSet<>();
      for (DataSpec spec : all) {
        keys.add(sets.origins.get(spec).key());
      }
      // csv and npz name the same file here: how it is read tells them apart.
      assertThat(keys).hasSameSizeAs(all);
    }
  }
}
