package dev.reelay.provider.declarative;

import dev.reelay.provider.Json;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where something stands in an answer: JSON pointers (RFC 6901), the first that leads to something
 * wins. A {@code #} goes on inside a text that is JSON itself: {@code /data/resultJson#/urls/0}.
 */
record Places(List<String> pointers) {
  private static final Pattern PLACE = Pattern.compile("(/[^#]*)(#/[^#]*)?");

  Places {
    pointers = List.copyOf(pointers);
  }

  static boolean isPlace(String text) {
    return PLACE.matcher(text).matches();
  }

  Optional<String> text(JsonNode tree) {
    return texts(tree).findFirst();
  }

  Stream<String> texts(JsonNode tree) {
    return pointers.stream().flatMap(pointer -> follow(tree, pointer));
  }

  private static Stream<String> follow(JsonNode tree, String pointer) {
    var hash = pointer.indexOf('#');
    if (hash < 0) {
      return Json.texts(tree, pointer);
    }
    return Json.texts(tree, pointer.substring(0, hash))
        .flatMap(text -> Json.object(text).stream())
        .flatMap(inner -> Json.texts(inner, pointer.substring(hash + 1)));
  }

  /** The first that is an http address. */
  Optional<URI> address(JsonNode tree) {
    return texts(tree).flatMap(text -> Json.address(asField(text), "/x").stream()).findFirst();
  }

  OptionalInt percent(JsonNode tree) {
    return text(tree).map(text -> Json.percent(asField(text), "/x")).orElse(OptionalInt.empty());
  }

  private static ObjectNode asField(String text) {
    return Json.body().put("x", text);
  }

  OptionalLong whole(JsonNode tree) {
    return text(tree).map(text -> Json.whole(asField(text), "/x")).orElse(OptionalLong.empty());
  }
}
