package dev.reelay.provider.declarative;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping read strictly: each method takes one field of one type, and {@link #only} refuses
 * what nobody knows.
 *
 * @param place where it stands, such as {@code poll}; empty at the top
 */
record Fields(MappingNode node, String place, Map<String, Node> byName) {
  static final int TEXT_CHARS_MAX = 64 * 1024;
  private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

  /**
   * @throws DescriptionException if the text is no YAML mapping
   */
  static Fields parse(String yaml) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(TEXT_CHARS_MAX)
            .setMaxAliasesForCollections(0)
            .build();
    try {
      var root = new Compose(settings).composeString(yaml);
      if (root.isEmpty()) {
        throw new DescriptionException(1, "", "the description is empty");
      }
      return of(root.get(), "");
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new DescriptionException(line, "", "this is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new DescriptionException(1, "", "this is no YAML that can be read here");
    }
  }

  static Fields of(Node node, String place) {
    if (!(node instanceof MappingNode mapping)) {
      throw wrong(node, place, "must be names with values");
    }
    var byName = new LinkedHashMap<String, Node>();
    for (var entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(entry.getKeyNode(), place, "has a name that is no plain text");
      }
      if (byName.put(key.getValue(), entry.getValueNode()) != null) {
        throw wrong(key, under(place, key.getValue()), "stands there twice");
      }
    }
    return new Fields(mapping, place, byName);
  }

  /** Refuses every other field. */
  Fields only(String... known) {
    var all = Set.of(known);
    byName.forEach(
        (name, value) -> {
          if (!all.contains(name)) {
            throw wrong(value, at(name), "is unknown here; known: " + String.join(", ", known));
          }
        });
    return this;
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  Optional<Node> node(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Fields object(String name) {
    return findObject(name).orElseThrow(() -> missing(name));
  }

  Optional<Fields> findObject(String name) {
    return node(name).map(value -> of(value, at(name)));
  }

  String text(String name) {
    return find(name).orElseThrow(() -> missing(name));
  }

  Optional<String> find(String name) {
    return node(name).map(value -> scalar(value, at(name)));
  }

  /** One of these. */
  String find(String name, String usual, List<String> allowed) {
    var value = find(name).orElse(usual);
    if (!allowed.contains(value)) {
      throw problem(name, "must be one of " + String.join(", ", allowed));
    }
    return value;
  }

  boolean flag(String name) {
    return find(name, "false", List.of("true", "false")).equals("true");
  }

  /** One text or a list of them. */
  List<String> texts(String name) {
    return node(name)
        .map(
            value ->
                value instanceof SequenceNode list
                    ? list.getValue().stream().map(item -> scalar(item, at(name))).toList()
                    : List.of(scalar(value, at(name))))
        .orElseGet(List::of);
  }

  List<Fields> objects(String name) {
    return node(name)
        .map(
            value -> {
              if (!(value instanceof SequenceNode list)) {
                throw wrong(value, at(name), "must be a list");
              }
              return list.getValue().stream().map(item -> of(item, at(name))).toList();
            })
        .orElseGet(List::of);
  }

  /** A plain mapping of texts. */
  Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    findObject(name)
        .ifPresent(
            object ->
                object
                    .byName()
                    .forEach((key, value) -> map.put(key, scalar(value, object.at(key)))));
    return map;
  }

  /** Such as {@code 30s}, {@code 5m}, {@code 24h} or {@code 7d}. */
  Duration duration(String name, Duration usual) {
    return find(name)
        .map(
            text -> {
              var matcher = DURATION.matcher(text);
              if (!matcher.matches()) {
                throw problem(name, "must be a time such as 30s, 5m, 24h or 7d");
              }
              var number = Long.parseLong(matcher.group(1));
              return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
              };
            })
        .orElse(usual);
  }

  /** Places in an answer, the first that is there wins. */
  Places places(String name) {
    var texts = texts(name);
    for (var text : texts) {
      if (!Places.isPlace(text)) {
        throw problem(name, "must be JSON pointers such as /data/id: " + text);
      }
    }
    return new Places(texts);
  }

  Places requiredPlaces(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return places(name);
  }

  DescriptionException problem(String name, String why) {
    return wrong(node(name).orElse(node), at(name), why);
  }

  DescriptionException missing(String name) {
    return wrong(node, at(name), "is missing");
  }

  String at(String name) {
    return under(place, name);
  }

  private static String scalar(Node value, String where) {
    if (value instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong(value, where, "must be a text");
  }

  private static String under(String place, String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  static DescriptionException wrong(Node node, String where, String why) {
    var line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    return new DescriptionException(line, where, why);
  }
}
