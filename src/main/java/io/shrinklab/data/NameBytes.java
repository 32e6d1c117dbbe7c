package io.shrinklab.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names of files as the file system has them. Java decodes them by the user's locale, in which a
 * name may have no spelling; an address does not, and has every byte.
 */
final class NameBytes {
  private NameBytes() {}

  /** In the order of their names' bytes, which for UTF-8 is that of code points. */
  static List<Path> sorted(Stream<Path> paths) {
    return paths
        .map(path -> new Named(path, bytes(path)))
        .sorted(Comparator.comparing(Named::name, Arrays::compareUnsigned))
        .map(Named::path)
        .toList();
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared by a comparator alone.
  private record Named(Path path, byte[] name) {}

  /** The last part of a path. */
  static byte[] bytes(Path path) {
    String address = path.toAbsolutePath().normalize().toUri().toASCIIString();
    String trimmed = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    String name = trimmed.substring(trimmed.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(name.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  /** The same as text. */
  static String text(Path path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }
}
