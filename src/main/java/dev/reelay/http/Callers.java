package dev.reelay.http;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyDirectory;
import dev.reelay.access.KeyScope;
import dev.reelay.limit.CallKind;
import dev.reelay.limit.RateLimit;
import dev.reelay.task.ErrorCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds out who calls, whether the key may be used from there, and whether the caller is within its
 * rate. A key without money is as good as any other here.
 */
public final class Callers {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** For all addresses together: a network of thousands must not cost the database more either. */
  static final int UNKNOWN_LOOK_UPS_PER_MINUTE = 12_000;

  private static final int UNKNOWN_LOOK_UPS_AT_ONCE = 200;

  private final KeyDirectory keys;
  private final InstantSource clock;
  private final CallLimits limits;
  private final StrangerLimits strangers;

  /** Look-ups of keys that nobody has. */
  private final RateLimit unknownLookUps;

  /** Look-ups under way, by what was presented: one for each, gone when it ends. */
  private final ConcurrentHashMap<String, CompletableFuture<KeyAnswer>> lookUps =
      new ConcurrentHashMap<>();

  public Callers(KeyDirectory keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
    this.limits = new CallLimits(clock);
    this.strangers = new StrangerLimits(clock);
    this.unknownLookUps =
        new RateLimit(clock, UNKNOWN_LOOK_UPS_PER_MINUTE, UNKNOWN_LOOK_UPS_AT_ONCE);
  }

  /**
   * The caller of a request: {@code Authorization: Bearer <key>}, the key alone as some clients
   * send it, or X-Api-Key. Counts as a query.
   *
   * @throws ApiRefusal 401, each cause with its own code; 403 for an address that the key does not
   *     allow; 429 for too many calls
   */
  public Caller of(Request request) {
    return counted(request, CallKind.QUERY, 1);
  }

  /** As {@link #of}, for a call that is worth several queries. */
  public Caller of(Request request, int queries) {
    return counted(request, CallKind.QUERY, queries);
  }

  /** As {@link #of}, for a call that creates a task and counts as such. */
  public Caller creating(Request request) {
    return counted(request, CallKind.CREATE, 1);
  }

  /**
   * Counts a call that needs no key, as one without a good key: by its address.
   *
   * @throws ApiRefusal 429 for too many calls
   */
  public void countStranger(Request request) {
    take(request, stranger(request), 1);
  }

  private Caller counted(Request request, CallKind kind, int calls) {
    var caller = known(request);
    if (!caller.key().scope().addresses().isEmpty()) {
      requireAddress(request, caller.key().scope());
    }
    var bucket = limits.of(caller, kind);
    if (bucket.isPresent()) {
      take(request, bucket.get(), calls);
    }
    return caller;
  }

  /**
   * The caller where a good key comes along. Nobody needs one: all others are counted by their
   * address and are welcome.
   *
   * @throws ApiRefusal 429 for too many calls, 403 for an address that the key does not allow
   */
  public Optional<Caller> perhaps(Request request) {
    var presented = presented(request);
    if (presented.isPresent() && answer(request, presented.get()) instanceof KeyAnswer.Known) {
      return Optional.of(of(request));
    }
    countStranger(request);
    return Optional.empty();
  }

  private Caller known(Request request) {
    return switch (answer(request, presented(request).orElse(""))) {
      case KeyAnswer.Known(Caller caller) -> caller;
      case KeyAnswer.Refused(ApiKey.Refusal why) -> {
        take(request, stranger(request), 1);
        throw ApiError.of(codeOf(why)).refusal();
      }
    };
  }

  private static Optional<String> presented(Request request) {
    return request.header(FieldName.AUTHORIZATION).or(() -> request.header(FieldName.X_API_KEY));
  }

  private KeyAnswer answer(Request request, String presented) {
    return current(keys.recall(presented).orElseGet(() -> lookedUp(request, presented)));
  }

  /** Calls that bring the same new key at once share one look-up: a burst is not many strangers. */
  private KeyAnswer lookedUp(Request request, String presented) {
    var mine = new CompletableFuture<KeyAnswer>();
    var running = lookUps.putIfAbsent(presented, mine);
    if (running != null) {
      return answerOf(running).orElseGet(() -> lookUp(request, presented));
    }
    try {
      var answer = lookUp(request, presented);
      mine.complete(answer);
      return answer;
    } finally {
      mine.cancel(false);
      lookUps.remove(presented, mine);
    }
  }

