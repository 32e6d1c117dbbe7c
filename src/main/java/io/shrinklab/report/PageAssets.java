package io.shrinklab.report;

import io.shrinklab.spec.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Style and scripts that are written into a page.
 *
 * @param style the style sheet
 * @param scripts the chart library first, then the page's own
 * @param chartsVersion of the chart library
 */
record PageAssets(String style, List<String> scripts, String chartsVersion) {
  private static final String CHARTS_POM = "/META-INF/maven/org.mvnpm/echarts/pom.properties";
  private static final String CHARTS = "/META-INF/resources/_static/echarts/%s/dist/%s.min.js";

  /** How much of the chart library. */
  enum Charts {
    /** Without parallel coordinates, and 0.4 MB smaller than with them. */
    COMMON("echarts.common"),
    ALL("echarts");

    private final String file;

    Charts(String file) {
      this.file = file;
    }
  }

  PageAssets {
    scripts = List.copyOf(scripts);
    for (String script : scripts) {
      // The policy's hash is over the text as written, so it must not need escaping.
      if (script.contains("</script") || script.contains("<!--")) {
        throw new IllegalStateException("a script of the page would end its own element");
      }
    }
  }

  /**
   * What a page needs.
   *
   * @param charts how much of the chart library
   * @param own its scripts, in their order; what all pages have in common comes before them
   */
  static PageAssets load(Charts charts, List<String> own) throws IOException {
    Properties pom = new Properties();
    try (InputStream in = open(CHARTS_POM)) {
      pom.load(in);
    }
    String version = pom.getProperty("version");
    List<String> scripts = new ArrayList<>();
    scripts.add(text(CHARTS.formatted(version, charts.file)));
    scripts.add(text("page.js"));
    for (String script : own) {
      scripts.add(text(script));
    }
    return new PageAssets(text("report.css"), scripts, version);
  }

  /** Nothing from anywhere, and no script or style but those of this page, by their hashes. */
  String policy() {
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src "
        + hash(style)
        + "; script-src "
        + scripts.stream().map(PageAssets::hash).collect(Collectors.joining(" "));
  }

  /** As a page's template knows them. */
  Map<String, Object> model() {
    return Map.of(
        "policy", policy(),
        "style", style,
        "scripts", scripts,
        "chartsVersion", chartsVersion);
  }

  private static String hash(String text) {
    byte[] hash = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  private static String text(String resource) throws IOException {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }

  private static InputStream open(String resource) {
    InputStream in = PageAssets.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(
          resource + " is not on the class path: was the program packed without its resources?");
    }
    return in;
  }
}
