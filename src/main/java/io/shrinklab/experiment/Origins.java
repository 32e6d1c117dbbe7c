package io.shrinklab.experiment;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in the file the parts of a merged tree were written, so that a problem with a value that a
 * grid set names the grid.
 */
final class Origins {
  /**
   * One written part.
   *
   * @param key the place of its key
   * @param value the place of its value; in a grid an element below the key
   */
  private record Origin(Place key, Place value) {}

  /** A tree that is the file. */
  static final Origins SAME = new Origins();

  private final Map<Place, Origin> written = new HashMap<>();

  /** An empty map: every place is its own origin. */
  Origins() {}

  /** A copy to be changed on its own. */
  Origins copy() {
    Origins copy = new Origins();
    copy.written.putAll(written);
    return copy;
  }

  /** Notes that the part at {@code place} of the tree was written at {@code origin}. */
  void put(Place place, Place origin) {
    put(place, origin, origin);
  }

  /** The same where key and value are apart. */
  void put(Place place, Place key, Place value) {
    // What was written below is gone.
    written.keySet().removeIf(other -> isBelow(other, place));
    written.put(place, new Origin(key, value));
  }

  private static boolean isBelow(Place place, Place ancestor) {
    for (@Nullable Place at = place.parent(); at != null; at = at.parent()) {
      if (at.equals(ancestor)) {
        return true;
      }
    }
    return false;
  }

  /** Where the value at a place of the tree was written. */
  Place ofValue(Place place) {
    Origin origin = written.get(place);
    return origin == null ? below(place) : origin.value();
  }

  /** Where the key of a place of the tree was written. */
  Place ofKey(Place place) {
    Origin origin = written.get(place);
    return origin == null ? below(place) : origin.key();
  }

  private Place below(Place place) {
    @Nullable Place parent = place.parent();
    return parent == null ? place : new Place(ofValue(parent), place.step());
  }
}
