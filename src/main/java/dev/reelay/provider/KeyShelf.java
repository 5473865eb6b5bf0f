package dev.reelay.provider;

import dev.reelay.task.Provenance;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The public keys by which providers sign, fetched when they are first needed and kept for a day.
 * Those that fit no signature are fetched again, since a provider may have changed them, but
 * seldom, since a forger can ask for that too.
 */
final class KeyShelf {
  /** As long as fal lets its own be kept; nobody says less. */
  static final Duration KEPT_MAX = Duration.ofHours(24);

  /** Younger ones are not fetched again for a signature that they do not fit. */
  static final Duration FETCH_EVERY = Duration.ofMinutes(5);

  /** How long it is left at a fetch that failed. */
  static final Duration FAILURE_KEPT = Duration.ofSeconds(30);

  private final Outbound outbound;
  private final InstantSource clock;

  /** One for each address that operators or adapters name, so there are few. */
  private final Map<URI, Fetched> shelf = new ConcurrentHashMap<>();

  private final Map<URI, CompletableFuture<Fetched>> under = new ConcurrentHashMap<>();

  KeyShelf(Outbound outbound, InstantSource clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  private sealed interface Fetched {
    /** When their server was last asked. */
    Instant askedAt();

    record Here(String text, Instant since, Instant askedAt) implements Fetched {}

    record Missing(String why, Instant askedAt) implements Fetched {}
  }

  /** What a check says with the keys at that place; what they do not fit is checked once more. */
  Provenance withKeys(URI place, Lines.Line.Open line, Function<String, Provenance> check) {
    var kept = Optional.ofNullable(shelf.get(place)).filter(this::isGood);
    var first = kept.orElseGet(() -> fetch(place, line));
    var found = checked(first, check);
    return found instanceof Provenance.Forged && isPast(first.askedAt(), FETCH_EVERY)
        ? checked(fetch(place, line), check)
        : found;
  }

  private static Provenance checked(Fetched fetched, Function<String, Provenance> check) {
    return switch (fetched) {
      case Fetched.Here here -> check.apply(here.text());
      case Fetched.Missing missing -> new Provenance.Unchecked(missing.why());
    };
  }

  private boolean isGood(Fetched fetched) {
    return switch (fetched) {
      case Fetched.Here here -> !isPast(here.since(), KEPT_MAX);
      case Fetched.Missing missing -> !isPast(missing.askedAt(), FAILURE_KEPT);
    };
  }

  private boolean isPast(Instant since, Duration age) {
    return !clock.instant().isBefore(since.plus(age));
  }

  /** One fetch for all that wait for the same keys. */
  private Fetched fetch(URI place, Lines.Line.Open line) {
    var ours = new CompletableFuture<Fetched>();
    var theirs = under.putIfAbsent(place, ours);
    if (theirs != null) {
      return theirs.join();
    }
    try {
      var fetched = kept(ask(place, line), Optional.ofNullable(shelf.get(place)));
      shelf.put(place, fetched);
      ours.complete(fetched);
      return fetched;
    } finally {
      under.remove(place);
      ours.complete(new Fetched.Missing("the keys were not fetched", clock.instant()));
    }
  }

  /** Those that are good stay, also where newer ones cannot be had. */
  private Fetched kept(Fetched now, Optional<Fetched> before) {
    return switch (now) {
      case Fetched.Here here -> here;
      case Fetched.Missing missing ->
          before.filter(this::isGood).orElse(missing) instanceof Fetched.Here old
              ? new Fetched.Here(old.text(), old.since(), missing.askedAt())
              : missing;
    };
  }

  /** Nothing of the channel's goes along but its way out. */
  private Fetched ask(URI place, Lines.Line.Open line) {
    var call = Call.get(place).with("Accept", "application/json");
    var exchange =
        outbound.by(line.proxy()).exchange(call, line.home(), Outbound.Connections.FRESH);
    return switch (exchange) {
      case Exchange.Answered(Reply reply) when reply.isSuccess() -> here(reply.body());
      case Exchange.Answered(Reply reply) -> missing("their server said " + reply.status());
      case Exchange.Refused(String why) -> missing(why);
      case Exchange.Lost(String why) -> missing(why);
      case Exchange.NotSent(String why) -> missing(why);
    };
  }

  private Fetched here(String text) {
    return new Fetched.Here(text, clock.instant(), clock.instant());
  }

  private Fetched missing(String why) {
    return new Fetched.Missing("the keys were not fetched: " + why, clock.instant());
  }
}
