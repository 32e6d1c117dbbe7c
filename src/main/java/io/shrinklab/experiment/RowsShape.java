package io.shrinklab.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shrinklab.spec.Numbers;
import io.shrinklab.spec.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A size of a part: {@link Rows}.
 *
 * @param range the counts allowed; shares are allowed wherever counts are
 */
record RowsShape(Limits range) implements Shape {
  private static final Limits SHARE = new Limits(0, 1, true, true);

  @Override
  public String allowed() {
    return count().allowed() + ", or a share of the rows" + SHARE;
  }

  private NumberShape count() {
    return new NumberShape(int.class, range);
  }

  @Override
  public @Nullable Object read(JsonNode node, Place place, Reading reading) {
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (Rows.isShare(value)) {
      return new Rows(value);
    }
    // Whoever writes 1.0 thinks in shares and wants all rows; as a count it would be one row.
    if (value == 1 && !node.isIntegralNumber()) {
      reading.wrong(place, node, allowed() + "; 1 is one row");
      return null;
    }
    if (!(value >= 0 && value <= Integer.MAX_VALUE)
        || !NumberShape.isWhole(node)
        || !range.contains(value)) {
      reading.wrong(place, node, allowed());
      return null;
    }
    return Rows.of((int) value);
  }

  @Override
  public JsonNode write(Object value) {
    Rows rows = (Rows) value;
    return rows.isShare()
        ? JsonNodeFactory.instance.numberNode(rows.value())
        : JsonNodeFactory.instance.numberNode((long) rows.value());
  }

  /** A count has the spelling that it had before there were shares: old hashes stay. */
  @Override
  public String canonical(Object value) {
    return Numbers.plain(((Rows) value).value());
  }

  @Override
  public ObjectNode schema(ObjectNode definitions) {
    ObjectNode either = JsonNodeFactory.instance.objectNode();
    ArrayNode forms = either.putArray("anyOf");
    forms.add(count().schema(definitions));
    SHARE.describe(forms.addObject().put("type", "number"));
    return either;
  }
}
