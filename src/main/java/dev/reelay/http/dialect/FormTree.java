package dev.reelay.http.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one tree of a form's flat fields, whose names nest by brackets: {@code metadata[user]},
 * {@code images[]}, {@code images[0]}. A name that comes again makes a list. What contradicts an
 * earlier field is left out. Used by one thread.
 */
final class FormTree {
  static final int NAME_CHARS_MAX = 256;
  static final int DEPTH_MAX = 8;
  private static final int INDEX_DIGITS_MAX = 4;
  private static final String NEXT = "";

  private final Group root = new Group();

  private sealed interface Slot {}

  private record Leaf(JsonNode value) implements Slot {
    boolean isBlank() {
      return value.isString() && value.asString().isBlank();
    }
  }

  /** An object, or a list if all its names are indexes. */
  private static final class Group implements Slot {
    private final Map<String, Slot> members = new LinkedHashMap<>();
    private int next;

    /** The name under which a member is kept; the empty one stands for the next index. */
    String key(String name) {
      var key = name.equals(NEXT) ? String.valueOf(next) : name;
      if (isIndex(key)) {
        next = Math.max(next, Integer.parseInt(key) + 1);
      }
      return key;
    }

    boolean isList() {
      return !members.isEmpty() && members.keySet().stream().allMatch(FormTree::isIndex);
    }
  }

  /**
   * Adds a field.
   *
   * @return false if it contradicts an earlier one and was left out
   * @throws dev.reelay.http.ApiRefusal 400 if its name is too long or too deep
   */
  boolean put(String name, JsonNode value) {
    if (name.length() > NAME_CHARS_MAX) {
      throw BodyReader.badForm(
          "A field's name may have at most " + NAME_CHARS_MAX + " characters.",
          "字段名最多 " + NAME_CHARS_MAX + " 个字符。");
    }
    var path = path(name);
    if (path.size() > DEPTH_MAX) {
      throw BodyReader.badForm(
          "A field's name may nest at most " + DEPTH_MAX + " deep.",
          "字段名最多嵌套 " + DEPTH_MAX + " 层。");
    }
    return put(root, path, value);
  }

  /** The whole as if it had come as JSON. */
  ObjectNode tree() {
    var tree = JsonNodeFactory.instance.objectNode();
    root.members.forEach((name, slot) -> tree.set(name, node(slot)));
    return tree;
  }

  /** The names of {@code a[b][c]}; a name whose brackets do not match is one plain name. */
  private static List<String> path(String name) {
    int open = name.indexOf('[');
    if (open <= 0 || !name.endsWith("]")) {
      return List.of(name);
    }
    var path = new ArrayList<String>();
    path.add(name.substring(0, open));
    while (open < name.length()) {
      int close = name.indexOf(']', open);
      if (close < 0 || name.charAt(open) != '[') {
        return List.of(name);
      }
      path.add(name.substring(open + 1, close));
      open = close + 1;
    }
    return path;
  }

  private static boolean put(Group group, List<String> path, JsonNode value) {
    var key = group.key(path.getFirst());
    var rest = path.subList(1, path.size());
    var here = group.members.get(key);
    if (here == null || (here instanceof Leaf blank && blank.isBlank())) {
      var fresh = new Group();
      group.members.put(key, rest.isEmpty() ? new Leaf(value) : fresh);
      return rest.isEmpty() || put(fresh, rest, value);
    }
    var next = rest.isEmpty() ? List.of(NEXT) : rest;
    boolean continuesList = next.getFirst().equals(NEXT) || isIndex(next.getFirst());
    return switch (here) {
      case Leaf first -> {
        var list = new Group();
        list.members.put(list.key(NEXT), first);
        group.members.put(key, continuesList ? list : first);
        yield continuesList && put(list, next, value);
      }
      case Group deeper -> (!rest.isEmpty() || deeper.isList()) && put(deeper, next, value);
    };
  }

  private static boolean isIndex(String name) {
    return !name.isEmpty()
        && name.length() <= INDEX_DIGITS_MAX
        && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static JsonNode node(Slot slot) {
    return switch (slot) {
      case Leaf(JsonNode value) -> value;
      case Group group when group.isList() -> {
        var list = JsonNodeFactory.instance.arrayNode();
        var byIndex = new TreeMap<Integer, Slot>();
        group.members.forEach((index, member) -> byIndex.put(Integer.parseInt(index), member));
        byIndex.values().forEach(member -> list.add(node(member)));
        yield list;
      }
      case Group group -> {
        var object = JsonNodeFactory.instance.objectNode();
        group.members.forEach((name, member) -> object.set(name, node(member)));
        yield object;
      }
    };
  }
}
