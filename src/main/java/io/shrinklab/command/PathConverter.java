package io.shrinklab.command;

import io.shrinklab.spec.PathText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads every option that is a path. */
final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      return PathText.parse(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(e.getReason());
    }
  }
}
