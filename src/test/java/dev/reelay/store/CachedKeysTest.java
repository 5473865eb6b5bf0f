package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.ApiKey.Refusal;
import dev.reelay.access.ApiKeyFormat;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.testkit.CountingKeys;
import dev.reelay.testkit.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String DECLARED = "my-own-key-for-scripts-1";

  /** Ours in form, but for a checksum that is wrong. */
  private static final String DECLARED_LIKE_OURS = "rk_0123456789012345678901234567890123456x";

  private final ManualClock clock = new ManualClock();
  private final KeyHasher hasher = new KeyHasher(MasterKey.generate(RANDOM));
  private final CountingKeys keys = new CountingKeys();

  @Test
  void a_known_key_is_asked_for_once() {
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
    var cached = cached();

    for (var i = 0; i < 100; i++) {
      assertThat(cached.find("Bearer " + secret.reveal())).isInstanceOf(KeyAnswer.Known.class);
    }

    assertThat(keys.asked()).isEqualTo(1);
  }

  @Test
  void the_word_bearer_may_be_in_any_case_or_missing() {
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM)).reveal();
    var cached = cached();

    assertThat(cached.find("bearer   " + secret)).isInstanceOf(KeyAnswer.Known.class);
    assertThat(cached.find(secret)).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void no_key_at_all_is_missing() {
    assertThat(cached().find("")).isEqualTo(refused(Refusal.MISSING));
    assertThat(cached().find("Bearer")).isEqualTo(refused(Refusal.MISSING));
    assertThat(cached().find("Bearer  ")).isEqualTo(refused(Refusal.MISSING));
  }

  @Test
  void a_wrong_checksum_never_reaches_the_database() {
    keys.withDeclared(hasher, new Secret(DECLARED));
    var cached = cached();

    for (var i = 0; i < 100; i++) {
      var key = ApiKeyFormat.generate(RANDOM).reveal();
      var mistyped = key.substring(0, 38) + "000000".substring(3);

      assertThat(cached.find("Bearer " + mistyped)).isEqualTo(refused(Refusal.MALFORMED));
    }

    assertThat(keys.asked()).isZero();
  }

  @Test
  void a_key_of_another_form_that_nobody_declared_never_reaches_the_database() {
    keys.withDeclared(hasher, new Secret(DECLARED));
    var cached = cached();

    assertThat(cached.find("Bearer sk-some-key-of-another-relay"))
        .isEqualTo(refused(Refusal.UNKNOWN));
    assertThat(cached.find("Bearer short")).isEqualTo(refused(Refusal.MALFORMED));
    assertThat(cached.find("x".repeat(100_000))).isEqualTo(refused(Refusal.MALFORMED));
    assertThat(keys.asked()).isZero();
  }

  @Test
  void a_declared_key_of_any_form_is_known() {
    keys.withDeclared(hasher, new Secret(DECLARED));
    keys.withDeclared(hasher, new Secret(DECLARED_LIKE_OURS));
    var cached = cached();

    assertThat(cached.find("Bearer " + DECLARED)).isInstanceOf(KeyAnswer.Known.class);
    assertThat(cached.find("Bearer " + DECLARED_LIKE_OURS)).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void a_key_declared_later_is_known_after_the_word_of_it() {
    var cached = cached();
    var before = cached.find("Bearer " + DECLARED);
    keys.withDeclared(hasher, new Secret(DECLARED));

    cached.changed(new Change.OfKeys());

    assertThat(before).isEqualTo(refused(Refusal.UNKNOWN));
    assertThat(cached.find("Bearer " + DECLARED)).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void an_unknown_key_is_asked_for_once_until_keys_change() {
    var secret = ApiKeyFormat.generate(RANDOM);
    var cached = cached();
    cached.find("Bearer " + secret.reveal());

    assertThat(cached.find("Bearer " + secret.reveal())).isEqualTo(refused(Refusal.UNKNOWN));
    assertThat(keys.asked()).isEqualTo(1);

    keys.with(hasher, secret);
    cached.changed(new Change.OfKeys());

    assertThat(cached.find("Bearer " + secret.reveal())).isInstanceOf(KeyAnswer.Known.class);
  }

  @Test
  void the_memory_of_unknown_keys_is_bounded() {
    var cached = cached();

    for (var i = 0; i < CachedKeys.UNKNOWN_MAX + 5_000; i++) {
      cached.find("Bearer " + ApiKeyFormat.generate(RANDOM).reveal());
    }

    assertThat(cached.unknownCount()).isLessThanOrEqualTo(CachedKeys.UNKNOWN_MAX);
  }

  @Test
  void a_revoked_key_is_refused_after_the_word_of_it_and_after_15_seconds_without_it() {
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
    var told = cached();
    var untold = cached();
    told.find(secret.reveal());
    untold.find(secret.reveal());
    keys.revoke(hasher, secret, clock.instant());

    told.changed(new Change.OfKeys());

    assertThat(told.find(secret.reveal())).isEqualTo(refused(Refusal.REVOKED));
    assertThat(untold.find(secret.reveal())).isInstanceOf(KeyAnswer.Known.class);
    clock.move(Duration.ofSeconds(16));
    assertThat(untold.find(secret.reveal())).isEqualTo(refused(Refusal.REVOKED));
  }

  @Test
  void what_was_loaded_while_keys_changed_is_not_believed() {
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
    var cached = cached();
    keys.duringNextFind(
        () -> {
          keys.revoke(hasher, secret, clock.instant());
          cached.changed(new Change.OfKeys());
        });
    cached.find(secret.reveal());

    assertThat(cached.find(secret.reveal())).isEqualTo(refused(Refusal.REVOKED));
  }

  @Test
  void a_cached_key_expires_at_its_moment() {
    var expiry = Optional.of(clock.instant().plusSeconds(5));
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM), expiry);
    var cached = cached();
    var before = cached.find(secret.reveal());

    clock.move(Duration.ofSeconds(5));

    assertThat(before).isInstanceOf(KeyAnswer.Known.class);
    assertThat(cached.find(secret.reveal())).isEqualTo(refused(Refusal.EXPIRED));
    assertThat(keys.asked()).isEqualTo(1);
  }

  @Test
  void while_the_database_is_away_nobody_is_called_unknown() {
    var secret = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
    var cached = cached();
    keys.duringNextFind(
        () -> {
          throw new StoreUnavailable("away", new IllegalStateException());
        });

    assertThatThrownBy(() -> cached.find(secret.reveal())).isInstanceOf(StoreUnavailable.class);
    assertThat(cached.find(secret.reveal())).isInstanceOf(KeyAnswer.Known.class);
  }

  private CachedKeys cached() {
    return CachedKeys.open(keys, hasher, clock, () -> clock.millis() * 1_000_000);
  }

  private static KeyAnswer refused(Refusal why) {
    return new KeyAnswer.Refused(why);
  }
}
