package dev.reelay.provider;

import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has callbacks checked by the adapters of their channels, and counts those that are refused. */
final class CallbackChecks {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackChecks.class);

  private final Lines lines;
  private final KeyShelf shelf;
  private final Map<String, Long> forged = new ConcurrentHashMap<>();

  CallbackChecks(Lines lines, KeyShelf shelf) {
    this.lines = lines;
    this.shelf = shelf;
  }

  /** Where channel or credential are gone nobody can ask for the job either, so it may pass. */
  Provenance provenance(Attempt attempt, Callback callback) {
    return switch (lines.to(attempt)) {
      case Lines.Line.Gone _ -> new Provenance.NotSigned();
      case Lines.Line.Open line -> noted(attempt, line, check(attempt, line, callback));
    };
  }

  private Provenance check(Attempt attempt, Lines.Line.Open line, Callback callback) {
    var secret = lines.callbackSecret(attempt.credential());
    Optional<URI> place;
    try {
      place = line.provider().signing().keysAt(line.context().settings());
    } catch (IllegalArgumentException e) {
      return new Provenance.Unchecked("the channel's setting for keys is no address");
    }
    if (place.isEmpty()) {
      return check(line, callback, new CallbackSigning.Means(secret, Optional.empty()));
    }
    return shelf.withKeys(
        place.get(),
        line,
        keys -> check(line, callback, new CallbackSigning.Means(secret, Optional.of(keys))));
  }

  /**
   * Callbacks are text of strangers: one over which an adapter stumbles is none of its provider.
   */
  private static Provenance check(
      Lines.Line.Open line, Callback callback, CallbackSigning.Means means) {
    try {
      return line.provider().signing().check(line.context(), callback, means);
    } catch (RuntimeException | StackOverflowError e) {
      return new Provenance.Forged("it cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Provenance noted(Attempt attempt, Lines.Line.Open line, Provenance provenance) {
    switch (provenance) {
      case Provenance.Genuine _, Provenance.NotSigned _ -> {}
      case Provenance.Forged(String why) -> {
        var name = line.provider().name();
        var times = forged.merge(name, 1L, Long::sum);
        LOG.atWarn()
            .addKeyValue("provider", name)
            .addKeyValue("channel", attempt.channel())
            .addKeyValue("attempt", attempt.token())
            .addKeyValue("why", why)
            .addKeyValue("times", times)
            .log("a callback was refused: it is not signed as its provider signs");
      }
      case Provenance.Unchecked(String why) ->
          LOG.atWarn()
              .addKeyValue("provider", line.provider().name())
              .addKeyValue("why", why)
              .log("a callback could not be checked; it may come again");
    }
    return provenance;
  }

  /** How many were refused, by provider. */
  Map<String, Long> forged() {
    return new TreeMap<>(forged);
  }
}
