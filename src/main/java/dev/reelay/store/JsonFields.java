package dev.reelay.store;

import dev.reelay.money.Money;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object as the store keeps it. Written field by field, so that a renamed record component
 * never changes what is stored; read strictly, so that a row that nobody could have written is
 * noticed. What is empty has no field. Money is integer micros, time is ISO text.
 */
final class JsonFields {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ObjectNode node;

  private JsonFields(ObjectNode node) {
    this.node = node;
  }

  static JsonFields empty() {
    return new JsonFields(MAPPER.createObjectNode());
  }

  /** Reads an object that this class wrote. */
  static JsonFields parse(String json) {
    try {
      return new JsonFields(MAPPER.readTree(json).asObject());
    } catch (JacksonException e) {
      throw new StoreBroken("a stored JSON object cannot be read: " + e.getMessage(), e);
    }
  }

  /** A JSON array of texts. */
  static String jsonOf(List<String> texts) {
    return MAPPER.writeValueAsString(texts.stream().map(StorableText::of).toList());
  }

  /** Reads what {@link #jsonOf(List)} wrote. */
  static List<String> textsOf(String json) {
    return parse("{\"all\":" + json + "}").texts("all");
  }

  /** The whole object as JSON. */
  String json() {
    return MAPPER.writeValueAsString(node);
  }

  JsonFields with(String name, String value) {
    node.put(name, StorableText.of(value));
    return this;
  }

  JsonFields with(String name, long value) {
    node.put(name, value);
    return this;
  }

  JsonFields with(String name, boolean value) {
    node.put(name, value);
    return this;
  }

  JsonFields with(String name, Money value) {
    return with(name, value.micros());
  }

  JsonFields with(String name, Instant value) {
    return with(name, value.toString());
  }

  JsonFields with(String name, JsonFields value) {
    return with(name, value.node);
  }

  JsonFields with(String name, ObjectNode value) {
    node.set(name, value);
    return this;
  }

  JsonFields withObjects(String name, List<JsonFields> values) {
    var array = node.putArray(name);
    values.forEach(value -> array.add(value.node));
    return this;
  }

  /** A member of a mixed array. */
  sealed interface Value {
    record Text(String text) implements Value {}

    record Nested(JsonFields fields) implements Value {}
  }

  JsonFields withValues(String name, List<Value> values) {
    var array = node.putArray(name);
    for (var value : values) {
      switch (value) {
        case Value.Text(String text) -> array.add(StorableText.of(text));
        case Value.Nested(JsonFields fields) -> array.add(fields.node);
      }
    }
    return this;
  }

  JsonFields withTexts(String name, Collection<String> values) {
    var array = node.putArray(name);
    values.forEach(value -> array.add(StorableText.of(value)));
    return this;
  }

  JsonFields withNumbers(String name, Collection<Long> values) {
    var array = node.putArray(name);
    values.forEach(array::add);
    return this;
  }

  /** An object of texts under their names. */
  JsonFields withTexts(Map<String, String> values) {
    values.forEach((name, value) -> with(StorableText.of(name), value));
    return this;
  }

  String text(String name) {
    return read(name, at -> node.required(at).stringValue());
  }

  long number(String name) {
    return read(name, at -> node.required(at).longValue());
  }

  boolean flag(String name) {
    return read(name, at -> node.required(at).booleanValue());
  }

  Money money(String name) {
    return new Money(number(name));
  }

  Instant instant(String name) {
    return Instant.parse(text(name));
  }

  JsonFields object(String name) {
    return new JsonFields(node(name));
  }

  ObjectNode node(String name) {
    return read(name, at -> node.required(at).asObject());
  }

  List<JsonFields> objects(String name) {
    return read(
        name,
        at -> node.required(at).valueStream().map(v -> new JsonFields(v.asObject())).toList());
  }

  /** Reads what {@link #withValues} wrote. */
  List<Value> values(String name) {
    return read(
        name,
        at ->
            node.required(at)
                .valueStream()
                .<Value>map(
                    v ->
                        v.isObject()
                            ? new Value.Nested(new JsonFields(v.asObject()))
                            : new Value.Text(v.stringValue()))
                .toList());
  }

  List<String> texts(String name) {
    return read(name, at -> node.required(at).valueStream().map(v -> v.stringValue()).toList());
  }

  List<Long> numbers(String name) {
    return read(name, at -> node.required(at).valueStream().map(v -> v.longValue()).toList());
  }

  Map<String, String> allTexts() {
    var all = new LinkedHashMap<String, String>();
    node.propertyNames().forEach(name -> all.put(name, text(name)));
    return all;
  }

  /** Reads a field that need not be there: {@code fields.maybe("cost", fields::money)}. */
  <T> Optional<T> maybe(String name, Function<String, T> reader) {
    return node.has(name) ? Optional.of(reader.apply(name)) : Optional.empty();
  }

  private static <T> T read(String name, Function<String, T> reader) {
    try {
      return reader.apply(name);
    } catch (JacksonException e) {
      throw new StoreBroken("a stored JSON field cannot be read: " + name, e);
    }
  }
}
