package dev.reelay.http.dialect.unified;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.http.JsonText;
import dev.reelay.http.ViewCache;
import dev.reelay.http.dialect.PollAdvice;
import dev.reelay.http.dialect.ReadyAnswers;
import dev.reelay.task.Task;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.StoreAway;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A stream while the database is away, which the routes cannot show without waiting for it. */
class EventStreamTest {
  private static final int LOOKS_IN_VAIN = 3;

  private final ManualClock clock = new ManualClock();
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final ViewCache views = new ViewCache(store, clock);
  private final Task done = Objects.requireNonNull(SampleTasks.all().get("succeeded"));
  private int looks;

  @Test
  void a_database_that_is_away_for_a_while_ends_no_stream() throws IOException {
    var out = new ByteArrayOutputStream();

    stream().writeTo(out);

    assertThat(looks).isEqualTo(LOOKS_IN_VAIN + 1);
    assertThat(out.toString(UTF_8)).containsOnlyOnce("event: completed");
    assertThat(views.watches().count()).isZero();
  }

  private EventStream stream() {
    var answers =
        new ReadyAnswers(
            _ -> new JsonText().object().endObject().segments(),
            new PollAdvice((_, _) -> Optional.empty(), clock),
            new ReadyAnswers.Shelf());
    return new EventStream(
        new EventStream.Subject(done.id(), "id", "http://relay.example"),
        this::look,
        new UnifiedEvents.Sources(views, store, answers),
        EventId.parse(""),
        clock);
  }

  /** Each look in vain is followed by news, so that nothing is waited for. */
  private Optional<Task> look() {
    looks++;
    if (looks <= LOOKS_IN_VAIN) {
      views.invalidate(done.id());
      throw new StoreAway();
    }
    return Optional.of(done);
  }
}
