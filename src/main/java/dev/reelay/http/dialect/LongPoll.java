package dev.reelay.http.dialect;

import dev.reelay.access.TenantId;
import dev.reelay.http.ApiError;
import dev.reelay.http.EntityTags;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.WaitingRoom;
import dev.reelay.http.Watches;
import dev.reelay.task.TaskId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Answers a query at once or, with {@code wait=SECONDS}, when there is something to tell: without
 * If-None-Match when the task is final, with it when the answer differs from the one the client
 * has. A call that finds no place to wait is answered at once, as if it had not asked to. Every
 * dialect may use it: it knows the answer only as bytes with an entity tag.
 */
public final class LongPoll {
  /** Below the minute after which proxies give up; a longer wait is cut to it. */
  public static final int WAIT_SECONDS_MAX = 50;

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?");
  private static final int MILLIS_DIGITS = 3;

  private final Watches watches;
  private final WaitingRoom room;
  private final InstantSource clock;

  public LongPoll(Watches watches, WaitingRoom room, InstantSource clock) {
    this.watches = watches;
    this.room = room;
    this.clock = clock;
  }

  /**
   * What a query would be answered now.
   *
   * @param reply with its entity tag
   * @param isFinal nothing will change any more
   */
  public record Shown(Reply.Ready reply, boolean isFinal) {}

  /**
   * Answers a query about these tasks.
   *
   * @param now looks at the tasks and writes the answer; asked again after each piece of news. Its
   *     refusals, such as for a task deleted meanwhile, end the wait
   * @throws dev.reelay.http.ApiRefusal 400 for a {@code wait} that is no number of seconds
   */
  public Reply answer(
      Request request, TenantId tenant, Collection<TaskId> tasks, Supplier<Shown> now) {
    var known = request.header(FieldName.IF_NONE_MATCH);
    var wait = wait(request, WAIT_SECONDS_MAX);
    var first = now.get();
    if (wait.isZero() || isEnough(first, known)) {
      return answer(first, known);
    }
    var place = room.enter(tenant);
    if (place.isEmpty()) {
      return answer(first, known);
    }
    try (var _ = place.get();
        var watch = watches.watch(tasks)) {
      return answer(awaited(watch, wait, known, now), known);
    }
  }

  private Shown awaited(
      Watches.Watch watch, Duration wait, Optional<String> known, Supplier<Shown> now) {
    var end = clock.instant().plus(wait);
    var shown = now.get();
    var left = wait;
    while (!isEnough(shown, known) && left.isPositive()) {
      var heard = watch.await(left);
      shown = now.get();
      left = heard == Watches.Heard.NEWS ? left(end, wait) : Duration.ZERO;
    }
    return shown;
  }

  /** A clock that is set back must not make a wait longer than was asked for. */
  private Duration left(Instant end, Duration wait) {
    var left = Duration.between(clock.instant(), end);
    return left.compareTo(wait) > 0 ? wait : left;
  }

  private static boolean isEnough(Shown shown, Optional<String> known) {
    return known.isPresent() ? !isKnown(shown.reply(), known.get()) : shown.isFinal();
  }

  private static Reply answer(Shown shown, Optional<String> known) {
    return known.isPresent() && isKnown(shown.reply(), known.get())
        ? unchanged(shown.reply())
        : shown.reply();
  }

  private static boolean isKnown(Reply.Ready ready, String known) {
    return ready.fields().stream()
        .anyMatch(
            field -> field.name() == FieldName.ETAG && EntityTags.anyMatches(known, field.value()));
  }

  private static Reply unchanged(Reply.Ready ready) {
    var fields = ready.fields().stream().filter(field -> field.name() != FieldName.CONTENT_TYPE);
    return Reply.empty(304, fields.toArray(Field[]::new));
  }

  /**
   * What {@code wait} asks for, cut to the longest; zero where none was asked for.
   *
   * @throws dev.reelay.http.ApiRefusal 400 for what is no number of seconds
   */
  public static Duration wait(Request request, int secondsMax) {
    var asked = request.query("wait").map(String::strip).filter(text -> !text.isEmpty());
    return asked.map(text -> seconds(text, secondsMax)).orElse(Duration.ZERO);
  }

  private static Duration seconds(String text, int max) {
    if (!SECONDS.matcher(text).matches()) {
      throw ApiError.field(
              "wait",
              "`wait` must be a number of seconds; at most " + max + " are waited.",
              "`wait` 必须是秒数，最多等待 " + max + " 秒。")
          .refusal();
    }
    var asked = new BigDecimal(text).min(BigDecimal.valueOf(max));
    return Duration.ofMillis(asked.movePointRight(MILLIS_DIGITS).longValueExact());
  }
}
