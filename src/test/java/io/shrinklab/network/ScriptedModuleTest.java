package io.shrinklab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.shrinklab.EngineExtension;
import io.shrinklab.spec.NetworkSpec;
import io.shrinklab.spec.NetworkSpec.TorchScript.Initial;
import io.shrinklab.testing.ASpec;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The modules are made by scripts.py beside them, whose source says what is in each. */
@ExtendWith(EngineExtension.class)
class ScriptedModuleTest {
  private static final Path FOLDER = Path.of("src/test/resources/io/shrinklab/network");
  private static final Shape IMAGE = new Shape(1, 6, 6);
  private static final Shape ROW = new Shape(5);

  private static NetworkSpec.TorchScript file(String name, Initial initial) {
    return new NetworkSpec.TorchScript(FOLDER.resolve(name).toString(), "", initial);
  }

  private static Block create(String name, Shape features, int outputs, NDManager manager) {
    return Networks.create(
        file(name, Initial.FILE), features, outputs, new SplittableRandom(1), manager);
  }

  private static Map<String, float[]> values(Initial initial, long seed, NDManager manager) {
    Block block =
        Networks.create(file("images.pt", initial), IMAGE, 3, new SplittableRandom(seed), manager);
    return Networks.parameters(block).stream()
        .collect(Collectors.toMap(NamedParameter::name, named -> named.tensor().copy()));
  }

  @Test
  void parametersHavePyTorchsNamesAndOrderAndBuffersAreAmongThem() {
    List<NamedParameter> parameters = Networks.outline(file("images.pt", Initial.FILE));
    assertThat(parameters.stream().map(NamedParameter::name))
        .containsExactly(
            "body.0.weight",
            "body.1.weight",
            "body.1.bias",
            "body.1.running_mean",
            "body.1.running_var",
            "head.weight",
            "head.bias");
    assertThat(parameters.stream().map(named -> named.parameter().getType()))
        .containsExactly(
            Parameter.Type.WEIGHT,
            Parameter.Type.GAMMA,
            Parameter.Type.BIAS,
            Parameter.Type.RUNNING_MEAN,
            Parameter.Type.RUNNING_VAR,
            Parameter.Type.WEIGHT,
            Parameter.Type.BIAS);
  }

  @Test
  void buffersAndFrozenParametersAreNotTrained() {
    assertThat(
            Networks.outline(file("rows.pt", Initial.FILE)).stream()
                .filter(named -> named.parameter().requiresGradient())
                .map(NamedParameter::name))
        .containsExactly("scale", "first.weight", "first.bias", "last.weight");
  }

  @Test
  void dropoutIsForTrainingAlone(NDManager manager) {
    Block block = create("rows.pt", ROW, 2, manager);
    ParameterStore store = new ParameterStore(manager, false);
    NDList rows = new NDList(manager.ones(new Shape(64, 5)));
    NDArray evaluated = block.forward(store, rows, false).singletonOrThrow();
    NDArray again = block.forward(store, rows, false).singletonOrThrow();
    assertThat(again.toFloatArray()).isEqualTo(evaluated.toFloatArray());
    // All rows are equal, and so their outputs, unless a mask is drawn for each.
    assertThat(distinct(evaluated)).isEqualTo(1);
    assertThat(distinct(block.forward(store, rows, true).singletonOrThrow())).isGreaterThan(4);
    assertThat(block.forward(store, rows, false).singletonOrThrow().toFloatArray())
        .isEqualTo(evaluated.toFloatArray());
  }

  private static long distinct(NDArray outputs) {
    float[] values = outputs.toFloatArray();
    return IntStream.range(0, values.length / 2)
        .mapToObj(i -> List.of(values[2 * i], values[2 * i + 1]))
        .distinct()
        .count();
  }

  @Test
  void fromTheFileAllSeedsBeginAlike(NDManager manager) {
    Map<String, float[]> one = values(Initial.FILE, 1, manager);
    Map<String, float[]> other = values(Initial.FILE, 2, manager);
    one.forEach((name, weights) -> assertThat(other.get(name)).as(name).isEqualTo(weights));
    assertThat(one.get("body.0.weight")).doesNotContain(0f);
  }