  /** What another call found; empty if it found nothing, perhaps for its own address' sake. */
  private static Optional<KeyAnswer> answerOf(CompletableFuture<KeyAnswer> running) {
    try {
      return Optional.of(running.join());
    } catch (CancellationException e) {
      return Optional.empty();
    }
  }

  /** A look-up costs the database something, so only an address with calls left gets one. */
  private KeyAnswer lookUp(Request request, String presented) {
    var bucket = stranger(request);
    take(request, bucket, 1);
    try {
      var early = unknownLookUps.take();
      if (early > 0) {
        throw tooMany(bucket, Duration.ofNanos(early)).refusal();
      }
      var answer = keys.find(presented);
      if (answer instanceof KeyAnswer.Known) {
        unknownLookUps.giveBack();
      }
      return answer;
    } finally {
      // A refusal is counted like all others, and nothing else is.
      bucket.giveBack();
    }
  }

  /** What the directory remembers may have run out since. */
  private KeyAnswer current(KeyAnswer answer) {
    return switch (answer) {
      case KeyAnswer.Known(Caller caller) -> {
        var why = caller.key().refusal(clock.instant());
        yield why.isPresent() ? new KeyAnswer.Refused(why.get()) : answer;
      }
      case KeyAnswer.Refused _ -> answer;
    };
  }

  /** Somebody elsewhere with a key that leaked must not use up what its owner may do. */
  private void requireAddress(Request request, KeyScope scope) {
    var address = request.clientAddress();
    if (!scope.allowsAddress(address)) {
      take(request, strangers.of(address), 1);
      var shown = address.getHostAddress();
      throw ApiError.of(
              ErrorCode.ADDRESS_NOT_ALLOWED,
              "This API key may not be used from the address " + shown + ".",
              "该 API Key 不允许从地址 " + shown + " 使用。")
          .refusal();
    }
  }

  private CallBucket stranger(Request request) {
    return strangers.of(request.clientAddress());
  }

  /** Known callers always see how much is left; others only when nothing is. */
  private static void take(Request request, CallBucket bucket, int calls) {
    var wait = bucket.take(calls);
    if (bucket.kind() != CallKind.UNAUTHENTICATED || wait.isPresent()) {
      request.answerWith(bucket.fields());
    }
    if (wait.isPresent()) {
      throw tooMany(bucket, wait.get()).refusal();
    }
  }

  private static ApiError tooMany(CallBucket bucket, Duration wait) {
    var seconds = Math.toIntExact(wait.plusNanos(NANOS_PER_SECOND - 1).toSeconds());
    var limit = bucket.perMinute();
    var error =
        switch (bucket.kind()) {
          case CREATE ->
              rateLimited(
                  "At most " + limit + " videos may be created a minute.",
                  "每分钟最多创建 " + limit + " 个视频。");
          case QUERY ->
              rateLimited(
                  "At most " + limit + " queries may be made a minute, all calls but creates.",
                  "除创建外，每分钟最多调用 " + limit + " 次。");
          case UNAUTHENTICATED ->
              rateLimited(
                  "At most "
                      + limit
                      + " calls without a valid API key a minute may come from an address.",
                  "同一地址每分钟最多 " + limit + " 次无有效 API Key 的请求。");
        };
    return error
        .about(bucket.kind().wire())
        .fact("limit", String.valueOf(limit))
        .retryAfter(Math.max(1, seconds));
  }

  private static ApiError rateLimited(String english, String chinese) {
    return ApiError.of(ErrorCode.RATE_LIMITED, english, chinese);
  }

  private static ErrorCode codeOf(ApiKey.Refusal why) {
    return switch (why) {
      case MISSING -> ErrorCode.MISSING_API_KEY;
      case MALFORMED -> ErrorCode.MALFORMED_API_KEY;
      case UNKNOWN -> ErrorCode.INVALID_API_KEY;
      case EXPIRED -> ErrorCode.EXPIRED_API_KEY;
      case REVOKED -> ErrorCode.REVOKED_API_KEY;
    };
  }
}
