package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What a key may hold: how it is read, written, hashed and described. */
sealed interface Shape
    permits NumberShape, RowsShape, WordShape, ListShape, RecordShape, KindShape {

  /** What is allowed, for messages: {@code a whole number from 1 to 100}. */
  String allowed();

  /** Reads a value; null after a problem was reported. */
  @Nullable Object read(JsonNode node, Place place, Reading reading);

  /** The value as JSON, everything spelled out. */
  JsonNode write(Object value);

  /** The JSON text that enters a run's identity: no defaults, nothing that decides nothing. */
  String canonical(Object value);

  /**
   * The JSON Schema of what may stand in a file.
   *
   * @param definitions shared definitions, added to where needed
   */
  ObjectNode schema(ObjectNode definitions);
}
