package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.TaskEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that wait for something to tell. */
class WaitApiTest {
  private static final String QUERY = "/v1/video/query?id=";
  private static final String LONG = "&wait=50";

  /** What the clock of the test does not move still passes in no time. */
  private static final String SHORT = "&wait=0.02";

  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_wait_ends_with_the_task() {
    var id = kit.create(ApiKit.CAT);
    var waiting = kit.getLater(QUERY + id + LONG);
    kit.awaitWatching(1);

    kit.run(ApiKit.taskId(id));
    assertThat(waiting).isNotDone();
    kit.post("/v1/video/cancel?id=" + kit.create(ApiKit.CAT), "");
    assertThat(waiting).isNotDone();
    kit.fail(ApiKit.taskId(id));

    var answer = waiting.join();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(answer).path("status").asString()).isEqualTo("failed");
    assertThat(answer.body()).isEqualTo(kit.get(QUERY + id).body());
  }

  @Test
  void a_wait_with_the_tag_of_the_last_answer_ends_with_the_next_step() {
    var id = kit.create(ApiKit.CAT);
    var tag = kit.get(QUERY + id).headers().firstValue("etag").orElseThrow();
    var waiting = kit.getLater(QUERY + id + LONG, "If-None-Match", tag);
    kit.awaitWatching(1);

    kit.run(ApiKit.taskId(id));

    var answer = waiting.join();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(answer).path("status").asString()).isIn("pending", "processing");
    assertThat(answer.headers().firstValue("etag")).isNotEqualTo(tag);
  }

  @Test
  void progress_is_a_step_too() {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));
    var tag = kit.get(QUERY + id).headers().firstValue("etag").orElseThrow();
    var waiting = kit.getLater(QUERY + id + LONG, "If-None-Match", tag);
    kit.awaitWatching(1);

    kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(30));

    assertThat(ApiKit.json(waiting.join()).path("progress").asInt()).isEqualTo(30);
  }

  @Test
  void what_another_node_committed_ends_a_wait() {
    var id = ApiKit.taskId(kit.create(ApiKit.CAT));
    var waiting = kit.getLater(QUERY + id.prefixed() + LONG);
    kit.awaitWatching(1);

    kit.elsewhere(id, new TaskEvent.CancelRequested("me"));
    assertThat(waiting).isNotDone();
    kit.views.invalidate(id);

    assertThat(ApiKit.json(waiting.join()).path("error_code").asString()).isEqualTo("canceled");
  }

  @Test
  void what_was_missed_while_the_others_were_not_heard_ends_a_wait() {
    var id = ApiKit.taskId(kit.create(ApiKit.CAT));
    var waiting = kit.getLater(QUERY + id.prefixed() + LONG);
    kit.awaitWatching(1);

    kit.elsewhere(id, new TaskEvent.CancelRequested("me"));
    kit.views.invalidateAll();

    assertThat(ApiKit.json(waiting.join()).path("error_code").asString()).isEqualTo("canceled");
  }

  @Test
  void a_wait_that_is_over_answers_what_is_so() {
    var id = kit.create(ApiKit.CAT);
    var tag = kit.get(QUERY + id).headers().firstValue("etag").orElseThrow();

    var open = kit.get(QUERY + id + SHORT);
    var same = kit.get(QUERY + id + SHORT, "If-None-Match", tag);

    assertThat(ApiKit.json(open).path("status").asString()).isEqualTo("pending");
    assertThat(open.headers().firstValue("retry-after")).contains("1");
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(kit.room.taken()).isZero();
    assertThat(kit.views.watches().count()).isZero();
  }

  @Test
  void a_final_task_and_another_tag_are_answered_at_once() {
    var id = kit.create(ApiKit.CAT);
    var stale = kit.get(QUERY + id + LONG, "If-None-Match", "\"other\"");
    kit.finish(id, "0.50", folder);

    var done = kit.get(QUERY + id + LONG);

    assertThat(stale.statusCode()).isEqualTo(200);
    assertThat(ApiKit.json(done).path("status").asString()).isEqualTo("completed");
  }

  @Test
  void a_task_that_is_deleted_meanwhile_is_404() {
    var id = kit.create(ApiKit.CAT);
    var waiting = kit.getLater(QUERY + id + LONG);
    kit.awaitWatching(1);

    kit.advance.apply(ApiKit.taskId(id), new TaskEvent.DeleteRequested("me"));

    assertThat(waiting.join().statusCode()).isEqualTo(404);
    assertThat(kit.room.taken()).isZero();
  }

  @Test
  void who_finds_no_place_to_wait_is_answered_at_once() {
    var waiting = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    var id = kit.create(ApiKit.CAT);
    for (int i = 0; i < ApiKit.PLACES_PER_TENANT_MAX; i++) {
      waiting.add(kit.getLater(QUERY + id + LONG));
    }
    kit.awaitWatching(ApiKit.PLACES_PER_TENANT_MAX);

    var oneMore = kit.get(QUERY + id + LONG);
    var other = ApiKit.json(kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, ApiKit.CAT)).path("id");
    var stranger = kit.getLaterAs(ApiKit.OTHER_KEY, QUERY + other.asString() + LONG);
    kit.awaitWatching(ApiKit.PLACES_PER_TENANT_MAX + 1);
    kit.fail(ApiKit.taskId(id));

    assertThat(ApiKit.json(oneMore).path("status").asString()).isEqualTo("pending");
    assertThat(waiting).allMatch(one -> one.join().statusCode() == 200);
    kit.fail(ApiKit.taskId(other.asString()));
    assertThat(stranger.join().statusCode()).isEqualTo(200);
    assertThat(kit.room.taken()).isZero();
  }

  @Test
  void a_relay_that_stops_answers_all_waits_at_once() {
    var id = kit.create(ApiKit.CAT);
    var waiting = List.of(kit.getLater(QUERY + id + LONG), kit.getLater(QUERY + id + LONG));
    kit.awaitWatching(2);

    kit.views.watches().close();

    assertThat(waiting).allMatch(one -> one.join().statusCode() == 200);
    assertThat(kit.get(QUERY + id + LONG).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1e3", "10s", "1.2345", "0x10"})
  void a_wait_that_is_no_number_of_seconds_is_refused(String wait) {
    var reply = kit.get(QUERY + kit.create(ApiKit.CAT) + "&wait=" + wait);

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(reply).at("/error/param").asString()).isEqualTo("wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.0", "00"})
  void a_wait_of_nothing_is_none(String wait) {
    var reply = kit.get(QUERY + kit.create(ApiKit.CAT) + "&wait=" + wait);

    assertThat(reply.statusCode()).isEqualTo(200);
  }

  @Test
  void a_wait_longer_than_allowed_is_cut_and_not_refused() {
    var id = kit.create(ApiKit.CAT);
    var waiting = kit.getLater(QUERY + id + "&wait=999999999");
    kit.awaitWatching(1);

    kit.fail(ApiKit.taskId(id));

    assertThat(waiting.join().statusCode()).isEqualTo(200);
  }
}
