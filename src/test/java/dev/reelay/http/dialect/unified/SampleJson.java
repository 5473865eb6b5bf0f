package dev.reelay.http.dialect.unified;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and shows JSON as strictly as the library does by default. */
final class SampleJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private SampleJson() {}

  static JsonNode tree(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode tree(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }

  static String pretty(byte[] bytes) {
    return MAPPER.writeValueAsString(MAPPER.readTree(bytes)) + "\n";
  }
}
