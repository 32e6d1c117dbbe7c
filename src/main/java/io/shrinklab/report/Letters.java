package io.shrinklab.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;

/**
 * Whether this Java runtime can draw letters, which every chart has. A headless one loads what it
 * needs for them from the system, which may not have it; all else works without.
 */
@FunctionalInterface
public interface Letters {
  /** Of the runtime that this is. */
  Letters OF_THIS_RUNTIME =
      () ->
          new TextLayout(
                  "Ag",
                  new Font(Font.SANS_SERIF, Font.PLAIN, 12),
                  new FontRenderContext(null, true, true))
              .getOutline(null);

  /**
   * Draws some.
   *
   * @throws LinkageError when a native library is missing
   * @throws RuntimeException when no font is found
   * @throws InternalError likewise
   */
  void draw();

  /** What kept them from being drawn, in the runtime's words; empty where nothing does. */
  default String trouble() {
    try {
      draw();
      return "";
    } catch (LinkageError | RuntimeException | InternalError e) {
      return e.toString().lines().findFirst().orElse("");
    }
  }
}
