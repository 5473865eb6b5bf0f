package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.RequestRates;
import dev.reelay.task.TaskEvent;
import java.util.Collections;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One query about many tasks. */
class ManyIdsApiTest {
  private static final String QUERY = "/v1/video/query?ids=";
  private static final String UNKNOWN = "task_01k6x15vhrff09dkkqjrzwhm60";

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void the_answers_stand_in_the_order_asked_and_are_those_of_single_queries() {
    var first = kit.create(ApiKit.CAT);
    var second = "video_" + ApiKit.bare(kit.create(ApiKit.CAT));

    var commas = ApiKit.json(kit.get(QUERY + second + "," + first + "," + second));
    var repeated = ApiKit.json(kit.get(QUERY + second + "&ids=" + first + ",&ids=" + second));

    assertThat(commas.path("object").asString()).isEqualTo("list");
    assertThat(ApiKit.idsOf(commas)).containsExactly(second, first, second);
    assertThat(commas.path("data").path(1)).isEqualTo(kit.query(first));
    assertThat(repeated).isEqualTo(commas);
  }

  @Test
  void missing_foreign_and_deleted_tasks_are_the_same_error_in_their_places() {
    var mine = kit.create(ApiKit.CAT);
    var deleted = kit.create(ApiKit.CAT);
    kit.advance.apply(ApiKit.taskId(deleted), new TaskEvent.DeleteRequested("me"));
    var reply = kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, ApiKit.CAT);
    var foreign = ApiKit.json(reply).path("id").asString();

    var list = kit.get(QUERY + String.join(",", UNKNOWN, mine, foreign, deleted, "nonsense"));

    var data = ApiKit.json(list).path("data");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(data.path(1).path("status").asString()).isEqualTo("pending");
    assertThat(data.path(0).at("/error/code").asString()).isEqualTo("task_not_found");
    assertThat(data.path(0).path("status_code").asInt()).isEqualTo(404);
    assertThat(data.path(2).path("id").asString()).isEqualTo(foreign);
    for (int i : new int[] {2, 3, 4}) {
      assertThat(data.path(i).path("error")).isEqualTo(data.path(0).path("error"));
    }
  }

  @Test
  void a_hundred_ids_are_taken_and_one_more_is_refused() {
    var id = kit.create(ApiKit.CAT);

    var hundred = kit.get(QUERY + String.join(",", Collections.nCopies(100, id)));
    var more = kit.get(QUERY + String.join(",", Collections.nCopies(101, id)));

    assertThat(ApiKit.json(hundred).path("data")).hasSize(100);
    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(ApiKit.json(more).at("/error/param").asString()).isEqualTo("ids");
  }

  @Test
  void ten_ids_count_as_one_query() {
    kit.putDeclared(ApiKit.KEY, new RequestRates(OptionalInt.empty(), OptionalInt.of(10)));
    var ids = String.join(",", Collections.nCopies(41, UNKNOWN));

    var first = kit.get(QUERY + ids);
    var second = kit.get(QUERY + ids);
    var third = kit.get(QUERY + UNKNOWN);

    assertThat(first.headers().firstValue("x-ratelimit-remaining-requests")).contains("5");
    assertThat(second.headers().firstValue("x-ratelimit-remaining-requests")).contains("0");
    assertThat(third.statusCode()).isEqualTo(429);
  }

  @Test
  void a_caller_with_a_small_rate_may_ask_for_a_hundred_all_the_same() {
    kit.putDeclared(ApiKit.KEY, new RequestRates(OptionalInt.empty(), OptionalInt.of(2)));

    var reply = kit.get(QUERY + String.join(",", Collections.nCopies(100, UNKNOWN)));

    assertThat(reply.statusCode()).isEqualTo(200);
  }

  @Test
  void the_tag_holds_until_one_of_them_changes_and_a_wait_ends_with_the_last() {
    var first = kit.create(ApiKit.CAT);
    var second = kit.create(ApiKit.CAT);
    var path = QUERY + first + "," + second;
    var tag = kit.get(path).headers().firstValue("etag").orElseThrow();

    var same = kit.get(path, "If-None-Match", tag);
    var waiting = kit.getLater(path + "&wait=50");
    kit.awaitWatching(1);
    kit.fail(ApiKit.taskId(second));
    var changed = kit.get(path, "If-None-Match", tag);

    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(waiting).isNotDone();
    kit.fail(ApiKit.taskId(first));
    assertThat(ApiKit.json(waiting.join()).at("/data/0/status").asString()).isEqualTo("failed");
    assertThat(kit.get(path).headers().firstValue("retry-after")).isEmpty();
  }
}