  @Test
  void fromTheSeedEachBeginsByItsRule(NDManager manager) {
    Map<String, float[]> one = values(Initial.SEED, 1, manager);
    assertThat(values(Initial.SEED, 1, manager).get("head.weight"))
        .isEqualTo(one.get("head.weight"));
    assertThat(values(Initial.SEED, 2, manager).get("head.weight"))
        .isNotEqualTo(one.get("head.weight"));
    // sqrt(6 / (fan-in + fan-out)) of a [3, 32] matrix, and of 2 filters of [1, 3, 3].
    assertThat(largest(one.get("head.weight"))).isBetween(0.38, Math.sqrt(6.0 / (32 + 3)));
    assertThat(largest(one.get("body.0.weight"))).isBetween(0.35, Math.sqrt(6.0 / (9 + 18)));
    assertThat(one.get("head.bias")).containsOnly(0);
    assertThat(one.get("body.1.weight")).containsOnly(1);
    assertThat(one.get("body.1.bias")).containsOnly(0);
    assertThat(one.get("body.1.running_mean")).containsOnly(0);
    assertThat(one.get("body.1.running_var")).containsOnly(1);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** What has neither "weight" nor "bias" in its name, and what the author froze. */
  @Test
  void fromTheSeedAllElseIsAsInTheFile(NDManager manager) {
    Block block =
        Networks.create(file("rows.pt", Initial.SEED), ROW, 2, new SplittableRandom(1), manager);
    Map<String, float[]> values =
        Networks.parameters(block).stream()
            .collect(Collectors.toMap(NamedParameter::name, named -> named.tensor().copy()));
    assertThat(values.get("scale")).containsOnly(0.5f);
    assertThat(values.get("shift")).containsOnly(0.25f);
    assertThat(values.get("last.bias")).doesNotContain(0f);
    assertThat(values.get("first.bias")).containsOnly(0);
  }

  @Test
  void aModuleThatDoesNotFitTheDataIsNamedWithWhatItSays(NDManager manager) {
    assertThatThrownBy(() -> create("images.pt", ROW, 3, manager))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network.file: ")
        .hasMessageContaining(
            "images.pt does not take a batch of the data's rows, of the shape (1, 5)")
        .hasMessageContaining("RuntimeError: ");
    assertThatThrownBy(() -> create("images.pt", IMAGE, 10, manager))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: gives the shape (1, 3) for one row; (1, 10) is needed");
    assertThatThrownBy(() -> create("two.pt", ROW, 2, manager))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two.pt gives 2 arrays");
  }

  private static String refusal(NetworkSpec network) {
    try {
      Networks.check(List.of(ASpec.named("own").network(network).variant()));
      return "none";
    } catch (NetworkException e) {
      return e.getMessage();
    }
  }

  @Test
  void whatCannotBeTrainedIsKnownBeforeARun(@TempDir Path folder) throws Exception {
    assertThat(refusal(file("images.pt", Initial.FILE))).isEqualTo("none");
    assertThat(refusal(file("absent.pt", Initial.FILE)))
        .startsWith("variant own: network.file: found no file ")
        .endsWith("absent.pt; name an existing one");
    assertThat(refusal(file("scripts.py", Initial.FILE)))
        .contains("scripts.py is no TorchScript file; torch.jit.script(module).save(");
    assertThat(refusal(file("../data/colour.npz", Initial.FILE)))
        .contains("colour.npz is no TorchScript file");
    assertThat(refusal(file("nothing.pt", Initial.FILE)))
        .endsWith(
            "nothing.pt has no parameter that can be trained: none, or requires_grad is off for all");
    assertThat(refusal(file("double.pt", Initial.FILE)))
        .endsWith(
            "double.pt parameter 0.weight is float64; float32 is needed: module.float() before it is saved");
    Path newer = folder.resolve("newer.pt");
    copy(FOLDER.resolve("rows.pt"), newer, "version", "99\n");
    assertThat(refusal(new NetworkSpec.TorchScript(newer.toString(), "", Initial.FILE)))
        .contains("newer.pt cannot be loaded: ")
        .contains("99");
    Path broken = folder.resolve("broken.pt");
    copy(FOLDER.resolve("rows.pt"), broken, "data.pkl", "none");
    assertThat(refusal(new NetworkSpec.TorchScript(broken.toString(), "", Initial.FILE)))
        .contains("broken.pt cannot be loaded: ");
  }

  @Test
  void anotherContentThanTheRunIsNamedByIsRefused() {
    NetworkSpec.TorchScript named =
        new NetworkSpec.TorchScript(
            FOLDER.resolve("rows.pt").toString(), "sha256:" + "0".repeat(64), Initial.FILE);
    assertThat(refusal(named))
        .contains("network.checksum: found sha256:000000")
        .contains("rows.pt has sha256:");
  }

  /** An archive in which one entry has another content. */
  private static void copy(Path from, Path to, String entry, String content) throws Exception {
    try (ZipFile archive = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry each : Collections.list(archive.entries())) {
        out.putNextEntry(new ZipEntry(each.getName()));
        if (each.getName().endsWith("/" + entry)) {
          out.write(content.getBytes(StandardCharsets.UTF_8));
        } else {
          archive.getInputStream(each).transferTo(out);
        }
        out.closeEntry();
      }
    }
  }
}
