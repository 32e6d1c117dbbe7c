package io.shrinklab.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.Sha256;
import java.nio.FloatBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class NpzTest {
  /** West and east of Greenwich, by quarters of an hour, and across the line of the date. */
  @Test
  void anArchiveHasTheSameBytesInEveryTimeZone() {
    TimeZone before = TimeZone.getDefault();
    Set<String> hashes = new LinkedHashSet<>();
    try {
      for (String zone :
          List.of(
              "UTC", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Etc/GMT+12")) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        hashes.add(
            Sha256.of(
                new Npz()
                    .floats("w", FloatBuffer.wrap(new float[] {1, 2}), 2)
                    .texts("names", List.of("a", "é"))
                    .done()));
      }
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(hashes).hasSize(1);
  }
}
