package io.shrinklab.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shrinklab.spec.Looks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code looks.json}: after how many seeds a sweep is looked at. */
final class LooksFile {
  static final String NAME = "looks.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private LooksFile() {}

  static Content content(Looks looks) {
    return out ->
        out.write((MAPPER.writeValueAsString(looks) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Looks> read(Path file) throws ResultsException {
    try {
      return Entry.isFile(file)
          ? Optional.of(MAPPER.readValue(Files.readAllBytes(file), Looks.class))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new ResultsException(
          "%s is not what run --until-decided wrote: %s. Remove it, and give that command again."
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw ResultsException.unreadable(file, e);
    }
  }
}
