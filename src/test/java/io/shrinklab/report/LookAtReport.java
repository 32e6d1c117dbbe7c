package io.shrinklab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes pictures of a page in light, dark and narrow, for people to look at. */
final class LookAtReport {
  private LookAtReport() {}

  public static void main(String[] args) throws IOException {
    Path page = Path.of(args[0]).toAbsolutePath();
    Path folder = Files.createDirectories(Path.of(args[1]));
    try (Browser browser = new Browser(Browser.installed().orElseThrow())) {
      picture(browser, page, "light", 1280, folder.resolve("light.png"));
      picture(browser, page, "dark", 1280, folder.resolve("dark.png"));
      picture(browser, page, "light", 390, folder.resolve("narrow.png"));
      Files.write(folder.resolve("print.pdf"), browser.pdf());
    }
  }

  private static void picture(Browser browser, Path page, String scheme, int width, Path file)
      throws IOException {
    browser.size(width, 1000);
    browser.colourScheme(scheme);
    browser.open(page);
    // As tall as the page, so that every chart is near the screen; drawing makes some taller.
    for (int i = 0; i < 2; i++) {
      int height = browser.evaluate("document.documentElement.scrollHeight").asInt();
      browser.size(width, height + 200);
      browser.evaluate("new Promise((done) => setTimeout(done, 800))");
    }
    browser.until(
        "[...document.querySelectorAll('.chart')].every((c) => c.dataset.drawn || !c.offsetParent)");
    browser.evaluate("new Promise((done) => setTimeout(done, 600))");
    System.out.println(file + " " + browser.problems() + " " + browser.requests());
    Files.write(file, browser.screenshot());
  }
}
