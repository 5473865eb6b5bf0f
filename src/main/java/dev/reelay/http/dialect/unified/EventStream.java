package dev.reelay.http.dialect.unified;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Watches.Heard;
import dev.reelay.http.Watches.Watch;
import dev.reelay.task.StoreUnreachable;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.TimelineRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One stream of server-sent events about one task. An event is named by the format's word and
 * carries the body of a query; steps that the client missed, or that came too quickly one after the
 * other, are told before it from the timeline. Between events the thread is parked. Used once.
 */
final class EventStream implements Reply.Writer {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** So often nothing may have happened until the store is asked all the same. */
  static final int HEARTBEATS_PER_LOOK = 4;

  /** A client comes back by itself, and its key is looked at again. */
  static final Duration STREAM_MAX = Duration.ofHours(1);

  /** The last of the missed steps; more would be no help to anybody. */
  static final int MISSED_MAX = 100;

  private static final byte[] RETRY = "retry: 2000\n\n".getBytes(US_ASCII);
  private static final byte[] HEARTBEAT_LINE = ":\n\n".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);

  private final Subject subject;
  private final Supplier<Optional<Task>> look;
  private final UnifiedEvents.Sources sources;
  private final InstantSource clock;
  private EventId seen;
  private int quietMax = HEARTBEATS_PER_LOOK;

  /** The task, and how the caller names it and us. */
  record Subject(TaskId task, String askedId, String baseUrl) {}

  /**
   * @param look the task, while the caller may see it
   * @param seen the last event that the client had
   */
  EventStream(
      Subject subject,
      Supplier<Optional<Task>> look,
      UnifiedEvents.Sources sources,
      EventId seen,
      InstantSource clock) {
    this.subject = subject;
    this.look = look;
    this.sources = sources;
    this.seen = seen;
    this.clock = clock;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    var end = clock.instant().plus(STREAM_MAX);
    try (var watch = sources.views().watches().watch(List.of(subject.task()))) {
      send(out, RETRY);
      boolean goesOn = tellIfThere(out);
      while (goesOn && clock.instant().isBefore(end)) {
        goesOn = awaitNews(watch, out) && tellIfThere(out);
      }
    }
  }

  /** A database that is away ends no stream: it is asked again at the next sign of life. */
  private boolean tellIfThere(OutputStream out) throws IOException {
    try {
      boolean goesOn = tellNews(out);
      quietMax = HEARTBEATS_PER_LOOK;
      return goesOn;
    } catch (StoreUnreachable away) {
      quietMax = 1;
      return true;
    }
  }

  /** Waits until there may be news, with a sign of life now and then; false if the relay stops. */
  private boolean awaitNews(Watch watch, OutputStream out) throws IOException {
    for (int quiet = 0; quiet < quietMax; quiet++) {
      switch (watch.await(HEARTBEAT)) {
        case Heard.NEWS -> {
          return true;
        }
        case Heard.STOPPING -> {
          return false;
        }
        case Heard.NOTHING -> send(out, HEARTBEAT_LINE);
      }
    }
    return true;
  }

  /** False after the last event, and for a task that was deleted. */
  private boolean tellNews(OutputStream out) throws IOException {
    var found = look.get();
    if (found.isEmpty()) {
      return false;
    }
    var task = found.get();
    var now = EventId.of(task);
    if (now.isAfter(seen)) {
      send(out, news(task, now));
      seen = now;
    }
    return !task.isFinal();
  }

  private byte[] news(Task task, EventId now) {
    var bytes = new ByteArrayOutputStream();
    if (!seen.isNone() && now.number() > seen.number() + 1) {
      missed(now).forEach(row -> event(bytes, idOf(row), wordOf(row), past(task, row)));
    }
    var answer = sources.answers().of(task, subject.askedId(), subject.baseUrl());
    event(bytes, now.toString(), UnifiedView.word(task), answer.body());
    return bytes.toByteArray();
  }

  private List<TimelineRow> missed(EventId now) {
    var rows =
        sources.store().timeline(subject.task()).stream()
            .filter(row -> row.number() > seen.number() && row.number() < now.number())
            .toList();
    return rows.subList(Math.max(0, rows.size() - MISSED_MAX), rows.size());
  }

  /** What is known of a step that is over. */
  private byte[] past(Task task, TimelineRow row) {
    return new JsonText()
        .object()
        .field("id", subject.askedId())
        .field("task_id", subject.askedId())
        .field("object", "video")
        .field("model", task.request().form().requested().value())
        .field("status", wordOf(row))
        .field("status_update_time", row.at().toEpochMilli())
        .field("created_at", task.accepted().createdAt().getEpochSecond())
        .field("is_past", true)
        .endObject()
        .bytes();
  }

  private static String idOf(TimelineRow row) {
    return String.valueOf(row.number());
  }

  private static String wordOf(TimelineRow row) {
    return Word.ofState(row.state()).text();
  }

  /** The data has no line breaks: JSON as we write it has none. */
  private static void event(ByteArrayOutputStream out, String id, String word, byte[] data) {
    out.writeBytes(("id: " + id + "\nevent: " + word + "\ndata: ").getBytes(UTF_8));
    out.writeBytes(data);
    out.writeBytes(END);
  }

  private static void send(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }
}
