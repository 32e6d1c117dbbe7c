package io.shrinklab.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code data.json}: the content that a sweep's data had when it was last run, by what the
 * experiment calls them.
 */
final class DataFile {
  static final String NAME = "data.json";

  private static final String CHECKSUM = "|sha256:[0-9a-f]{64}";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private DataFile() {}

  /** Whether a digest is one that this program finds out. */
  static boolean isChecksum(String text) {
    return text.matches(CHECKSUM);
  }

  static Content content(SortedMap<String, String> checksums) {
    return out ->
        out.write((MAPPER.writeValueAsString(checksums) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Empty where there is none. */
  static SortedMap<String, String> read(Path file) throws ResultsException {
    try {
      if (!Entry.isFile(file)) {
        return new TreeMap<>();
      }
      SortedMap<String, String> read =
          MAPPER.readValue(
              Files.readAllBytes(file), new TypeReference<TreeMap<String, String>>() {});
      for (Map.Entry<String, String> entry : read.entrySet()) {
        if (entry.getValue() == null || !isChecksum(entry.getValue())) {
          throw unusable(file, entry.getKey() + " has no sha256", null);
        }
      }
      return read;
    } catch (JsonProcessingException e) {
      throw unusable(file, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw ResultsException.unreadable(file, e);
    }
  }

  private static ResultsException unusable(Path file, String why, @Nullable Exception cause) {
    String message =
        "%s is not what run wrote: %s. Remove it, and give that command again."
            .formatted(file, why);
    return cause == null ? new ResultsException(message) : new ResultsException(message, cause);
  }
}
