package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.money.Money;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.task.Output;
import dev.reelay.task.TaskEvent;
import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.Sources;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the schemas of api/openapi.yaml against what the routes really answer. */
class ContractBodiesTest {
  private static final ApiContract CONTRACT = ApiContract.read();
  private static final String QUERY = "/v1/video/query";
  private static final String VIDEO = "/v1/videos/{id}";
  private static final String GENERATION = "/v1/video/generations/{id}";
  private static final String RICH =
      "{'model':'sora-2','prompt':'a cat at http://a.example','duration':10,'seed':7,'hd':true,"
          + "'images':['https://a.example/cat.png'],'client_reference':'order 7',"
          + "'metadata':{'user':'ann'},'colour':'red'}";

  private final ApiKit kit = new ApiKit();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    kit.close();
  }

  /** Checks an answer by what is described for its route and status, and gives its body. */
  private static JsonNode conforms(
      String method, String pattern, int status, HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    var body = ApiKit.json(reply);
    assertThat(CONTRACT.faults(method, pattern, status, body))
        .as(method + " " + pattern + " answered " + reply.body())
        .isEmpty();
    return body;
  }

  private JsonNode get(String path) {
    return conforms("GET", path.replaceFirst("\\?.*", ""), 200, kit.get(path));
  }

  private JsonNode post(String path, String body) {
    return conforms("POST", path, 200, kit.post(path, body));
  }

  /** As each of the three formats shows it. */
  private void conformsEverywhere(String id) {
    var bare = "task_" + ApiKit.bare(id);
    get(QUERY + "?id=" + id);
    conforms("GET", VIDEO, 200, kit.get("/v1/videos/" + bare));
    conforms("GET", GENERATION, 200, kit.get("/v1/video/generations/" + bare));
  }

  @Test
  void a_task_conforms_in_all_formats_from_its_making_to_its_video() {
    var id = post("/v1/video/create", RICH).path("id").asString();
    conformsEverywhere(id);
    kit.submit(ApiKit.taskId(id));
    kit.accept(ApiKit.taskId(id));
    conformsEverywhere(id);

    var other = kit.create(ApiKit.CAT);
    kit.finish(other, "0.50", folder);
    conformsEverywhere(other);
    assertThat(kit.query(other).path("status").asString()).isEqualTo("completed");
  }

  @Test
  void a_video_with_a_poster_conforms_in_all_formats() {
    var id = kit.create(RICH);
    var video = kit.asset(new AssetId(ApiKit.bare(id)));
    kit.finish(
        ApiKit.taskId(id),
        new TaskEvent.Stored(
            new Output(video, Optional.of(video), Optional.of("a cat, as retold")),
            Usage.of(10_000, Resolution.P720, false)));

    conformsEverywhere(id);
    assertThat(kit.query(id).has("thumbnail_url")).isTrue();
  }

  @Test
  void failed_and_canceled_tasks_conform_in_all_formats() {
    var failed = kit.create(RICH);
    kit.run(ApiKit.taskId(failed));
    kit.fail(ApiKit.taskId(failed));
    var canceled = kit.create(ApiKit.CAT);
    post("/v1/video/cancel", "{'id':'" + canceled + "'}");

    conformsEverywhere(failed);
    conformsEverywhere(canceled);
    assertThat(kit.query(failed).path("error_code").asString()).isEqualTo("upstream_failed");
    assertThat(kit.query(canceled).path("error_code").asString()).isEqualTo("canceled");
  }

  @Test
  void lists_conform_empty_and_full_and_with_what_is_missing() {
    get("/v1/video/list");
    get("/v1/videos");
    var id = kit.create(RICH);
    kit.finish(kit.create(ApiKit.CAT), "0.50", folder);

    assertThat(get("/v1/video/list?limit=1").path("has_more").asBoolean()).isTrue();
    assertThat(get("/v1/videos?limit=1").path("has_more").asBoolean()).isTrue();
    var both = get(QUERY + "?ids=" + id + ",task_nobodys");
    assertThat(both.at("/data/0/object").asString()).isEqualTo("video");
    assertThat(both.at("/data/1/object").asString()).isEqualTo("error");
  }

  @Test
  void the_other_creates_remix_and_delete_conform() {
    kit.canRemix = true;
    post("/v1/video/generations", ApiKit.CAT);
    var video = post("/v1/videos", "{'model':'sora-2-all','prompt':'a cat'}");
    var id = video.path("id").asString();
    kit.finish(
        ApiKit.taskId(id),
        new TaskEvent.Stored(
            new Output(kit.asset(new AssetId(ApiKit.bare(id))), Optional.empty(), Optional.empty()),
            Usage.of(10_000, Resolution.P720, false)));
    var remix = kit.post("/v1/videos/" + id + "/remix", "{'prompt':'in snow'}");
    var remixed = conforms("POST", "/v1/videos/{id}/remix", 200, remix);
    var deleted = kit.send(kit.request("/v1/videos/" + id, ApiKit.KEY).DELETE());

    assertThat(remixed.path("remixed_from_video_id").asString()).isEqualTo(id);
    assertThat(conforms("DELETE", VIDEO, 200, deleted).path("deleted").asBoolean()).isTrue();
  }

  @Test
  void offers_quotes_prices_and_balances_conform() {
    assertThat(get("/v1/video/models").path("data")).isNotEmpty();
    assertThat(get("/v1/models").path("data")).isNotEmpty();
    assertThat(get("/api/pricing").path("data")).isNotEmpty();
    post("/v1/video/quote", RICH);
    get("/v1/dashboard/billing/subscription");
    get("/v1/dashboard/billing/usage");
    get("/api/usage/token");
    get("/healthz");
    get("/readyz");
    kit.obstacles.add("database");
    conforms("GET", "/readyz", 503, kit.get("/readyz"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/video/create, 400, {}",
    "POST, /v1/video/create, 400, no JSON",
    "POST, /v1/video/create, 404, '{\"model\":\"nobodys\",\"prompt\":\"a cat\"}'",
    "POST, /v1/video/quote, 400, {}",
    "POST, /v1/video/cancel, 400, {}",
    "POST, /v1/video/extend, 400, {}",
    "POST, /sora/v1/characters, 400, {}",
    "POST, /v1/videos, 400, {}",
    "POST, /v1/videos/edits, 400, {}",
    "POST, /v1/videos/extensions, 400, {}",
    "POST, /v1/videos/characters, 400, {}",
    "POST, /v1/video/generations, 400, {}",
    "GET, /v1/video/query, 400, ''",
    "GET, /v1/video/events, 400, ''",
    "GET, /v1/video/models, 401, ''",
    "GET, /v1/videos, 401, ''",
    "GET, /v1/video/generations/{id}, 404, ''",
    "GET, /v1/videos/{id}, 404, ''",
    "GET, /v1/videos/{id}/content, 404, ''",
    "GET, /v1/videos/characters/{id}, 400, ''",
    "GET, /files/{asset}/{name}, 404, ''"
  })
  void refusals_have_the_body_of_their_route(
      String method, String pattern, int status, String body) {
    var path = pattern.replaceAll("\\{[a-z]+}", "task_nobodys");
    var key = status == 401 ? "" : ApiKit.KEY;
    var request = kit.request(path, key).method(method, ApiKit.body(body));

    conforms(method, pattern, status, kit.send(request));
  }

  @Test
  void a_refusal_for_money_and_one_for_a_value_tell_more_and_conform() {
    kit.addKey(
        "poor-key-with-twenty-characters", Money.ZERO, Optional.empty(), OptionalInt.empty());
    var poor = kit.postAs("poor-key-with-twenty-characters", ApiKit.CREATE, ApiKit.CAT);
    var tooLong = kit.post(ApiKit.CREATE, ApiKit.CAT.replace("10", "3599"));

    assertThat(conforms("POST", ApiKit.CREATE, 402, poor).at("/error/needed").isString()).isTrue();
    assertThat(conforms("POST", ApiKit.CREATE, 400, tooLong).at("/error/allowed").isArray())
        .isTrue();
  }

  @Test
  void every_state_of_a_task_conforms_and_no_described_member_is_never_seen() {
    var seen = new TreeSet<String>();
    for (var file : Sources.files("src/test/resources/unified", ".json")) {
      if (file.name().contains("query-")) {
        var body = JsonMapper.shared().readTree(file.text());
        assertThat(CONTRACT.faults("GET", QUERY, 200, body)).as(file.name()).isEmpty();
        collectNames(body, seen);
      }
    }
    var described = new TreeSet<String>();
    collectDescribed(CONTRACT.root().at("/components/schemas/Task"), described);

    // The samples have no alias and no cancel on its way; both are told by the test below.
    described.removeAll(List.of("served_model", "cancel_requested"));
    assertThat(described).hasSizeGreaterThan(80);
    assertThat(seen).containsAll(described);
  }

  @Test
  void a_task_behind_an_alias_and_one_that_shall_be_canceled_conform() {
    var id = kit.create(ApiKit.CAT.replace("sora-2", "sora-2-all"));
    kit.run(ApiKit.taskId(id));
    kit.advance.apply(kit.task(ApiKit.taskId(id)), new TaskEvent.CancelRequested("me"));
    var asked = get(QUERY + "?id=" + id);

    assertThat(asked.path("served_model").isString()).isTrue();
    assertThat(asked.path("cancel_requested").asBoolean()).isTrue();
  }

  private static void collectNames(JsonNode node, Set<String> names) {
    names.addAll(node.propertyNames());
    node.forEach(child -> collectNames(child, names));
  }

  private static void collectDescribed(JsonNode schema, Set<String> names) {
    var here = CONTRACT.resolve(schema);
    for (var member : here.path("properties").properties()) {
      names.add(member.getKey());
      collectDescribed(member.getValue(), names);
    }
    if (here.has("items")) {
      collectDescribed(here.path("items"), names);
    }
    here.path("oneOf").forEach(one -> collectDescribed(one, names));
  }
}
