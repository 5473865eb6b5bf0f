package dev.reelay.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The route table. A literal path is one look-up in a hash map; only a path that is none walks the
 * segments. Literal segments win over parameters. HEAD follows GET.
 */
public final class Routes {
  static final int SEGMENTS_MAX = 32;

  private final Map<String, Address> literal = new HashMap<>();
  private final Segment root = new Segment();
  private final List<Route> all;

  /**
   * Builds the table.
   *
   * @throws IllegalArgumentException if two rows have the same method and pattern
   */
  public Routes(List<Route> routes) {
    this.all = List.copyOf(routes);
    for (var route : all) {
      address(route.pattern()).add(route);
    }
  }

  /** All rows, in their order, for the test that compares them with the published contract. */
  public List<Route> all() {
    return all;
  }

  /** What was found for a method and a normalised path. */
  public sealed interface Match {
    /** A row answers. */
    record Found(Route route, Map<String, String> parameters) implements Match {}

    /** The address exists; {@code allow} names the methods it takes. */
    record OtherMethod(String allow, boolean isOpen) implements Match {}

    /** There is no such address. */
    record Unknown() implements Match {}
  }

  public Match find(String method, String path) {
    var address = literal.get(path);
    if (address != null) {
      return address.match(method, Map.of());
    }
    var segments = path.substring(1).split("/", SEGMENTS_MAX + 1);
    if (segments.length > SEGMENTS_MAX) {
      return UNKNOWN;
    }
    var parameters = new HashMap<String, String>();
    return root.walk(segments, 0, parameters)
        .<Match>map(found -> found.match(method, Map.copyOf(parameters)))
        .orElse(UNKNOWN);
  }

  private static final Match UNKNOWN = new Match.Unknown();

  private Address address(String pattern) {
    if (pattern.indexOf('{') < 0) {
      return literal.computeIfAbsent(pattern, _ -> new Address());
    }
    var segment = root;
    var name = "";
    for (var part : pattern.substring(1).split("/")) {
      name = part.startsWith("{") ? part.substring(1, part.length() - 1) : "";
      if (name.endsWith("*")) {
        return segment.rest(name.substring(0, name.length() - 1));
      }
      segment = name.isEmpty() ? segment.literal(part) : segment.parameter(name);
    }
    return segment.here();
  }

  /** The rows of one pattern, by method. */
  private static final class Address {
    private final Map<String, Match.Found> byMethod = new TreeMap<>();

    void add(Route route) {
      if (byMethod.put(route.method(), new Match.Found(route, Map.of())) != null) {
        throw new IllegalArgumentException("twice: " + route.method() + " " + route.pattern());
      }
    }

    Match match(String method, Map<String, String> parameters) {
      var found = byMethod.get(method);
      if (found == null && method.equals("HEAD")) {
        found = byMethod.get("GET");
      }
      if (found == null) {
        boolean isOpen = byMethod.values().stream().anyMatch(row -> row.route().isOpen());
        return new Match.OtherMethod(allow(), isOpen);
      }
      return parameters.isEmpty() ? found : new Match.Found(found.route(), parameters);
    }

    private String allow() {
      var methods = new TreeMap<>(byMethod);
      if (methods.containsKey("GET")) {
        methods.putIfAbsent("HEAD", methods.firstEntry().getValue());
      }
      methods.putIfAbsent("OPTIONS", methods.firstEntry().getValue());
      return String.join(", ", methods.keySet());
    }
  }

  /** One place between two slashes in the tree of patterns with parameters. */
  private static final class Segment {
    private final Map<String, Segment> literals = new HashMap<>();
    private final Map<String, Segment> parameters = new HashMap<>();
    private final Map<String, Address> rests = new HashMap<>();
    private Optional<Address> address = Optional.empty();

    Segment literal(String text) {
      return literals.computeIfAbsent(text, _ -> new Segment());
    }

    Segment parameter(String name) {
      return parameters.computeIfAbsent(name, _ -> new Segment());
    }

    Address rest(String name) {
      return rests.computeIfAbsent(name, _ -> new Address());
    }

    Address here() {
      var here = address.orElseGet(Address::new);
      address = Optional.of(here);
      return here;
    }

    Optional<Address> walk(String[] path, int at, Map<String, String> values) {
      if (at == path.length) {
        return address;
      }
      var next = literals.get(path[at]);
      var found = next == null ? Optional.<Address>empty() : next.walk(path, at + 1, values);
      for (var entry : parameters.entrySet()) {
        if (found.isEmpty()) {
          found = entry.getValue().walk(path, at + 1, values);
          found.ifPresent(_ -> values.put(entry.getKey(), Percent.decode(path[at], false)));
        }
      }
      return found.isPresent() ? found : walkRest(path, at, values);
    }

    private Optional<Address> walkRest(String[] path, int at, Map<String, String> values) {
      for (var entry : rests.entrySet()) {
        var rest = String.join("/", List.of(path).subList(at, path.length));
        values.put(entry.getKey(), Percent.decode(rest, false));
        return Optional.of(entry.getValue());
      }
      return Optional.empty();
    }
  }
}
