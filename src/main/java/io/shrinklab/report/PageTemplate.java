package io.shrinklab.report;

import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a page's template in. Names and descriptions come from a file that anyone may have written,
 * so the template escapes all text, the embedded data cannot end its element, and a content
 * security policy lets no script run but the page's own.
 */
final class PageTemplate {
  private static final Configuration CONFIGURATION = configuration();

  private PageTemplate() {}

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_35);
    configuration.setClassForTemplateLoading(PageTemplate.class, "");
    configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
    configuration.setLocale(Locale.ROOT);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    return configuration;
  }

  /** Reads a page's template, which is kept for when it is filled in. */
  static void load(String name) throws IOException {
    CONFIGURATION.getTemplate(name);
  }

  /**
   * Writes a page.
   *
   * @param name of the template; its extension ftlh switches HTML escaping on for every
   *     interpolation
   */
  static void write(String name, Map<String, Object> model, OutputStream out) throws IOException {
    StringWriter page = new StringWriter();
    try {
      CONFIGURATION.getTemplate(name).process(model, page);
    } catch (TemplateException e) {
      throw new IllegalStateException("the page's template does not fit its data", e);
    }
    // Only now, so that no half a page is ever written.
    out.write(page.toString().getBytes(StandardCharsets.UTF_8));
  }
}
