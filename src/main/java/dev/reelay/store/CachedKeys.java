package dev.reelay.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.reelay.access.ApiKey.Refusal;
import dev.reelay.access.ApiKeyFormat;
import dev.reelay.access.DeclareKey;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyDirectory;
import dev.reelay.access.KeyHash;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.Keys;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Callers by their keys, from memory. A key with a wrong checksum, and a key of another form that
 * nobody declared, never reach the database: the hashes of the few declared keys are kept whole.
 * What was loaded counts for {@link #FRESH} at most, and not at all once keys changed.
 */
public final class CachedKeys implements KeyDirectory, ChangeSink {
  static final Duration FRESH = Duration.ofSeconds(15);
  static final int KNOWN_MAX = 200_000;
  static final int UNKNOWN_MAX = 10_000;

  /** How long a key that was good may be asked for again by whoever sends it. */
  static final Duration VOUCHED = Duration.ofHours(1);

  static final int AUTHORIZATION_CHARACTERS_MAX = 1_024;
  private static final String BEARER = "Bearer";

  private static final KeyAnswer MISSING = new KeyAnswer.Refused(Refusal.MISSING);
  private static final KeyAnswer MALFORMED = new KeyAnswer.Refused(Refusal.MALFORMED);
  private static final KeyAnswer UNKNOWN = new KeyAnswer.Refused(Refusal.UNKNOWN);

  private final Keys keys;
  private final KeyHasher hasher;
  private final InstantSource clock;
  private final Cache<KeyHash, Loaded> known;
  private final Cache<KeyHash, Long> unknown;
  private final Cache<KeyHash, Boolean> vouched;

  /** Grows with each change; what was loaded before it is not believed. */
  private final AtomicLong generation = new AtomicLong();

  private volatile Set<KeyHash> declared;

  private CachedKeys(Keys keys, KeyHasher hasher, InstantSource clock, Ticker ticker) {
    this.keys = keys;
    this.hasher = hasher;
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumSize(KNOWN_MAX)
            .expireAfterWrite(FRESH)
            .ticker(ticker)
            .build();
    this.unknown =
        Caffeine.newBuilder()
            .maximumSize(UNKNOWN_MAX)
            .expireAfterWrite(FRESH)
            .ticker(ticker)
            .build();
    this.vouched =
        Caffeine.newBuilder()
            .maximumSize(KNOWN_MAX)
            .expireAfterWrite(VOUCHED)
            .ticker(ticker)
            .build();
    this.declared = keys.declaredHashes();
  }

  /** Loads the declared keys, so the database must be there. */
  public static CachedKeys open(Keys keys, KeyHasher hasher, InstantSource clock) {
    return open(keys, hasher, clock, Ticker.systemTicker());
  }

  static CachedKeys open(Keys keys, KeyHasher hasher, InstantSource clock, Ticker ticker) {
    return new CachedKeys(keys, hasher, clock, ticker);
  }

  /** A key as loaded in a generation. */
  private record Loaded(long generation, KeyAnswer.Known answer) {}

  @Override
  public KeyAnswer find(String authorization) {
    return switch (read(authorization)) {
      case Presented.Nothing(KeyAnswer answer) -> answer;
      case Presented.Hashed(KeyHash hash) -> inMemory(hash).orElseGet(() -> load(hash));
    };
  }

  @Override
  public Optional<KeyAnswer> recall(String authorization) {
    return switch (read(authorization)) {
      case Presented.Nothing(KeyAnswer answer) -> Optional.of(answer);
      case Presented.Hashed(KeyHash hash) -> {
        var answer = inMemory(hash);
        yield answer.isPresent() || vouched.getIfPresent(hash) == null
            ? answer
            : Optional.of(load(hash));
      }
    };
  }

  /** What the characters alone tell. */
  private sealed interface Presented {
    /** No key that could be stored. */
    record Nothing(KeyAnswer answer) implements Presented {}

    record Hashed(KeyHash hash) implements Presented {}
  }

  private Presented read(String authorization) {
    if (authorization.length() > AUTHORIZATION_CHARACTERS_MAX) {
      return new Presented.Nothing(MALFORMED);
    }
    var key = presented(authorization);
    if (key.isEmpty()) {
      return new Presented.Nothing(MISSING);
    }
    return switch (ApiKeyFormat.check(key)) {
      case OURS -> new Presented.Hashed(hasher.hash(key));
      case WRONG_CHECKSUM -> declared(key, MALFORMED);
      case OTHER -> declared(key, UNKNOWN);
    };
  }

  private static String presented(String authorization) {
    var bearer =
        authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            && (authorization.length() == BEARER.length()
                || authorization.charAt(BEARER.length()) == ' ');
    return (bearer ? authorization.substring(BEARER.length()) : authorization).strip();
  }

  private Presented declared(String key, KeyAnswer otherwise) {
    if (key.length() < DeclareKey.CHARACTERS_MIN) {
      return new Presented.Nothing(MALFORMED);
    }
    var now = declared;
    if (now.isEmpty()) {
      return new Presented.Nothing(otherwise);
    }
    var hash = hasher.hash(key);
    return now.contains(hash) ? new Presented.Hashed(hash) : new Presented.Nothing(otherwise);
  }

  private Optional<KeyAnswer> inMemory(KeyHash hash) {
    var now = generation.get();
    var loaded = known.getIfPresent(hash);
    if (loaded != null && loaded.generation() == now) {
      return Optional.of(judged(loaded.answer()));
    }
    var missedIn = unknown.getIfPresent(hash);
    return missedIn != null && missedIn == now ? Optional.of(UNKNOWN) : Optional.empty();
  }

  /** One thread a key asks the database; the others wait for its answer. */
  private KeyAnswer load(KeyHash hash) {
    var loaded =
        Optional.ofNullable(
            known.asMap().compute(hash, (_, old) -> isOfNow(old) ? old : ask(hash)));
    return loaded.map(l -> judged(l.answer())).orElse(UNKNOWN);
  }

  private boolean isOfNow(@Nullable Loaded old) {
    return old != null && old.generation() == generation.get();
  }

  private @Nullable Loaded ask(KeyHash hash) {
    // Taken before the question: a change while the answer is under way makes it old at once.
    var asked = generation.get();
    var found = keys.find(hash);
    if (found.isEmpty()) {
      unknown.put(hash, asked);
      return null;
    }
    vouched.put(hash, true);
    return new Loaded(asked, new KeyAnswer.Known(found.get()));
  }

  private KeyAnswer judged(KeyAnswer.Known answer) {
    var key = answer.caller().key();
    if (key.expiresAt().isEmpty() && key.revokedAt().isEmpty()) {
      return answer;
    }
    return key.refusal(clock.instant()).<KeyAnswer>map(KeyAnswer.Refused::new).orElse(answer);
  }

  @Override
  public void changed(Change change) {
    if (change instanceof Change.OfKeys) {
      dropEverything();
    }
  }

  @Override
  public void dropEverything() {
    generation.incrementAndGet();
    refresh();
  }

  @Override
  public void refresh() {
    declared = keys.declaredHashes();
  }

  /** How many unknown keys are remembered now. */
  long unknownCount() {
    unknown.cleanUp();
    return unknown.estimatedSize();
  }
}
