package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lays a variant's own keys over the experiment's. */
final class Merge {
  private Merge() {}

  /**
   * Lays one value over the value at a key. Objects are merged key by key, unless the kinds differ:
   * then the new one replaces the old. Everything else is replaced.
   *
   * @param object holds the key; changed
   * @param key what is laid over
   * @param over the new value
   * @param place of the key in the merged tree
   * @param source of the new value in the file
   * @param origins takes where the merged parts were written; changed
   */
  static void over(
      ObjectNode object, String key, JsonNode over, Place place, Place source, Origins origins) {
    if (over instanceof ObjectNode from
        && object.get(key) instanceof ObjectNode into
        && !Spacing.isMeant(from)
        && sameKind(into, from)) {
      for (var entry : from.properties()) {
        Place below = place.key(entry.getKey());
        Place written = source.key(entry.getKey());
        over(into, entry.getKey(), entry.getValue(), below, written, origins);
      }
    } else {
      object.set(key, over.deepCopy());
      origins.put(place, source);
    }
  }

  private static boolean sameKind(ObjectNode into, ObjectNode from) {
    JsonNode kind = from.get(KindShape.KEY);
    return kind == null || kind.equals(into.get(KindShape.KEY));
  }
}
