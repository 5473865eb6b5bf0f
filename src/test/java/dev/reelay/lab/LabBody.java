package dev.reelay.lab;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object read as strictly as a vendor reads it: each method takes a field of just one type
 * and refuses any other.
 *
 * @param place where it stands in the whole body, for messages; empty at the top
 */
public record LabBody(JsonNode tree, String place) {
  /** One that stands in a text. */
  public static LabBody parse(String text) {
    try {
      var tree = JsonMapper.shared().readTree(text);
      if (tree.isObject()) {
        return new LabBody(tree, "");
      }
      throw LabRefusal.malformed("body", "not a JSON object");
    } catch (JacksonException e) {
      throw LabRefusal.malformed("body", "not valid JSON");
    }
  }

  /** Refuses every field that is not among these. */
  public LabBody only(String... names) {
    var known = Set.of(names);
    tree.propertyNames().stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw LabRefusal.malformed(at(name), "unknown field");
            });
    return this;
  }

  public boolean has(String name) {
    return tree.has(name);
  }

  /** A text that has to be there and is not blank. */
  public String text(String name) {
    return find(name).orElseThrow(() -> LabRefusal.malformed(at(name), "missing"));
  }

  /** A text if it is there; another type is refused. */
  public Optional<String> find(String name) {
    return node(name)
        .map(
            node -> {
              require(name, node.isString() && !node.asString().isBlank(), "not a text");
              return node.asString();
            });
  }

  /** One of these texts, if it is there. */
  public Optional<String> find(String name, String... allowed) {
    var value = find(name);
    value.ifPresent(
        text -> require(name, List.of(allowed).contains(text), "not one of " + List.of(allowed)));
    return value;
  }

  /** A whole number if it is there; a text is refused. */
  public Optional<Integer> findInt(String name) {
    return node(name)
        .map(
            node -> {
              require(name, node.isInt(), "not a whole number");
              return node.asInt();
            });
  }

  /** One of these whole numbers, if it is there. */
  public Optional<Integer> findInt(String name, int... allowed) {
    var value = findInt(name);
    value.ifPresent(
        number ->
            require(
                name,
                Arrays.stream(allowed).anyMatch(n -> n == number),
                "not one of " + Arrays.toString(allowed)));
    return value;
  }

  public Optional<Boolean> findFlag(String name) {
    return node(name)
        .map(
            node -> {
              require(name, node.isBoolean(), "not true or false");
              return node.asBoolean();
            });
  }

  /** An object if it is there. */
  public Optional<LabBody> findObject(String name) {
    return node(name)
        .map(
            node -> {
              require(name, node.isObject(), "not an object");
              return new LabBody(node, at(name));
            });
  }

  /** An object that has to be there. */
  public LabBody object(String name) {
    return findObject(name).orElseThrow(() -> LabRefusal.malformed(at(name), "missing"));
  }

  /** The objects of a list; none if it is not there. */
  public List<LabBody> objects(String name) {
    return elements(name)
        .map(
            node -> {
              require(name, node.isObject(), "not a list of objects");
              return new LabBody(node, at(name));
            })
        .toList();
  }

  /** The texts of a list; none if it is not there. */
  public List<String> texts(String name) {
    return elements(name)
        .map(
            node -> {
              require(name, node.isString(), "not a list of texts");
              return node.asString();
            })
        .toList();
  }

  /** A picture if it is there: an address, or where those are taken a data URL. */
  public Optional<String> findPicture(String name, boolean dataUrls) {
    var picture = find(name);
    picture.ifPresent(
        text ->
            require(
                name,
                text.startsWith("https://")
                    || text.startsWith("http://")
                    || (dataUrls && text.startsWith("data:image/")),
                "no picture"));
    return picture;
  }

  /** An address of a reference video or sound, by the rules of most: no data URL. */
  public String clip(String name) {
    var address = text(name);
    require(name, address.startsWith("https://") || address.startsWith("http://"), "no address");
    return address;
  }

  private Stream<JsonNode> elements(String name) {
    return node(name).stream()
        .flatMap(
            node -> {
              require(name, node.isArray(), "not a list");
              return node.valueStream();
            });
  }

  private Optional<JsonNode> node(String name) {
    return Optional.ofNullable(tree.get(name)).filter(node -> !node.isNull());
  }

  private void require(String name, boolean holds, String why) {
    if (!holds) {
      throw LabRefusal.malformed(at(name), why);
    }
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
