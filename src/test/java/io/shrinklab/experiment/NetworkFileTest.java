package io.shrinklab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.RunSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a network in a file are named by its content. */
class NetworkFileTest {
  /** Of "abc", by FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir private Path folder;

  private RunSpec run(String network) throws Exception {
    String text =
        """
        {"data": {"kind": "digits", "train": 100, "validation": 100},
         "network": %s,
         "optimizer": {"kind": "sgd", "learningRate": 0.1},
         "training": {"epochs": 1},
         "variants": [{"penalty": {"kind": "none"}}]}
        """;
    return ExperimentFile.parse(text.formatted(network), "net.json")
        .runs()
        .findFirst()
        .orElseThrow();
  }

  private RunSpec run(Path file) throws Exception {
    return run("{\"kind\": \"torchscript\", \"file\": \"" + file + "\"}");
  }

  private Path file(String name, String content) throws Exception {
    return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void theContentIsTheNameAndThePathIsNot() throws Exception {
    RunSpec run = run(file("net.pt", "abc"));
    NetworkSpec.TorchScript network = (NetworkSpec.TorchScript) run.variant().network();
    assertThat(network.checksum()).isEqualTo(ABC);
    assertThat(network.initial()).isEqualTo(NetworkSpec.TorchScript.Initial.FILE);
    assertThat(Identity.canonical(run)).contains(ABC).doesNotContain("net.pt");
    assertThat(Identity.of(run(file("moved.pt", "abc")))).isEqualTo(Identity.of(run));
    assertThat(Identity.of(run(file("net.pt", "abcd")))).isNotEqualTo(Identity.of(run));
  }

  @Test
  void aChecksumThatIsGivenIsTheSameRunAndNeedsNoFile() throws Exception {
    RunSpec given =
        run(
            "{\"kind\": \"torchscript\", \"file\": \"elsewhere.pt\", \"checksum\": \"%s\"}"
                .formatted(ABC));
    assertThat(Identity.of(given)).isEqualTo(Identity.of(run(file("net.pt", "abc"))));
    assertThat(SpecJson.read(SpecJson.write(given))).isEqualTo(given);
  }

  @Test
  void whatIsNotThereOrNoChecksumIsAProblemOfTheFile() {
    assertThatThrownBy(() -> run(folder.resolve("absent.pt")))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("network.file: found \"")
        .hasMessageContaining("an existing file: there is no ");
    assertThatThrownBy(
            () -> run("{\"kind\": \"torchscript\", \"file\": \"a.pt\", \"checksum\": \"md5:12\"}"))
        .isInstanceOf(ExperimentException.class)
        .hasMessageContaining("network.checksum: found \"md5:12\"");
  }
}
