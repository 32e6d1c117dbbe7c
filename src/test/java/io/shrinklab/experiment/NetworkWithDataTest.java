package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.Experiment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkWithDataTest {
  @TempDir Path folder;

  private Path file(String data, String network) throws IOException {
    return Files.writeString(
        folder.resolve("e.json"),
        """
        {"name": "e", "description": "d", "data": %s, "network": %s,
         "optimizer": {"kind": "adam"}, "training": {"epochs": 1}, "seeds": 1,
         "variants": [{"name": "none", "penalty": {"kind": "none"}}]}
        """
            .formatted(data, network));
  }

  @Test
  void aNetworkForImagesIsRefusedOnATableWhenTheFileIsRead() throws IOException {
    Path file = file("{\"kind\": \"diabetes\"}", "{\"kind\": \"cnn\"}");
    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(
            "network.kind: found \"cnn\": linear, mlp, custom or torchscript: the data is a table, and this"
                + " network needs images");
  }

  @Test
  void itIsAllowedOnImages() throws IOException, ExperimentException {
    Path file = file("{\"kind\": \"digits\"}", "{\"kind\": \"resnet\"}");
    assertThat(ExperimentFile.read(file).size()).isEqualTo(1);
  }

  @Test
  void aClassThatIsNotOnTheClassPathIsNamed() throws IOException {
    Path file =
        file("{\"kind\": \"digits\"}", "{\"kind\": \"custom\", \"className\": \"no.Such\"}");
    assertThatThrownBy(() -> ExperimentFile.read(file))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining(
            "network.className: found \"no.Such\": needs the full name of a class on the class path");
  }

  @Test
  void aFilesPlaceIsNoPartOfTheIdentityItsChecksumIs() throws IOException, ExperimentException {
    String npz = "{\"kind\": \"npz\", \"file\": \"%s\", \"checksum\": \"%s\"}";
    String here = identity(npz.formatted("here/a.npz", "sha256:1"));
    assertThat(identity(npz.formatted("/there/b.npz", "sha256:1"))).isEqualTo(here);
    assertThat(identity(npz.formatted("here/a.npz", "sha256:2"))).isNotEqualTo(here);
  }

  private String identity(String data) throws IOException, ExperimentException {
    Experiment experiment = ExperimentFile.read(file(data, "{\"kind\": \"mlp\"}"));
    return Identity.of(experiment.runs().findFirst().orElseThrow());
  }
}
