package io.shrinklab.data;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * Passes over a byte order mark, and refuses a NUL, which no text holds: where one is, the file is
 * damaged or of another encoding.
 */
final class TextReader extends PushbackReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private long line = 1;

  TextReader(Reader in) throws IOException {
    super(in);
    int first = in.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      unread(first);
    }
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] into, int start, int length) throws IOException {
    int count = super.read(into, start, length);
    for (int i = start; i < start + count; i++) {
      if (into[i] == '\n') {
        line++;
      } else if (into[i] == '\0') {
        throw new IOException(
            "line "
                + line
                + ": found the character \\u0000, of which text has none; is it damaged, or no"
                + " UTF-8?");
      }
    }
    return count;
  }
}
