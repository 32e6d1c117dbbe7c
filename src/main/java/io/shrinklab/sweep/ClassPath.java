package io.shrinklab.sweep;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a child process finds the classes that this one runs. */
public final class ClassPath {
  private ClassPath() {}

  /**
   * Looked up from the loader of a class: under Maven's {@code exec:java} the property {@code
   * java.class.path} names only Maven's launcher, while the loader knows the real places.
   */
  public static String of(Class<?> type) {
    return of(type.getClassLoader(), System.getProperty("java.class.path", ""));
  }

  static String of(ClassLoader loader, String property) {
    if (!(loader instanceof URLClassLoader urls)) {
      return property;
    }
    List<String> places = new ArrayList<>();
    for (URL url : urls.getURLs()) {
      try {
        places.add(Path.of(url.toURI()).toString());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("A class path entry is no address: " + url, e);
      }
    }
    return String.join(File.pathSeparator, places);
  }
}
