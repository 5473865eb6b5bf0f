package dev.reelay.provider.unified;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads answers of strangers: what is not there or of another type is simply not there. */
final class Json {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** The object that the text is; empty for anything else. */
  static Optional<JsonNode> object(String text) {
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
  static Optional<String> text(JsonNode tree, String... places) {
    return texts(tree, places).findFirst();
  }

  static Stream<String> texts(JsonNode tree, String... places) {
    return Arrays.stream(places)
        .map(tree::at)
        .filter(node -> node.isString() || node.isNumber())
        .map(JsonNode::asString)
        .filter(text -> !text.isBlank());
  }
}
