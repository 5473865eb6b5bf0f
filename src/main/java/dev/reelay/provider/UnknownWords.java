package dev.reelay.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the status words that no adapter knows, and tells the log of each once an hour. */
final class UnknownWords {
  static final int WORDS_MAX = 1_000;
  static final int WORD_CHARS_MAX = 100;
  static final Duration LOG_EVERY = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(UnknownWords.class);

  private final InstantSource clock;
  private final ConcurrentHashMap<String, Seen> seen = new ConcurrentHashMap<>();

  UnknownWords(InstantSource clock) {
    this.clock = clock;
  }

  private record Seen(long times, Instant loggedAt) {}

  /** Notes a word and gives it back at its bounded length. */
  String note(String provider, String raw) {
    var word = raw.length() <= WORD_CHARS_MAX ? raw : raw.substring(0, WORD_CHARS_MAX);
    var key = provider + ":" + word;
    if (seen.size() < WORDS_MAX || seen.containsKey(key)) {
      seen.compute(key, (_, before) -> count(provider, word, before));
    }
    return word;
  }

  private Seen count(String provider, String word, @Nullable Seen before) {
    var now = clock.instant();
    if (before != null && now.isBefore(before.loggedAt().plus(LOG_EVERY))) {
      return new Seen(before.times() + 1, before.loggedAt());
    }
    LOG.atWarn()
        .addKeyValue("provider", provider)
        .addKeyValue("word", word)
        .log("a provider said a status word that nobody knows; its tasks stay as they are");
    return new Seen(before == null ? 1 : before.times() + 1, now);
  }

  /** How often each word was seen, as {@code provider:word}. */
  Map<String, Long> counts() {
    var counts = new TreeMap<String, Long>();
    seen.forEach((word, s) -> counts.put(word, s.times()));
    return counts;
  }
}
