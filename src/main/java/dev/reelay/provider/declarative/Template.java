package dev.reelay.provider.declarative;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A piece of a JSON body with values to be filled in. The body is built as a tree and written by a
 * JSON writer, so that no value can leave its place. A field whose value is not there is left out,
 * and of a list each item that names one.
 */
sealed interface Template {
  /** {@code ${name}}, {@code ${name:text}} or {@code ${name:upper}}. */
  Pattern VALUE = Pattern.compile("\\$\\{([a-z_.]+[a-z0-9_.]*)(?::(text|upper))?}");

  JsonNodeFactory JSON = JsonNodeFactory.instance;

  record Fixed(JsonNode value) implements Template {}

  /** A value alone keeps its type. */
  record Value(String name, String form) implements Template {}

  /** Text around values; if one of them is not there, neither is the text. */
  record Text(String pattern) implements Template {}

  record Entries(Map<String, Template> byName) implements Template {}

  record Items(List<Template> all) implements Template {}

  /** Empty where a value that it needs is not there. */
  default Optional<JsonNode> fill(Map<String, JsonNode> values) {
    return switch (this) {
      case Fixed(var value) -> Optional.of(value);
      case Value(var name, var form) ->
          Optional.ofNullable(values.get(name)).map(value -> formed(value, form));
      case Text(var pattern) ->
          replaced(pattern, values, Function.identity()).map(JSON::stringNode);
      case Items(var all) -> {
        var array = JSON.arrayNode();
        all.stream()
            .filter(item -> item.names().allMatch(values::containsKey))
            .forEach(item -> item.fill(values).ifPresent(array::add));
        yield array.isEmpty() && !all.isEmpty() ? Optional.empty() : Optional.of(array);
      }
      case Entries(var byName) -> {
        var object = JSON.objectNode();
        byName.forEach(
            (name, field) -> field.fill(values).ifPresent(value -> object.set(name, value)));
        yield object.isEmpty() && !byName.isEmpty() ? Optional.empty() : Optional.of(object);
      }
    };
  }

  /** The values that it names. */
  default Stream<String> names() {
    return switch (this) {
      case Fixed _ -> Stream.empty();
      case Value(var name, _) -> Stream.of(name);
      case Text(var pattern) -> named(pattern);
      case Items(var all) -> all.stream().flatMap(Template::names);
      case Entries(var byName) -> byName.values().stream().flatMap(Template::names);
    };
  }

  static Stream<String> named(String pattern) {
    return VALUE.matcher(pattern).results().map(found -> found.group(1));
  }

  private static JsonNode formed(JsonNode value, String form) {
    return switch (form) {
      case "text" -> JSON.stringNode(value.asString());
      case "upper" -> JSON.stringNode(value.asString().toUpperCase(Locale.ROOT));
      default -> value;
    };
  }

  /** A text with its values, each as the function makes it fit there. */
  static Optional<String> replaced(
      String pattern, Map<String, JsonNode> values, Function<String, String> fit) {
    var matcher = VALUE.matcher(pattern);
    var out = new StringBuilder();
    while (matcher.find()) {
      var value = values.get(matcher.group(1));
      if (value == null || value.isContainer()) {
        return Optional.empty();
      }
      var form = Optional.ofNullable(matcher.group(2)).orElse("");
      var text = fit.apply(formed(value, form).asString());
      matcher.appendReplacement(out, Matcher.quoteReplacement(text));
    }
    return Optional.of(matcher.appendTail(out).toString());
  }

  /**
   * Reads one.
   *
   * @param known the names of values that may stand in it
   * @throws DescriptionException if it names another
   */
  static Template of(Node node, String place, Set<String> known) {
    return switch (node) {
      case MappingNode mapping -> {
        var fields = new LinkedHashMap<String, Template>();
        Fields.of(mapping, place)
            .byName()
            .forEach((name, value) -> fields.put(name, of(value, place + "." + name, known)));
        yield new Entries(fields);
      }
      case SequenceNode list -> {
        var items = new ArrayList<Template>();
        list.getValue().forEach(item -> items.add(of(item, place, known)));
        yield new Items(items);
      }
      case ScalarNode scalar -> scalar(scalar, place, known);
      default -> throw Fields.wrong(node, place, "is no value");
    };
  }

  private static Template scalar(ScalarNode scalar, String place, Set<String> known) {
    var text = scalar.getValue();
    requireKnown(scalar, text, place, known);
    var alone = VALUE.matcher(text);
    if (alone.matches()) {
      return new Value(alone.group(1), Optional.ofNullable(alone.group(2)).orElse(""));
    }
    return text.contains("${") ? new Text(text) : new Fixed(fixed(scalar));
  }

  /** Every value that a text names is known, and nothing looks like one without being one. */
  static void requireKnown(Node node, String text, String place, Set<String> known) {
    var rest = new StringBuilder();
    var matcher = VALUE.matcher(text);
    while (matcher.find()) {
      var name = matcher.group(1);
      if (!known.contains(name) && !name.startsWith("option.")) {
        var all = String.join(", ", known.stream().sorted().toList());
        throw Fields.wrong(
            node, place, "names the unknown value " + name + "; known: option.<name>, " + all);
      }
      matcher.appendReplacement(rest, "");
    }
    if (matcher.appendTail(rest).indexOf("${") >= 0) {
      throw Fields.wrong(
          node, place, "has a ${ that is no value such as ${prompt} or ${seconds:text}");
    }
  }

  private static JsonNode fixed(ScalarNode scalar) {
    var text = scalar.getValue();
    var tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.INT) && text.matches("-?[0-9]{1,18}")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    return tag.equals(Tag.FLOAT) && text.matches("-?[0-9]{1,15}\\.[0-9]{1,15}")
        ? JSON.numberNode(new BigDecimal(text))
        : JSON.stringNode(text);
  }
}
