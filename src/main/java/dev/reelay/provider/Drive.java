package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.limit.Tempo;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one operation to its end: makes the calls it asks for and ends it where no answer lets the
 * adapter decide. It never repeats a call.
 *
 * @param <O> what the operation ends with
 */
final class Drive<O> {
  static final int STEPS_MAX = 8;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Logger LOG = LoggerFactory.getLogger(Drive.class);

  private final Outbound outbound;
  private final TrustedOrigins origins;
  private final Secret secret;
  private final Instant begunAt;
  private final Optional<Tempo> tempo;
  private final Ending<O> ending;

  /** Set from the moment that a byte of a creating call may have left. */
  private boolean mayExist;

  private boolean unreached;
  private boolean unauthorized;

  /**
   * @param tempo what pauses where the provider says that too many such calls come, and for how
   *     long to stay away
   */
  Drive(Outbound outbound, Lines.Line.Open line, Optional<Tempo> tempo, Ending<O> ending) {
    this.outbound = outbound.by(line.proxy());
    this.origins = line.origins();
    this.secret = line.context().credential();
    this.begunAt = line.context().now();
    this.tempo = tempo;
    this.ending = ending;
  }

  /** What an operation ends with when the adapter could not decide. */
  interface Ending<O> {
    /**
     * @param mayExist a creating call may have reached the provider
     */
    O of(boolean mayExist, String why);
  }

  /**
   * What an operation ended with, and what its calls met.
   *
   * @param unreached some call got no answer; not for what the adapter or the caller did wrong
   * @param unauthorized what some call showed was not taken
   */
  record Ended<O>(O outcome, boolean unreached, boolean unauthorized) {}

  Ended<O> run(Supplier<Operation<O>> make) {
    var outcome = outcome(make);
    return new Ended<>(outcome, unreached, unauthorized);
  }

  /** Making the operation is the adapter's work too, so a fault there is caught here. */
  private O outcome(Supplier<Operation<O>> make) {
    try {
      var operation = make.get();
      var step = operation.begin();
      for (var steps = 0; steps < STEPS_MAX; steps++) {
        switch (step) {
          case Step.Done<O>(O outcome) -> {
            return outcome;
          }
          case Step.Send<O> send -> {
            switch (exchange(send)) {
              case Exchange.Answered(Reply reply) -> {
                unauthorized |= reply.status() == UNAUTHORIZED;
                heedPause(reply);
                step = operation.next(send.state(), reply.without(secret));
              }
              case Exchange.NotSent(String why) -> {
                return ending.of(mayExist, why);
              }
              case Exchange.Refused(String why) -> {
                return ending.of(mayExist, why);
              }
              case Exchange.Lost(String why) -> {
                return ending.of(mayExist, why);
              }
            }
          }
        }
      }
      return step instanceof Step.Done<O>(O outcome) ? outcome : tooManySteps();
    } catch (RuntimeException | StackOverflowError e) {
      LOG.atError().setCause(e).addKeyValue("host", origins.own().place()).log("an adapter failed");
      return ending.of(mayExist, "the answer could not be read: " + e.getClass().getSimpleName());
    }
  }

  private Exchange exchange(Step.Send<O> send) {
    var connections = send.creates() ? Outbound.Connections.FRESH : Outbound.Connections.POOLED;
    var exchange = outbound.exchange(send.call(), origins.of(send.call().uri()), connections);
    unreached |= !(exchange instanceof Exchange.Answered);
    mayExist |=
        send.creates()
            && (exchange instanceof Exchange.Answered || exchange instanceof Exchange.Lost);
    return exchange;
  }

  private void heedPause(Reply reply) {
    if (reply.status() == TOO_MANY_REQUESTS) {
      reply.retryAfter(begunAt).ifPresent(wait -> tempo.ifPresent(slowed -> slowed.pause(wait)));
    }
  }

  private O tooManySteps() {
    LOG.atError()
        .addKeyValue("host", origins.own().place())
        .log("an operation took too many steps");
    return ending.of(mayExist, "more than " + STEPS_MAX + " steps");
  }
}
