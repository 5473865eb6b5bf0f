package dev.reelay.http;

import dev.reelay.testkit.SamplePictures;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Makes bodies of creates from a JSON Schema, as far as ours go: inside of it and just outside. */
final class SchemaBodies {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ADDRESS = "https://pictures.example/";

  private SchemaBodies() {}

  /** The required members, and each of the others or not. */
  static ObjectNode within(JsonNode schema, SplittableRandom random) {
    var body = least(schema);
    for (var property : schema.path("properties").properties()) {
      if (random.nextInt(3) == 0) {
        body.set(property.getKey(), value(property.getValue(), random));
      }
    }
    for (var dependent : schema.path("dependentSchemas").properties()) {
      if (body.has(dependent.getKey())) {
        dependent
            .getValue()
            .at("/not/anyOf")
            .forEach(other -> body.remove(other.at("/required/0").asString()));
      }
    }
    return body;
  }

  /** The required members alone. */
  static ObjectNode least(JsonNode schema) {
    var body = JSON.createObjectNode();
    for (var name : schema.path("required")) {
      var property = schema.path("properties").path(name.asString());
      body.set(name.asString(), value(property, new SplittableRandom(1)));
    }
    return body;
  }

  private static JsonNode value(JsonNode schema, SplittableRandom random) {
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
    }
    return switch (schema.path("type").asString()) {
      case "string" ->
          JSON.valueToTree(schema.has("anyOf") ? picture(schema, random) : text(schema, random));
      case "boolean" -> JSON.valueToTree(random.nextBoolean());
      case "integer" -> schema.path(random.nextBoolean() ? "minimum" : "maximum");
      case "array" -> array(schema, random);
      case "object" -> object(schema, random);
      default -> throw new AssertionError("a type that no schema of ours has: " + schema);
    };
  }

  /** Now and then as long as allowed, since bounds are where faults are. */
  private static String text(JsonNode schema, SplittableRandom random) {
    int most = schema.path("maxLength").asInt();
    int length = random.nextInt(8) == 0 ? most : 1 + random.nextInt(Math.min(most, 40));
    return schema.path("format").asString("").equals("uri")
        ? address(random.nextInt(1_000), length)
        : "x".repeat(length);
  }

  /** An address or a data URL. */
  private static String picture(JsonNode schema, SplittableRandom random) {
    int most = schema.at("/anyOf/0/maxLength").asInt();
    int length = random.nextInt(8) == 0 ? most : 1 + random.nextInt(40);
    return random.nextInt(4) == 0
        ? SamplePictures.dataUrl(1 + random.nextInt(1_000))
        : address(random.nextInt(1_000), length);
  }

  private static String address(int number, int length) {
    var begin = ADDRESS + number + "/";
    return begin + "p".repeat(Math.max(0, length - begin.length()));
  }

  private static JsonNode array(JsonNode schema, SplittableRandom random) {
    var array = JSON.createArrayNode();
    int size = random.nextInt(schema.path("maxItems").asInt() + 1);
    for (int i = 0; i < size; i++) {
      array.add(address(i, 60));
    }
    return array;
  }

  private static JsonNode object(JsonNode schema, SplittableRandom random) {
    var object = JSON.createObjectNode();
    int size = random.nextInt(schema.path("maxProperties").asInt() + 1);
    int nameChars = schema.at("/propertyNames/maxLength").asInt();
    for (int i = 0; i < size; i++) {
      var name = (i + "n").repeat(nameChars).substring(0, nameChars);
      object.set(name, value(schema.path("additionalProperties"), random));
    }
    return object;
  }

  /** Values just outside. */
  static List<JsonNode> outside(JsonNode schema) {
    var wrong = new ArrayList<JsonNode>();
    if (schema.has("const")) {
      wrong.add(JSON.valueToTree(schema.path("const").asString() + "x"));
    } else if (schema.has("enum")) {
      wrong.addAll(notIn(schema));
    } else {
      wrong.addAll(beyond(schema));
    }
    return wrong;
  }

  private static List<JsonNode> notIn(JsonNode schema) {
    var values = StreamSupport.stream(schema.path("enum").spliterator(), false).toList();
    return switch (schema.path("type").asString()) {
      case "integer" -> {
        int least = values.stream().mapToInt(JsonNode::asInt).min().orElseThrow();
        int most = values.stream().mapToInt(JsonNode::asInt).max().orElseThrow();
        yield List.of(JSON.valueToTree(least - 1), JSON.valueToTree(most + 1));
      }
      case "boolean" ->
          values.size() == 2
              ? List.of(JSON.valueToTree("maybe"))
              : List.of(JSON.valueToTree(!values.getFirst().asBoolean()));
      default -> List.of(JSON.valueToTree("nothing of it"));
    };
  }

  private static List<JsonNode> noPictures(JsonNode schema) {
    return List.of(
        JSON.valueToTree("nowhere"),
        JSON.valueToTree("data:image/svg+xml;base64,PHN2Zy8+"),
        JSON.valueToTree(address(1, schema.at("/anyOf/0/maxLength").asInt() + 1)));
  }

  private static List<JsonNode> beyond(JsonNode schema) {
    return switch (schema.path("type").asString()) {
      case "string" -> {
        if (schema.has("anyOf")) {
          yield noPictures(schema);
        }
        int more = schema.path("maxLength").asInt() + 1;
        boolean isAddress = schema.path("format").asString("").equals("uri");
        yield isAddress
            ? List.of(JSON.valueToTree("nowhere"), JSON.valueToTree(address(1, more)))
            : List.of(JSON.valueToTree("x".repeat(more)));
      }
      case "boolean" -> List.of(JSON.valueToTree("maybe"));
      case "integer" -> List.of(JSON.valueToTree("9223372036854775808"));
      case "array" -> {
        var array = JSON.createArrayNode();
        for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
          array.add(address(i, 60));
        }
        yield List.of(array);
      }
      case "object" -> {
        var object = JSON.createObjectNode();
        for (int i = 0; i <= schema.path("maxProperties").asInt(); i++) {
          object.put("n" + i, "v");
        }
        yield List.of(object);
      }
      default -> throw new AssertionError("a type that no schema of ours has: " + schema);
    };
  }
}
