package dev.reelay.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published contract, {@code api/openapi.yaml}, as the tests read it. */
public final class ApiContract {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode root;

  private ApiContract(JsonNode root) {
    this.root = root;
  }

  /**
   * One operation at one address.
   *
   * @param method upper case
   * @param pattern the whole path, with what its server puts before it
   */
  public record Operation(String method, String pattern, JsonNode text) {}

  /** Reads the file; a key that stands twice is an error. */
  public static ApiContract read() {
    var text = Sources.read(Sources.ROOT.resolve("api/openapi.yaml")).text();
    var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return new ApiContract(
        JsonMapper.shared().valueToTree(new Load(settings).loadFromString(text)));
  }

  public JsonNode root() {
    return root;
  }

  /** Each operation once for each server that its path has. */
  public List<Operation> operations() {
    var found = new ArrayList<Operation>();
    for (var path : root.path("paths").properties()) {
      var own = path.getValue().path("servers");
      for (var server : own.isMissingNode() ? root.path("servers") : own) {
        var prefix = server.path("url").asString().replaceFirst("/$", "");
        path.getValue().properties().stream()
            .filter(member -> METHODS.contains(member.getKey()))
            .map(
                member ->
                    new Operation(
                        member.getKey().toUpperCase(Locale.ROOT),
                        prefix + path.getKey(),
                        member.getValue()))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** What a node says, or what it refers to says. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asString().substring(1)) : node;
  }

  /**
   * What is wrong with an answer in JSON.
   *
   * @param status as answered; the operation's {@code default} counts where it is not described
   */
  public List<String> faults(String method, String pattern, int status, JsonNode body) {
    var operation =
        operations().stream()
            .filter(one -> one.method().equals(method) && one.pattern().equals(pattern))
            .findFirst()
            .orElseThrow(() -> new AssertionError("not described: " + method + " " + pattern));
    var responses = operation.text().path("responses");
    var name = responses.has(String.valueOf(status)) ? String.valueOf(status) : "default";
    var schema = resolve(responses.path(name)).at("/content/application~1json/schema");
    return schema.isMissingNode()
        ? List.of("no JSON is described for " + status)
        : JsonSchema.faults(root, schema, body);
  }
}
