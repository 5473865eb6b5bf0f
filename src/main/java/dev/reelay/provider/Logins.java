package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.routing.CredentialId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Gets and keeps the tokens of credentials that are not sent themselves. They are in memory only,
 * each for its own credential, provider and secret, and renewed before they end.
 */
final class Logins {
  static final int KEPT_MAX = 1_000;

  private final Outbound outbound;
  private final InstantSource clock;

  /** By last use. */
  private final Map<Key, KeptToken> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Key(String provider, CredentialId credential, Secret secret, Origin home) {}

  Logins(Outbound outbound, InstantSource clock) {
    this.outbound = outbound;
    this.clock = clock;
  }

  /** Whether calls can be made. */
  sealed interface Entry {
    /**
     * @param line with what its calls show
     */
    record Open(Lines.Line.Open line, Showing showing) implements Entry {}

    record Shut(String why, Reason reason, Optional<Duration> retryAfter) implements Entry {}
  }

  /** What calls show. */
  enum Showing {
    THE_SECRET,
    A_NEW_TOKEN,
    A_KEPT_TOKEN
  }

  /** Why there is no token. */
  enum Reason {
    /** The secret is not taken. */
    REFUSED,
    /** Who gives tokens was not reached or did not say. */
    UNANSWERED,
    /** Somebody else's question for the same token has not been answered yet. */
    UNDER_WAY
  }

  /**
   * Asks with what the provider wants shown. Where a token that was kept turns out not to be taken
   * any more, the same is asked once more with a new one.
   */
  <O> Drive.Ended<O> ask(Lines.Line.Open line, Question<O> question) {
    return switch (enter(line)) {
      case Entry.Shut none -> ended(none, question);
      case Entry.Open first -> {
        var ended = run(first.line(), question);
        if (!ended.unauthorized() || first.showing() == Showing.THE_SECRET) {
          yield ended;
        }
        kept(line).drop(first.line().context().credential());
        yield first.showing() == Showing.A_KEPT_TOKEN && question.undone().test(ended.outcome())
            ? askAnew(line, question)
            : ended;
      }
    };
  }

  private <O> Drive.Ended<O> askAnew(Lines.Line.Open line, Question<O> question) {
    return switch (enter(line)) {
      case Entry.Shut none -> ended(none, question);
      case Entry.Open second -> run(second.line(), question);
    };
  }

  private <O> Drive.Ended<O> run(Lines.Line.Open line, Question<O> question) {
    return new Drive<O>(outbound, line, question.tempo(), question.ending())
        .run(() -> question.operation().apply(line));
  }

  private static <O> Drive.Ended<O> ended(Entry.Shut none, Question<O> question) {
    return new Drive.Ended<>(
        question.shut().apply(none), none.reason() == Reason.UNANSWERED, false);
  }

  /** The line as its calls are to be made. */
  Entry enter(Lines.Line.Open line) {
    return line.provider().login(line.context()).isEmpty()
        ? new Entry.Open(line, Showing.THE_SECRET)
        : kept(line).enter(line, () -> login(line));
  }

  private KeptToken kept(Lines.Line.Open line) {
    var key =
        new Key(
            line.provider().name(), line.credential(), line.context().credential(), line.home());
    synchronized (kept) {
      var found = kept.computeIfAbsent(key, _ -> new KeptToken(clock));
      if (kept.size() > KEPT_MAX) {
        kept.remove(kept.keySet().iterator().next());
      }
      return found;
    }
  }

  private Login login(Lines.Line.Open line) {
    return new Drive<Login>(
            outbound,
            line,
            Optional.empty(),
            (_, why) -> new Login.Unanswered("no token: " + why, Optional.empty()))
        .run(() -> line.provider().login(line.context()).orElseThrow())
        .outcome();
  }
}
