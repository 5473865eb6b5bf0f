package dev.reelay.provider.declarative;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call as a description gives it.
 *
 * @param path begins with a slash; its values are encoded
 * @param headers beside the credential; one whose value is not there is left out
 */
record Request(String method, String path, Map<String, String> headers, Optional<Template> body) {
  static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

  static Request of(Fields fields, String method, Set<String> known) {
    var path = fields.text("path");
    if (!path.startsWith("/")) {
      throw fields.problem("path", "must begin with a slash; the host is the channel's");
    }
    Template.requireKnown(fields.node("path").orElseThrow(), path, fields.at("path"), known);
    var headers = new LinkedHashMap<String, String>();
    fields
        .map("headers")
        .forEach(
            (name, value) -> {
              if (!name.matches("[A-Za-z0-9-]{1,60}")) {
                throw fields.problem("headers", "has a name that is none: " + name);
              }
              Template.requireKnown(
                  fields.node("headers").orElseThrow(), value, fields.at("headers"), known);
              headers.put(name, value);
            });
    var body = fields.node("body").map(node -> Template.of(node, fields.at("body"), known));
    if (body.isPresent() && !(body.get() instanceof Template.Entries)) {
      throw fields.problem("body", "must be a JSON object");
    }
    return new Request(fields.find("method", method, METHODS), path, headers, body);
  }

  /**
   * The same for the first page: a parameter of the query that names {@code ${after}} falls away.
   */
  Request withoutCursor() {
    var rest = path.replaceAll("[?&][^?&=]+=\\$\\{after}", "");
    var asked = rest.indexOf('?') >= 0 ? rest : rest.replaceFirst("&", "?");
    return new Request(method, asked, headers, body);
  }

  /** Whether it sends this value, in whatever place. */
  boolean sends(String value) {
    return Stream.of(
            Template.named(path),
            headers.values().stream().flatMap(Template::named),
            body.stream().flatMap(Template::names))
        .flatMap(names -> names)
        .anyMatch(value::equals);
  }

  /**
   * @throws IllegalStateException if the path needs a value that is not there
   */
  Call call(Context context, Description.Auth auth, Map<String, JsonNode> values) {
    var rest =
        Template.replaced(path, values, Context::segment)
            .orElseThrow(() -> new IllegalStateException("the path needs a value: " + path));
    var call =
        new Call(method, context.at(rest), List.of(), List.of(auth.of(context)), body(values))
            .with("Accept", "application/json");
    for (var header : headers.entrySet()) {
      var value = Template.replaced(header.getValue(), values, text -> text);
      if (value.isPresent()) {
        call = call.with(header.getKey(), value.get());
      }
    }
    return call;
  }

  private Call.Body body(Map<String, JsonNode> values) {
    return body.<Call.Body>map(
            template ->
                new Call.Body.Text(
                    "application/json",
                    Json.write((ObjectNode) template.fill(values).orElseGet(Json::body))))
        .orElseGet(Call.Body.None::new);
  }
}
