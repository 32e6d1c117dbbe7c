package io.shrinklab.command;

import java.util.List;

/** Seeds as ranges, the way {@code --seeds} takes them. */
final class SeedRanges {
  private SeedRanges() {}

  /** {@code 0..4,7}; nothing for none. Long lists are cut. */
  static String text(List<Long> seeds) {
    StringBuilder text = new StringBuilder();
    int ranges = 0;
    for (int i = 0; i < seeds.size(); ) {
      int end = i;
      while (end + 1 < seeds.size() && seeds.get(end + 1) == seeds.get(end) + 1) {
        end++;
      }
      if (++ranges > 8) {
        return text + ",...";
      }
      text.append(text.isEmpty() ? "" : ",").append(seeds.get(i));
      if (end > i) {
        text.append("..").append(seeds.get(end));
      }
      i = end + 1;
    }
    return text.toString();
  }
}
