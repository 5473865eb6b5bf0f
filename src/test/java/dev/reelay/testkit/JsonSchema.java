package dev.reelay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Checks JSON against the part of JSON Schema that the contract is written in. A keyword that is
 * not known here is a fault too, so that none stands in the contract unheld.
 */
public final class JsonSchema {
  private static final Set<String> WORDS_FOR_PEOPLE =
      Set.of("description", "x-description-zh", "example", "default", "format");
  private static final Set<String> READ =
      Set.of(
          "type",
          "const",
          "enum",
          "pattern",
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "maxItems",
          "maxProperties",
          "items",
          "required",
          "properties",
          "additionalProperties",
          "oneOf");

  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private JsonSchema(JsonNode root) {
    this.root = root;
  }

  /**
   * What is wrong with a value, each with its place; empty if nothing is.
   *
   * @param root the document that references point into
   */
  public static List<String> faults(JsonNode root, JsonNode schema, JsonNode value) {
    var check = new JsonSchema(root);
    check.value("", schema, value);
    return List.copyOf(check.faults);
  }

  private void value(String place, JsonNode schema, JsonNode value) {
    if (schema.has("$ref")) {
      value(place, root.at(schema.path("$ref").asString().substring(1)), value);
      return;
    }
    for (var keyword : schema.propertyNames()) {
      if (!READ.contains(keyword) && !WORDS_FOR_PEOPLE.contains(keyword)) {
        fault(place, "the schema has the unknown keyword " + keyword);
      }
    }
    if (schema.has("type") && !isOfType(schema.path("type"), value)) {
      fault(place, "is " + value + " and not " + schema.path("type"));
      return;
    }
    choice(place, schema, value);
    if (value.isString()) {
      text(place, schema, value.asString());
    } else if (value.isNumber()) {
      number(place, schema, value);
    } else if (value.isArray()) {
      array(place, schema, value);
    } else if (value.isObject()) {
      object(place, schema, value);
    }
  }

  private void fault(String place, String what) {
    faults.add((place.isEmpty() ? "the body" : place) + " " + what);
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    if (types.isString()) {
      return isOfType(types.asString(), value);
    }
    return types.valueStream().anyMatch(type -> isOfType(type.asString(), value));
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "null" -> value.isNull();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "string" -> value.isString();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> throw new AssertionError("no type of JSON Schema: " + type);
    };
  }

  private void choice(String place, JsonNode schema, JsonNode value) {
    if (schema.has("const") && !schema.path("const").equals(value)) {
      fault(place, "is " + value + " and not " + schema.path("const"));
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      fault(place, "is " + value + ", which is none of " + schema.path("enum"));
    }
    if (schema.has("oneOf")) {
      var all = schema.path("oneOf").valueStream().map(one -> faults(root, one, value)).toList();
      if (all.stream().filter(List::isEmpty).count() != 1) {
        fault(place, "fits not exactly one of its forms: " + all);
      }
    }
  }

  private void text(String place, JsonNode schema, String text) {
    if (schema.has("pattern")
        && !Pattern.compile(schema.path("pattern").asString()).matcher(text).find()) {
      fault(place, "is \"" + text + "\", unlike " + schema.path("pattern"));
    }
    if (text.length() < schema.path("minLength").asInt(0)
        || text.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      fault(place, "has " + text.length() + " characters");
    }
  }

  private void number(String place, JsonNode schema, JsonNode value) {
    if (schema.has("minimum")
        && value.decimalValue().compareTo(schema.path("minimum").decimalValue()) < 0) {
      fault(place, "is too small: " + value);
    }
    if (schema.has("maximum")
        && value.decimalValue().compareTo(schema.path("maximum").decimalValue()) > 0) {
      fault(place, "is too large: " + value);
    }
  }

  private void array(String place, JsonNode schema, JsonNode value) {
    if (value.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
      fault(place, "has " + value.size() + " items");
    }
    for (int i = 0; i < value.size() && schema.has("items"); i++) {
      value(place + "/" + i, schema.path("items"), value.path(i));
    }
  }

  private void object(String place, JsonNode schema, JsonNode value) {
    if (value.size() > schema.path("maxProperties").asInt(Integer.MAX_VALUE)) {
      fault(place, "has " + value.size() + " members");
    }
    for (var name : schema.path("required")) {
      if (!value.has(name.asString())) {
        fault(place, "lacks " + name.asString());
      }
    }
    var others = schema.path("additionalProperties");
    for (var member : value.properties()) {
      var name = member.getKey();
      var known = schema.path("properties").path(name);
      if (!known.isMissingNode()) {
        value(place + "/" + name, known, member.getValue());
      } else if (others.isObject()) {
        value(place + "/" + name, others, member.getValue());
      } else if (others.isBoolean() && !others.asBoolean()) {
        fault(place, "has a member that is not described: " + name);
      }
    }
  }
}
