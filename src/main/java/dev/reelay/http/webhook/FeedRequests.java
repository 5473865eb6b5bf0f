package dev.reelay.http.webhook;

import dev.reelay.access.TenantId;
import dev.reelay.http.ApiError;
import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.LongPoll;
import dev.reelay.http.dialect.PageLimit;
import dev.reelay.task.ErrorCode;
import dev.reelay.webhook.Delivery.Happening;
import dev.reelay.webhook.EventFeed;
import dev.reelay.webhook.MessageId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * {@code GET /v1/webhooks/feed}: the events of a tenant, for a program without a public address. It
 * asks with the last event that it has and waits for the next ones.
 */
public final class FeedRequests {
  static final int LIMIT_MAX = 100;

  /** A longer wait is cut to it. */
  static final int WAIT_SECONDS_MAX = 25;

  /** Waits at once of one tenant; more are answered at once. */
  static final int WAITS_PER_TENANT_MAX = 4;

  /** Where a reader begins who has seen nothing and wants everything. */
  static final String START = "start";

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Callers callers;
  private final EventFeed feed;
  private final TaskMessages messages;
  private final FeedBell bell;
  private final InstantSource clock;
  private final Map<TenantId, Semaphore> waiting = new ConcurrentHashMap<>();

  public FeedRequests(
      Callers callers, EventFeed feed, TaskMessages messages, FeedBell bell, InstantSource clock) {
    this.callers = callers;
    this.feed = feed;
    this.messages = messages;
    this.bell = bell;
    this.clock = clock;
  }

  public Reply read(Request request) {
    var tenant = callers.of(request).tenant().id();
    var after = request.query("after").filter(text -> !text.isBlank());
    var wait = LongPoll.wait(request, WAIT_SECONDS_MAX);
    if (after.isEmpty()) {
      var next = feed.latest(tenant).map(MessageId::toString).orElse(START);
      return page(List.of(), next);
    }
    var last = last(after.get());
    var limit = PageLimit.of(request, LIMIT_MAX, LIMIT_MAX);
    var found = next(tenant, last, limit, wait);
    var next = found.isEmpty() ? after.get() : found.getLast().message().toString();
    return page(found, next);
  }

  private List<Happening> next(
      TenantId tenant, Optional<MessageId> last, int limit, Duration wait) {
    var found = look(tenant, last, limit);
    if (!found.isEmpty() || wait.isZero() || !waits(tenant).tryAcquire()) {
      return found;
    }
    try {
      var until = clock.instant().plus(wait);
      while (found.isEmpty() && clock.instant().isBefore(until)) {
        boolean goesOn = bell.await(tenant, LOOK_EVERY);
        found = look(tenant, last, limit);
        if (!goesOn) {
          return found;
        }
      }
      return found;
    } finally {
      waits(tenant).release();
    }
  }

  private Semaphore waits(TenantId tenant) {
    return waiting.computeIfAbsent(tenant, _ -> new Semaphore(WAITS_PER_TENANT_MAX));
  }

  private List<Happening> look(TenantId tenant, Optional<MessageId> last, int limit) {
    return feed.after(tenant, last, limit)
        .orElseThrow(
            () ->
                ApiError.of(
                        ErrorCode.EVENT_NOT_FOUND,
                        "`after` is no event of yours; begin without it.",
                        "`after` 不是你的事件；请不带该参数重新开始。")
                    .about("after")
                    .refusal());
  }

  private static Optional<MessageId> last(String text) {
    if (text.equals(START)) {
      return Optional.empty();
    }
    return Optional.of(
        MessageId.parse(text).orElseThrow(() -> StrictBody.wrong("after", "an event id", "事件 ID")));
  }

  /** Events of tasks that were deleted since are left out; the next page begins behind them. */
  private Reply page(List<Happening> found, String next) {
    var json = new JsonText().object().field("object", "list").array("data");
    for (var happening : found) {
      messages.ours(happening, OptionalLong.empty()).ifPresent(json::raw);
    }
    return Reply.json(200, json.endArray().field("next", next).endObject().bytes());
  }
}
