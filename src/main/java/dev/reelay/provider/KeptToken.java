package dev.reelay.provider;

import dev.reelay.access.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The token of one credential. One asks for it at a time, without a lock while the question is
 * under way; the others take the token that there is as long as it is good, or wait a little.
 */
final class KeptToken {
  /** A token this near to its end is renewed; one of a short life at half of that. */
  static final Duration RENEWED_BEFORE = Duration.ofMinutes(5);

  /** After a failure nobody asks again for so long, unless the provider says longer. */
  static final Duration FAILURE_KEPT = Duration.ofSeconds(10);

  /** How long one waits for somebody else's question. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final InstantSource clock;
  private Optional<Token> token = Optional.empty();
  private Optional<Failure> failure = Optional.empty();
  private Optional<CompletableFuture<Login>> underWay = Optional.empty();

  KeptToken(InstantSource clock) {
    this.clock = clock;
  }

  private record Token(Secret secret, Instant renewAt, Instant endsAt) {
    static Token of(Login.Granted granted, Instant from) {
      var half = granted.life().dividedBy(2);
      var margin = half.compareTo(RENEWED_BEFORE) < 0 ? half : RENEWED_BEFORE;
      var ends = from.plus(granted.life());
      return new Token(granted.token(), ends.minus(margin), ends);
    }
  }

  private record Failure(Login came, Instant until) {}

  /** What is to be done, decided under the lock. */
  private sealed interface Turn {
    record Take(Secret token) implements Turn {}

    record GiveUp(Login came) implements Turn {}

    record Wait(CompletableFuture<Login> underWay) implements Turn {}

    record Ask(CompletableFuture<Login> underWay) implements Turn {}
  }

  /**
   * The line with the token.
   *
   * @param login asks for one, which may take as long as a call
   */
  Logins.Entry enter(Lines.Line.Open line, Supplier<Login> login) {
    return switch (turn(clock.instant())) {
      case Turn.Take(Secret kept) ->
          new Logins.Entry.Open(line.with(kept), Logins.Showing.A_KEPT_TOKEN);
      case Turn.GiveUp(Login before) -> came(line, before);
      case Turn.Wait(var future) -> awaited(line, future);
      case Turn.Ask(var future) -> came(line, asked(future, login));
    };
  }

  private synchronized Turn turn(Instant now) {
    if (token.filter(kept -> now.isBefore(kept.renewAt())).isPresent()) {
      return new Turn.Take(token.get().secret());
    }
    if (underWay.isPresent()) {
      return token
          .filter(kept -> now.isBefore(kept.endsAt()))
          .<Turn>map(kept -> new Turn.Take(kept.secret()))
          .orElse(new Turn.Wait(underWay.get()));
    }
    if (failure.filter(kept -> now.isBefore(kept.until())).isPresent()) {
      return new Turn.GiveUp(failure.get().came());
    }
    var future = new CompletableFuture<Login>();
    underWay = Optional.of(future);
    return new Turn.Ask(future);
  }

  private Login asked(CompletableFuture<Login> future, Supplier<Login> login) {
    var from = clock.instant();
    Login came = new Login.Unanswered("no token was asked for", Optional.empty());
    try {
      came = login.get();
    } finally {
      note(came, from);
      future.complete(came);
    }
    return came;
  }

  private synchronized void note(Login came, Instant from) {
    underWay = Optional.empty();
    switch (came) {
      case Login.Granted granted -> {
        token = Optional.of(Token.of(granted, from));
        failure = Optional.empty();
      }
      case Login.Refused _ -> failed(came, FAILURE_KEPT);
      case Login.Unanswered(_, var after) ->
          failed(came, after.filter(wait -> wait.compareTo(FAILURE_KEPT) > 0).orElse(FAILURE_KEPT));
    }
  }

  private void failed(Login came, Duration kept) {
    failure = Optional.of(new Failure(came, clock.instant().plus(kept)));
  }

  private Logins.Entry awaited(Lines.Line.Open line, CompletableFuture<Login> future) {
    try {
      return came(line, future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return waited("interrupted while a token is asked for");
    } catch (TimeoutException _) {
      return waited("a token is still being asked for");
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is only ever completed", e);
    }
  }

  private static Logins.Entry waited(String why) {
    return new Logins.Entry.Shut(why, Logins.Reason.UNDER_WAY, Optional.empty());
  }

  /** A token that is still good serves where no new one was got. */
  private Logins.Entry came(Lines.Line.Open line, Login came) {
    return switch (came) {
      case Login.Granted(Secret fresh, _) ->
          new Logins.Entry.Open(line.with(fresh), Logins.Showing.A_NEW_TOKEN);
      case Login.Refused(String why) ->
          good(line, new Logins.Entry.Shut(why, Logins.Reason.REFUSED, Optional.empty()));
      case Login.Unanswered(String why, var after) ->
          good(line, new Logins.Entry.Shut(why, Logins.Reason.UNANSWERED, after));
    };
  }

  private synchronized Logins.Entry good(Lines.Line.Open line, Logins.Entry.Shut shut) {
    return token
        .filter(kept -> clock.instant().isBefore(kept.endsAt()))
        .<Logins.Entry>map(
            kept -> new Logins.Entry.Open(line.with(kept.secret()), Logins.Showing.A_KEPT_TOKEN))
        .orElse(shut);
  }

  /** Forgets the token, if it is still that one: somebody may have renewed it already. */
  synchronized void drop(Secret refused) {
    token = token.filter(kept -> !kept.secret().equals(refused));
  }
}
