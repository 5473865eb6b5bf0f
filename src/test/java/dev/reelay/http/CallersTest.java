package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reelay.access.AddressRange;
import dev.reelay.access.ApiKey;
import dev.reelay.access.ApiKeyFormat;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyDirectory;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyScope;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.store.CachedKeys;
import dev.reelay.task.ErrorCode;
import dev.reelay.testkit.CountingKeys;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.FakeIncoming;
import dev.reelay.testkit.ManualClock;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls without a good key, over the real memory of keys and a database that counts. */
class CallersTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String HERE = "203.0.113.7";
  private static final int ALLOWED = StrangerLimits.PER_MINUTE;

  private final ManualClock clock = new ManualClock();
  private final KeyHasher hasher = new KeyHasher(MasterKey.generate(RANDOM));
  private final CountingKeys keys = new CountingKeys();
  private final Secret good = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
  private final CachedKeys directory = CachedKeys.open(keys, hasher, clock);
  private final Callers callers = new Callers(directory, clock);

  @Test
  void guessing_keys_ends_at_the_limit_of_the_address_and_costs_the_database_no_more() {
    for (var i = 0; i < ALLOWED; i++) {
      assertThat(refusal(guess(), HERE)).isEqualTo(ErrorCode.INVALID_API_KEY);
    }
    for (var i = 0; i < 1_000; i++) {
      assertThat(refusal(guess(), HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    assertThat(keys.asked()).isEqualTo(ALLOWED);
  }

  @Test
  void guessing_from_thousands_of_networks_costs_the_database_a_bounded_number_of_look_ups() {
    guessFromNetworks(5_000);
    var atOnce = keys.asked();
    clock.move(Duration.ofSeconds(1));
    guessFromNetworks(5_000);
    var later = keys.asked();
    clock.move(Duration.ofSeconds(1));

    assertThat(atOnce).isEqualTo(200);
    assertThat(later).isEqualTo(400);
    assertThat(callers.of(request(good.reveal(), "2001:db8:ffff::1")).key().name())
        .as("once there is room again")
        .isEqualTo("a key");
  }

  private void guessFromNetworks(int count) {
    for (var i = 0; i < count; i++) {
      refusal(guess(), "2001:db8:%x:%x::1".formatted(i >> 8, i & 0xff));
    }
  }

  @Test
  void a_key_that_nobody_has_is_looked_up_once_from_wherever_it_is_sent() {
    var guess = guess();
    for (var i = 0; i < 500; i++) {
      refusal(guess, "203.0.113." + i % 250);
    }

    assertThat(keys.asked()).isEqualTo(1);
  }

  @Test
  void guesses_with_a_wrong_checksum_cost_the_database_nothing() {
    for (var i = 0; i < 500; i++) {
      refusal("rk_" + "a".repeat(38), "203.0.113." + i % 250);
    }

    assertThat(keys.asked()).isZero();
  }

  @Test
  void a_good_key_works_beside_strangers_at_the_same_address_also_when_keys_changed() {
    callers.of(request(good.reveal(), HERE));
    exhaust(HERE);

    directory.dropEverything();

    assertThat(callers.of(request(good.reveal(), HERE)).key().name()).isEqualTo("a key");
  }

  @Test
  void a_good_key_that_is_new_here_takes_nothing_from_its_address() {
    for (var i = 0; i < ALLOWED + 10; i++) {
      var key = keys.with(hasher, ApiKeyFormat.generate(RANDOM));
      callers.of(request(key.reveal(), HERE));
    }
  }

  @Test
  void a_burst_of_first_calls_with_one_good_key_is_not_many_strangers() {
    var caller = callers.of(request(good.reveal(), HERE));
    var crowd = ALLOWED + 40;
    var slow = new SlowDirectory(new KeyAnswer.Known(caller), new CountDownLatch(crowd));
    var burst = new Callers(slow, clock);

    var found = Crowd.run(crowd, _ -> () -> burst.of(request(good.reveal(), HERE)));

    assertThat(found).hasSize(crowd).containsOnly(caller);
  }

  /** Remembers nothing, and answers a look-up only when everybody has asked. */
  private record SlowDirectory(KeyAnswer answer, CountDownLatch everybody) implements KeyDirectory {
    @Override
    public Optional<KeyAnswer> recall(String authorization) {
      everybody.countDown();
      return Optional.empty();
    }

    @Override
    public KeyAnswer find(String authorization) {
      try {
        assertThat(everybody.await(10, TimeUnit.SECONDS)).isTrue();
        return answer;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_call_without_any_key_counts_too_and_says_when_to_come_back() {
    exhaust(HERE);

    var error = error(request("", HERE));

    assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(error.param()).contains("unauthenticated");
    assertThat(error.details().retrySeconds()).hasValue(1);
    clock.move(Duration.ofSeconds(1));
    assertThat(refusal("", HERE)).isEqualTo(ErrorCode.MISSING_API_KEY);
    assertThat(refusal("", HERE)).isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void addresses_count_apart_and_ipv6_by_its_64_leading_bits() {
    exhaust(HERE);
    exhaust("2001:db8:1:2:3:4:5:6");

    assertThat(refusal("", "203.0.113.8")).isEqualTo(ErrorCode.MISSING_API_KEY);
    assertThat(refusal("", "2001:db8:1:2:ffff::9")).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal("", "2001:db8:1:3:3:4:5:6")).isEqualTo(ErrorCode.MISSING_API_KEY);
  }

  @Test
  void behind_a_trusted_proxy_the_client_counts_and_a_stranger_cannot_pretend_to_be_one() {
    for (var i = 0; i < ALLOWED; i++) {
      error(forwarded("10.0.0.1", "198.51.100.1"));
      error(forwarded(HERE, "198.51.100." + i));
    }

    assertThat(error(forwarded("10.0.0.1", "198.51.100.1")).code())
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(error(forwarded("10.0.0.1", "198.51.100.2")).code())
        .isEqualTo(ErrorCode.MISSING_API_KEY);
    assertThat(error(forwarded(HERE, "198.51.100.250")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.9, '', true",
    "192.0.2.9, 203.0.113.1, true",
    "203.0.113.1, 192.0.2.9, false",
    "10.0.0.1, 192.0.2.9, true",
    "10.0.0.1, '192.0.2.9, 203.0.113.1', false",
    "10.0.0.1, '203.0.113.1, 192.0.2.9, 10.0.0.2', true",
    "10.0.0.1, '', false"
  })
  void the_address_list_of_a_key_means_the_client_and_not_its_proxy(
      String peer, String chain, boolean isAllowed) {
    var scope = new KeyScope(Set.of(), List.of(AddressRange.parse("192.0.2.0/24")));
    var listed = new Callers(_ -> scoped(scope), clock);

    var request = forwarded(peer, chain);

    if (isAllowed) {
      assertThat(listed.of(request).key().scope()).isEqualTo(scope);
    } else {
      var refusal = catchThrowableOfType(ApiRefusal.class, () -> listed.of(request));
      assertThat(refusal.error().code()).isEqualTo(ErrorCode.ADDRESS_NOT_ALLOWED);
    }
  }

  private KeyAnswer scoped(KeyScope scope) {
    var known = callers.of(request(good.reveal(), HERE));
    var key = known.key();
    var changed =
        new ApiKey(
            key.id(),
            key.tenant(),
            key.name(),
            key.display(),
            key.expiresAt(),
            key.revokedAt(),
            key.spendLimit(),
            key.openTasksMax(),
            key.declared(),
            key.rates(),
            scope);
    return new KeyAnswer.Known(new Caller(changed, known.tenant()));
  }

  @Test
  void the_table_of_addresses_is_bounded() {
    var limits = new StrangerLimits(clock);

    for (var i = 0; i < StrangerLimits.ADDRESSES_MAX + 5_000; i++) {
      limits.of(InetAddress.ofLiteral("10.%d.%d.1".formatted(i >> 8, i & 0xff)));
    }

    assertThat(limits.count()).isLessThanOrEqualTo(StrangerLimits.ADDRESSES_MAX);
  }

  private void exhaust(String address) {
    for (var i = 0; i < ALLOWED; i++) {
      assertThat(refusal("", address)).isEqualTo(ErrorCode.MISSING_API_KEY);
    }
  }

  private static String guess() {
    return ApiKeyFormat.generate(RANDOM).reveal();
  }

  private ErrorCode refusal(String key, String address) {
    return error(request(key, address)).code();
  }

  private ApiError error(Request request) {
    return catchThrowableOfType(ApiRefusal.class, () -> callers.of(request)).error();
  }

  private static Request request(String key, String address) {
    var incoming = new FakeIncoming(address);
    return request(key.isEmpty() ? incoming : incoming.with(FieldName.AUTHORIZATION, key));
  }

  private static Request forwarded(String peer, String client) {
    return request(new FakeIncoming(peer).with(FieldName.X_FORWARDED_FOR, client));
  }

  private static Request request(Incoming incoming) {
    var proxies = TrustedProxies.parse(List.of("10.0.0.0/8"));
    var origin = new Request.Origin(proxies, BaseUrl.asSeen(proxies));
    return new Request(incoming, "req_1", "/", Map.of(), origin);
  }
}
