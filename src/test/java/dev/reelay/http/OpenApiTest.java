package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.dialect.unified.UnifiedErrors;
import dev.reelay.task.ErrorCode;
import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.ApiContract.Operation;
import dev.reelay.webhook.EventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds api/openapi.yaml against the route table and the error catalogue, in both directions. */
class OpenApiTest {
  private static final ApiContract CONTRACT = ApiContract.read();

  /** Stands on operations that no channel can do: they have no answer of success to describe. */
  private static final String NEVER_SUCCEEDS = "x-never-succeeds";

  @Test
  void every_route_is_described_and_everything_described_is_a_route() {
    try (var kit = new ApiKit()) {
      var mapper = new ErrorMapper(new UnifiedErrors(false), _ -> false);
      var routes = kit.routes().rows(mapper);

      assertThat(CONTRACT.operations())
          .extracting(operation -> operation.method() + " " + operation.pattern())
          .containsExactlyInAnyOrderElementsOf(
              routes.stream().map(row -> row.method() + " " + row.pattern()).toList());
    }
  }

  @Test
  void the_types_of_events_are_those_that_happen() {
    var described = CONTRACT.root().at("/components/schemas/EventType/enum");

    assertThat(described.valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(Arrays.stream(EventType.values()).map(EventType::wire).toList());
  }

  @Test
  void every_reference_leads_somewhere_and_every_component_is_used() {
    var references = new ArrayList<String>();
    collectReferences(CONTRACT.root(), references);

    assertThat(references)
        .hasSizeGreaterThan(200)
        .allSatisfy(
            reference -> {
              assertThat(reference).startsWith("#/");
              assertThat(CONTRACT.root().at(reference.substring(1)).isMissingNode())
                  .as(reference)
                  .isFalse();
            });
    for (var kind : List.of("parameters", "headers", "requestBodies", "responses", "schemas")) {
      for (var name : CONTRACT.root().at("/components/" + kind).propertyNames()) {
        // Told in events, which are no JSON of their own.
        if (!name.equals("PastState")) {
          assertThat(references).contains("#/components/" + kind + "/" + name);
        }
      }
    }
  }

  private static void collectReferences(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.path("$ref").asString());
    }
    node.forEach(child -> collectReferences(child, references));
  }

  @Test
  void every_operation_has_a_name_of_its_own_and_speaks_both_languages() {
    var paths = CONTRACT.root().path("paths").valueStream().toList();
    var operations = CONTRACT.operations().stream().map(Operation::text).distinct().toList();

    assertThat(operations).hasSizeGreaterThan(paths.size());
    assertThat(operations)
        .extracting(operation -> operation.path("operationId").asString())
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    assertThat(operations).allSatisfy(OpenApiTest::requireBothLanguages);
  }

  private static void requireBothLanguages(JsonNode text) {
    assertThat(text.path("summary").asString()).matches("[A-Z][^\\p{IsHan}]+");
    assertThat(text.path("description").asString()).matches("(?s)[A-Z0-9`][^\\p{IsHan}]+");
    assertThat(text.path("x-summary-zh").asString()).containsPattern("\\p{IsHan}");
    assertThat(text.path("x-description-zh").asString()).containsPattern("\\p{IsHan}");
  }

  @Test
  void every_parameter_is_explained_in_both_languages() {
    var parameters =
        CONTRACT.operations().stream()
            .flatMap(operation -> operation.text().path("parameters").valueStream())
            .map(CONTRACT::resolve)
            .toList();

    assertThat(parameters)
        .isNotEmpty()
        .allSatisfy(
            parameter -> {
              assertThat(parameter.path("description").asString()).isNotBlank();
              assertThat(parameter.path("x-description-zh").asString())
                  .containsPattern("\\p{IsHan}");
              assertThat(parameter.has("schema")).isTrue();
            });
  }

  @Test
  void whatever_is_described_is_described_in_both_languages() {
    var silent = new ArrayList<String>();
    collectEnglishOnly(CONTRACT.root(), "", silent);

    assertThat(silent).isEmpty();
  }

  /** A member of a schema may be called like this itself; then it is no text. */
  private static void collectEnglishOnly(JsonNode node, String path, List<String> silent) {
    for (var name : List.of("description", "summary")) {
      boolean isText = node.path(name).isString() && !path.contains("/value");
      if (isText
          && !node.path("x-" + name + "-zh").asString("").matches("(?s).*\\p{IsHan}.*|RFC.*")) {
        silent.add(path + "/" + name);
      }
    }
    node.properties()
        .forEach(
            member -> collectEnglishOnly(member.getValue(), path + "/" + member.getKey(), silent));
    int at = 0;
    for (var child : node.isArray() ? node : List.<JsonNode>of()) {
      collectEnglishOnly(child, path + "/" + at++, silent);
    }
  }

  @Test
  void every_operation_describes_its_success_and_its_errors() {
    for (var operation : CONTRACT.operations()) {
      var responses = operation.text().path("responses");
      var successes =
          responses.propertyNames().stream().filter(status -> status.startsWith("2")).count();
      var place = operation.method() + " " + operation.pattern();

      assertThat(successes == 0)
          .as(place)
          .isEqualTo(operation.text().path(NEVER_SUCCEEDS).asBoolean(false));
      var error = CONTRACT.resolve(responses.path("default"));
      assertThat(error.at("/content/application~1json/schema/$ref").asString(""))
          .as(place)
          .endsWith("Error");
    }
  }

  @Test
  void the_error_codes_are_those_of_the_catalogue_in_its_order() {
    var described = CONTRACT.root().at("/components/schemas/ErrorCode/enum");

    assertThat(described.valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList());
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_error_code_has_the_example_that_the_catalogue_makes(ErrorCode code) {
    var example = CONTRACT.root().at("/components/examples/" + code.wire());
    var value = example.path("value");

    assertThat(example.path("x-status").asInt(0)).isEqualTo(code.status());
    assertThat(example.path("summary").asString("")).isEqualTo(code.english());
    assertThat(example.path("x-summary-zh").asString("")).isEqualTo(code.chinese());
    if (value.has("error_code")) {
      // What stands in a task that failed; the query itself is answered with 200.
      assertThat(value.path("error_code").asString()).isEqualTo(code.wire());
      assertThat(value.path("error").asString()).isEqualTo(code.english());
      assertThat(value.path("fail_reason").asString()).isEqualTo(code.english());
    } else {
      assertThat(value).isEqualTo(answered(code));
    }
  }

  private static JsonNode answered(ErrorCode code) {
    var context = new ErrorShape.Context("req_example-1", "", "");
    var reply = new UnifiedErrors(false).shape(context, ApiError.of(code));
    assertThat(reply.status()).isEqualTo(code.status());
    return JsonMapper.shared().readTree(reply.body());
  }

  @Test
  void an_example_under_a_status_has_that_status() {
    for (var operation : CONTRACT.operations()) {
      for (var response : operation.text().path("responses").properties()) {
        var examples = CONTRACT.resolve(response.getValue());
        for (var example : examples.at("/content/application~1json/examples")) {
          var status = CONTRACT.resolve(example).path("x-status").asString("");
          if (!status.isEmpty() && !response.getKey().equals("default")) {
            assertThat(status).as(operation.pattern()).isEqualTo(response.getKey());
          }
        }
      }
    }
  }
}
