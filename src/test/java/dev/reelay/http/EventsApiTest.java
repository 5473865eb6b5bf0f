package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.TaskEvent;
import dev.reelay.testkit.EventReader;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task's steps as server-sent events. */
class EventsApiTest {
  private static final String EVENTS = "/v1/video/events?id=";

  private final ApiKit kit = new ApiKit();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_stream_tells_what_is_so_then_each_step_and_ends_with_the_task() {
    var id = kit.create(ApiKit.CAT);
    try (var stream = open(id)) {
      var first = stream.next().orElseThrow();
      assertThat(first.name()).isEqualTo("pending");
      assertThat(first.id()).isEqualTo("0");
      assertThat(first.json()).isEqualTo(kit.query(id));
      assertThat(stream.retry()).isEqualTo("2000");

      kit.submit(ApiKit.taskId(id));
      assertThat(stream.next().orElseThrow().id()).isEqualTo("1");
      kit.accept(ApiKit.taskId(id));
      assertThat(stream.next().orElseThrow().name()).isEqualTo("processing");
      kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(40));
      var progress = stream.next().orElseThrow();
      kit.fail(ApiKit.taskId(id));
      var last = stream.next().orElseThrow();

      assertThat(progress.id()).isEqualTo("2.40");
      assertThat(progress.json().path("progress").asInt()).isEqualTo(40);
      assertThat(last.name()).isEqualTo("failed");
      assertThat(last.json()).isEqualTo(kit.query(id));
      assertThat(stream.next()).isEmpty();
    }
    assertNothingIsHeld();
  }

  @Test
  void the_answer_says_that_it_is_a_stream_that_nobody_may_gather() {
    var id = kit.create(ApiKit.CAT);
    var reply = kit.openStream(EVENTS + id);
    try (var _ = new EventReader(reply.body())) {
      assertThat(reply.headers().firstValue("content-type")).contains("text/event-stream");
      assertThat(reply.headers().firstValue("cache-control")).contains("no-store, no-transform");
      assertThat(reply.headers().firstValue("x-accel-buffering")).contains("no");
    }
  }

  @Test
  void who_comes_back_is_told_what_was_missed_from_the_timeline() {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));
    kit.fail(ApiKit.taskId(id));

    var events = all(kit.openStream(EVENTS + id, "Last-Event-ID", "0"));

    assertThat(events).extracting(EventReader.Event::id).containsExactly("1", "2", "3");
    assertThat(events)
        .extracting(EventReader.Event::name)
        .containsExactly("pending", "processing", "failed");
    var past = events.get(1).json();
    assertThat(past.path("is_past").asBoolean()).isTrue();
    assertThat(past.path("status").asString()).isEqualTo("processing");
    assertThat(past.path("id").asString()).isEqualTo(id);
    assertThat(events.getLast().json()).isEqualTo(kit.query(id));
  }

  @Test
  void progress_that_was_seen_is_not_told_again() {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));
    kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(40));

    try (var stream = new EventReader(kit.openStream(EVENTS + id + "&last_event_id=2.40").body())) {
      kit.awaitWatching(1);
      kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(30));
      kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(50));

      assertThat(stream.next().orElseThrow().id()).isEqualTo("2.50");
    }
  }

  @Test
  void who_has_seen_the_end_is_told_not_to_come_again() {
    var id = kit.create(ApiKit.CAT);
    kit.fail(ApiKit.taskId(id));

    var reply = kit.get(EVENTS + id, "Last-Event-ID", "1");

    assertThat(reply.statusCode()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "1.", "99999999999999999999", "1.4000"})
  void an_id_that_is_none_of_ours_is_as_good_as_none(String lastEventId) {
    var id = kit.create(ApiKit.CAT);
    kit.run(ApiKit.taskId(id));

    try (var stream =
        new EventReader(kit.openStream(EVENTS + id + "&last_event_id=" + lastEventId).body())) {
      assertThat(stream.next().orElseThrow().id()).isEqualTo("2");
    }
  }

  @Test
  void steps_of_another_node_are_told_too() {
    var id = kit.create(ApiKit.CAT);
    try (var stream = open(id)) {
      stream.next();
      kit.elsewhere(ApiKit.taskId(id), new TaskEvent.CancelRequested("me"));
      kit.views.invalidate(ApiKit.taskId(id));

      assertThat(stream.next().orElseThrow().name()).isEqualTo("failed");
    }
  }

  @Test
  void a_deleted_task_ends_its_streams() {
    var id = kit.create(ApiKit.CAT);
    try (var stream = open(id)) {
      stream.next();
      kit.advance.apply(ApiKit.taskId(id), new TaskEvent.DeleteRequested("me"));

      assertThat(stream.next()).isEmpty();
    }
    assertNothingIsHeld();
  }

  @Test
  void a_relay_that_stops_ends_its_streams_at_once() {
    var id = kit.create(ApiKit.CAT);
    try (var stream = open(id)) {
      stream.next();

      kit.views.watches().close();

      assertThat(stream.next()).isEmpty();
    }
    assertNothingIsHeld();
  }

  @Test
  void streams_of_a_tenant_are_bounded() {
    var id = kit.create(ApiKit.CAT);
    var open = new ArrayList<EventReader>();
    for (int i = 0; i < ApiKit.PLACES_PER_TENANT_MAX; i++) {
      open.add(open(id));
      open.getLast().next();
    }

    var refused = kit.get(EVENTS + id);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(ApiKit.code(refused)).isEqualTo("stream_limit");
    assertThat(refused.headers().firstValue("retry-after")).contains("15");
    kit.fail(ApiKit.taskId(id));
    open.forEach(EventReader::close);
    assertNothingIsHeld();
  }

  @Test
  void ids_that_are_not_the_callers_are_404_and_no_id_is_400() {
    var foreign =
        ApiKit.json(kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, ApiKit.CAT)).path("id").asString();

    assertThat(kit.get(EVENTS + foreign).statusCode()).isEqualTo(404);
    assertThat(kit.get(EVENTS + "nonsense").statusCode()).isEqualTo(404);
    assertThat(kit.get("/v1/video/events").statusCode()).isEqualTo(400);
  }

  @Test
  void a_head_request_opens_no_stream() {
    var id = kit.create(ApiKit.CAT);

    var reply = kit.send(kit.request(EVENTS + id, ApiKit.KEY).method("HEAD", ApiKit.noBody()));

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.headers().firstValue("content-type")).contains("text/event-stream");
    assertNothingIsHeld();
  }

  @Test
  void a_client_that_is_gone_gives_its_place_back_with_the_next_steps() {
    var id = kit.create(ApiKit.CAT);
    var stream = open(id);
    stream.next();
    stream.close();

    for (int progress = 1; progress < 99 && !kit.isWatchingWithin(0, 100_000); progress++) {
      kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(progress));
    }

    assertNothingIsHeld();
  }

  private EventReader open(String id) {
    return new EventReader(kit.openStream(EVENTS + id).body());
  }

  private static List<EventReader.Event> all(HttpResponse<InputStream> reply) {
    var events = new ArrayList<EventReader.Event>();
    try (var stream = new EventReader(reply.body())) {
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        events.add(next.get());
      }
    }
    return events;
  }

  private void assertNothingIsHeld() {
    kit.awaitWatching(0);
  }
}
