package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.TaskId;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.EdgeKit;
import dev.reelay.testkit.EventReader;
import dev.reelay.testkit.RawConnection;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Readers of event streams that take little or nothing. */
class SlowReaderTest {
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /** With it an event has some 100 KiB, so that few of them fill all buffers on the way. */
  private static final String LONG_PROMPT = "p".repeat(VideoRequest.PROMPT_CHARS_MAX);

  private static final String TASK = "{'model':'sora-2','prompt':'" + LONG_PROMPT + "'}";

  private final ApiKit kit = new ApiKit(EdgeKit.impatient(PATIENCE));

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_reader_that_stalls_is_cut_off_and_its_place_is_free_again() {
    var id = kit.create(TASK);
    kit.run(ApiKit.taskId(id));
    try (var stalled = new RawConnection(kit.port(), 8 << 10)) {
      stalled.send(head(id));
      kit.awaitWatching(1);
      advanceUntilNobodyListens(ApiKit.taskId(id));

      assertThat(stalled.drain()).isPositive();
    }
    assertThat(kit.task(ApiKit.taskId(id)).isFinal()).isFalse();
  }

  @Test
  void a_slow_reader_misses_steps_of_progress_and_no_state() {
    var id = kit.create(TASK);
    kit.run(ApiKit.taskId(id));
    try (var stream = new EventReader(kit.openStream("/v1/video/events?id=" + id).body())) {
      for (int progress = 1; progress < 99; progress++) {
        kit.views.progressed(kit.task(ApiKit.taskId(id)).withProgress(progress));
      }
      kit.fail(ApiKit.taskId(id));

      var names = new ArrayList<String>();
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        names.add(next.get().name());
      }
      assertThat(names).startsWith("processing").endsWith("failed").hasSizeLessThan(101);
      assertThat(names.stream().filter("failed"::equals)).hasSize(1);
    }
  }

  /** Steps until nobody is left who listens; each fills more of the buffers on the way. */
  private void advanceUntilNobodyListens(TaskId id) {
    for (int progress = 1; progress < 99 && !kit.isWatchingWithin(0, 200_000); progress++) {
      kit.views.progressed(kit.task(id).withProgress(progress));
    }
    kit.awaitWatching(0);
  }

  private static String head(String id) {
    return "GET /v1/video/events?id="
        + id
        + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
        + ApiKit.KEY
        + "\r\n\r\n";
  }
}
