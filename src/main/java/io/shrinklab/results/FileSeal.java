package io.shrinklab.results;

import io.shrinklab.spec.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * What a file was when it was written.
 *
 * @param bytes its size
 * @param sha256 of its content, in hex
 */
record FileSeal(long bytes, String sha256) {
  /** Of what is to stand in a file. */
  static FileSeal of(Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    return of(bytes.toByteArray());
  }

  /** Of a file's bytes. */
  static FileSeal of(byte[] bytes) {
    return new FileSeal(bytes.length, Sha256.of(bytes));
  }

  /** Of what is left to be read. */
  static FileSeal of(InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    long size = 0;
    byte[] buffer = new byte[1 << 16];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      size += read;
    }
    return new FileSeal(size, Sha256.hex(digest));
  }
}
