package dev.reelay.provider;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of relays. Reads answers of strangers: what is not there or of another type is simply not
 * there.
 */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final double PERCENT_MAX = 100;
  private static final Set<String> NUMBERS = Set.of("seed", "start_time");

  private Json() {}

  /** The object that the text is; empty for anything else. */
  public static Optional<JsonNode> object(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      var tree = MAPPER.readTree(text);
      return tree.isObject() ? Optional.of(tree) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * The first of these places, such as {@code /data/id}, with a text or number that is not blank.
   */
  public static Optional<String> text(JsonNode tree, String... places) {
    return texts(tree, places).findFirst();
  }

  /** All that are there, in the order of the places. */
  public static Stream<String> texts(JsonNode tree, String... places) {
    return Arrays.stream(places)
        .map(tree::at)
        .filter(node -> node.isString() || node.isNumber())
        .map(JsonNode::asString)
        .filter(text -> !text.isBlank());
  }

  /** The first http address; characters that do not belong in one are encoded. */
  public static Optional<URI> address(JsonNode tree, String... places) {
    return texts(tree, places).flatMap(text -> address(text).stream()).findFirst();
  }

  private static Optional<URI> address(String text) {
    var stripped = text.strip().replace(" ", "%20").replace("|", "%7C");
    if (!stripped.startsWith("https://") && !stripped.startsWith("http://")) {
      return Optional.empty();
    }
    try {
      return Optional.of(URI.create(stripped));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The first text if it is whole percent, as {@code 50}, {@code "50"} or {@code "50%"}. */
  public static OptionalInt percent(JsonNode tree, String... places) {
    return text(tree, places)
        .map(text -> text.replace("%", "").strip())
        .filter(text -> text.matches("[0-9]{1,3}(\\.[0-9]{1,18})?"))
        .map(text -> OptionalInt.of((int) Math.clamp(Double.parseDouble(text), 0, PERCENT_MAX)))
        .orElseGet(OptionalInt::empty);
  }

  /** The first text if it is a whole number, as a number or as digits; 0 or more. */
  public static OptionalLong whole(JsonNode tree, String... places) {
    return text(tree, places)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElseGet(OptionalLong::empty);
  }

  /** An empty body to be filled. */
  public static ObjectNode body() {
    return MAPPER.createObjectNode();
  }

  /** The same as text. */
  public static String write(ObjectNode body) {
    return MAPPER.writeValueAsString(body);
  }

  /** Puts a request's options, in the order of their names, each as the type that it is. */
  public static void putOptions(ObjectNode body, Map<String, String> options) {
    new TreeMap<>(options).forEach((name, value) -> putOption(body, name, value));
  }

  /** Puts a list of texts, unless there are none. */
  public static void putTexts(ObjectNode body, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(body.putArray(name)::add);
    }
  }

  /** Puts one value as the type that it is. */
  public static void putOption(ObjectNode body, String name, String value) {
    if (value.equals("true") || value.equals("false")) {
      body.put(name, value.equals("true"));
    } else if (NUMBERS.contains(name) && value.matches("-?[0-9]{1,18}")) {
      body.put(name, Long.parseLong(value));
    } else {
      body.put(name, value);
    }
  }
}
