package dev.reelay.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A method and a pattern of paths, and who answers them; of several that fit the first is taken.
 */
public final class LabRoute {
  private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)(\\.\\.\\.)?}");

  private final String method;
  private final Pattern path;
  private final List<String> names;
  private final Function<LabRequest, LabAnswer> answer;

  private LabRoute(String method, String pattern, Function<LabRequest, LabAnswer> answer) {
    this.method = method;
    this.answer = answer;
    var all = new ArrayList<String>();
    var regex = new StringBuilder();
    var from = 0;
    for (var hole = HOLE.matcher(pattern); hole.find(); from = hole.end()) {
      all.add(hole.group(1));
      regex.append(Pattern.quote(pattern.substring(from, hole.start())));
      regex.append(hole.group(2) == null ? "([^/]+?)" : "(.+?)");
    }
    regex.append(Pattern.quote(pattern.substring(from)));
    this.names = List.copyOf(all);
    this.path = Pattern.compile(regex.toString());
  }

  /**
   * @param pattern such as {@code /v1/tasks/{id}}; {@code {id}} is a piece without a slash, {@code
   *     {id...}} one that may have some
   */
  public static LabRoute on(String method, String pattern, Function<LabRequest, LabAnswer> answer) {
    return new LabRoute(method, pattern, answer);
  }

  public static LabRoute get(String pattern, Function<LabRequest, LabAnswer> answer) {
    return on("GET", pattern, answer);
  }

  public static LabRoute post(String pattern, Function<LabRequest, LabAnswer> answer) {
    return on("POST", pattern, answer);
  }

  Optional<LabAnswer> answer(LabRequest request) {
    var matcher = path.matcher(request.path());
    if (!method.equals(request.method()) || !matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> found = new HashMap<>();
    for (var i = 0; i < names.size(); i++) {
      found.put(names.get(i), matcher.group(i + 1));
    }
    return Optional.of(answer.apply(request.at(request.path(), found)));
  }
}
