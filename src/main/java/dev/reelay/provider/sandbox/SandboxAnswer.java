package dev.reelay.provider.sandbox;

import dev.reelay.provider.Json;
import dev.reelay.provider.Reply;
import java.net.URI;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the sandbox's JSON; what is missing or of another type reads as an empty text. */
record SandboxAnswer(JsonNode tree) {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Optional<SandboxAnswer> read(Reply reply) {
    try {
      var tree = MAPPER.readTree(reply.body());
      return tree.isObject() ? Optional.of(new SandboxAnswer(tree)) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  String text(String pointer) {
    var node = tree.at(pointer);
    return node.isString() ? node.asString() : "";
  }

  Optional<URI> address(String pointer) {
    return Json.address(tree, pointer);
  }

  int percent() {
    return Math.clamp(tree.path("progress").asInt(0), 0, 100);
  }

  /** The sentence of an error answer, or its status. */
  static String why(Reply reply) {
    return read(reply)
        .map(answer -> answer.text("/error/message"))
        .filter(text -> !text.isBlank())
        .orElse("the sandbox answered HTTP " + reply.status());
  }
}
