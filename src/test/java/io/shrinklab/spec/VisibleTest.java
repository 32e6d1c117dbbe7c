package io.shrinklab.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTest {
  @ParameterizedTest
  @CsvSource({
    "'\u001b[31m', \\u001b[31m",
    "'\u0007', \\u0007",
    "'\u007f', \\u007f",
    "'\u009b2J', \\u009b2J",
    "abc\u202Egpj.exe, abc\\u202egpj.exe",
    "'\u2066x\u2069', \\u2066x\\u2069",
    "'\u200B\uFEFF\u00AD', \\u200b\\ufeff\\u00ad",
    "a\u2028b\u2029c, a\\u2028b\\u2029c",
    "'\uDB40\uDC41', \\udb40\\udc41", // A tag, U+E0041.
    "x\uD800y, x\\ud800y",
    "'\uDC00', \\udc00",
  })
  void whatHasNoShapeIsSpelledAsInJson(String text, String visible) throws Exception {
    assertThat(Visible.line(text)).isEqualTo(visible).isEqualTo(Visible.line(visible));
    assertThat(new ObjectMapper().readTree("\"" + visible + "\"").textValue()).isEqualTo(text);
  }

  /**
   * All of Unicode: nothing is left of the five categories but the tab, and no other is touched.
   */
  @Test
  void noCharacterPassesThatATerminalWouldObey() {
    List<Integer> left =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(point -> Visible.line(Character.toString(point)).codePointAt(0) == point)
            .filter(
                point -> Character.toString(point).matches("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]"))
            .boxed()
            .toList();
    assertThat(left).containsExactly((int) '\t');
    String shown = "\té ẞ 漢字 \uD83D\uDE00 ' \\ \" \u00A0";
    assertThat(Visible.line(shown)).isEqualTo(shown);
  }

  @Test
  void endsOfLinesStayOnlyWhereTheyAreAskedFor() {
    assertThat(Visible.line("a\nb\r\nc\rd")).isEqualTo("a\\nb\\r\\nc\\rd");
    assertThat(Visible.lines("a\nb\r\nc\rd")).isEqualTo("a\nb\r\nc\\rd");
  }

  @Test
  void aWordIsCutAfterEightyCharactersAndNotWithinOne() {
    assertThat(Visible.word("x".repeat(80))).isEqualTo("x".repeat(80));
    assertThat(Visible.word("x".repeat(81))).isEqualTo("x".repeat(80) + "...");
    assertThat(Visible.word("x".repeat(79) + "\uD83D\uDE00")).isEqualTo("x".repeat(79) + "...");
    assertThat(Visible.quoted("a\tb\n")).isEqualTo("\"a\\tb\\n\"");
  }
}
