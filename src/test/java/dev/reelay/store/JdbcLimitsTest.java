package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.AddressRange;
import dev.reelay.access.ApiKey;
import dev.reelay.access.ApiKeyFormat;
import dev.reelay.access.Caller;
import dev.reelay.access.DeclareKey;
import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyAnswer;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyScope;
import dev.reelay.access.RequestRates;
import dev.reelay.access.RotateKey;
import dev.reelay.access.RotateKey.Outcome;
import dev.reelay.access.Secret;
import dev.reelay.access.Tenant;
import dev.reelay.money.Money;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rates, scopes and rotation in the database. */
class JdbcLimitsTest {
  private static final Secret DECLARED = new Secret("any-text-of-20-characters");
  private static final RequestRates RATES =
      new RequestRates(OptionalInt.of(5), OptionalInt.of(700));
  private static final KeyScope SCOPE =
      new KeyScope(
          Set.of("sora-2", "sora-2-pro"),
          List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")));
  private static final Duration DAY = Duration.ofHours(24);

  private final StoreKit kit = new StoreKit();
  private final RotateKey rotate =
      new RotateKey(kit.keys, kit.hasher, new SecureRandom(), kit.clock);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void the_rates_of_a_plan_reach_the_callers_of_its_tenants() {
    var secret = kit.key(kit.tenant("acme")).secret();

    assertThat(kit.tenants.setRates("default", RATES)).isTrue();
    assertThat(kit.tenants.setRates("silver", RATES)).isFalse();

    assertThat(find(secret).tenant().plan().rates()).isEqualTo(RATES);
    assertThat(find(secret).rates()).isEqualTo(RATES);
  }

  @Test
  void changing_the_open_tasks_of_a_plan_leaves_its_rates() {
    kit.tenants.setRates("default", RATES);

    var plan = kit.tenants.savePlan("default", OptionalInt.of(3), 900_000);

    assertThat(plan.rates()).isEqualTo(RATES);
    assertThat(kit.tenants.plans()).containsExactly(plan);
  }

  @Test
  void a_declared_key_has_rates_of_its_own_and_not_those_of_the_plan() {
    kit.tenants.setRates("default", new RequestRates(OptionalInt.of(1), OptionalInt.of(1)));
    var declare = new DeclareKey(kit.keys, kit.hasher);
    declare.declare(DECLARED, Money.ZERO);
    var before = find(DECLARED).rates();

    assertThat(declare.limit(DECLARED, RATES)).isTrue();
    assertThat(declare.limit(DECLARED, RATES)).isTrue();
    assertThat(declare.limit(new Secret("never-declared-by-anybody"), RATES)).isFalse();

    assertThat(before).isEqualTo(RequestRates.NONE);
    assertThat(find(DECLARED).rates()).isEqualTo(RATES);
    declare.limit(DECLARED, RequestRates.NONE);
    assertThat(find(DECLARED).rates()).isEqualTo(RequestRates.NONE);
  }

  @Test
  void no_other_key_can_have_rates_of_its_own() {
    var issued = kit.key(kit.tenant("acme"));

    assertThat(kit.keys.setDeclaredRates(kit.hasher.hash(issued.secret().reveal()), RATES))
        .isFalse();
    assertThatThrownBy(() -> kit.execute("update api_key set query_per_minute = 1"))
        .hasStackTraceContaining("api_key_own_rates");
  }

  @Test
  void a_scope_is_stored_and_replaced_as_a_whole() {
    var issued = kit.key(kit.tenant("acme"));

    assertThat(kit.keys.setScope(issued.key().id(), SCOPE)).isTrue();
    var stored = find(issued.secret()).key().scope();
    kit.keys.setScope(issued.key().id(), KeyScope.ALL);

    assertThat(stored).isEqualTo(SCOPE);
    assertThat(find(issued.secret()).key().scope()).isEqualTo(KeyScope.ALL);
    assertThat(kit.keys.setScope(new KeyId(999), SCOPE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update api_key set addresses = '{10.0.0.1/8}'",
        "update api_key set addresses = '{nowhere}'",
        "update api_key set models = '{\"\"}'",
        "update api_key set models = array[null]",
        "update plan set create_per_minute = 0",
        "update plan set query_per_minute = 1000001"
      })
  void the_database_refuses_what_the_code_could_not_read(String statement) {
    kit.key(kit.tenant("acme"));

    assertThatThrownBy(() -> kit.execute(statement)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void a_rotated_key_goes_on_for_the_overlap_while_the_new_one_works_already() {
    var tenant = kit.tenant("acme");
    var old = limitedKey(tenant);
    kit.execute("update api_key set spent = 2000000");

    var rotated = (Outcome.Rotated) rotate.rotate(old.key().id(), DAY);

    var next = find(rotated.secret());
    assertThat(next.tenant()).isEqualTo(tenant);
    assertThat(next.key()).isEqualTo(rotated.key());
    assertThat(next.key().name()).isEqualTo(old.key().name());
    assertThat(next.key().scope()).isEqualTo(SCOPE);
    assertThat(next.key().openTasksMax()).hasValue(3);
    assertThat(next.key().expiresAt()).isEmpty();
    // Five were allowed and two are spent.
    assertThat(next.key().spendLimit()).contains(Money.parse("3"));
    assertThat(rotated.old().expiresAt()).contains(kit.clock.instant().plus(DAY));
    assertThat(find(old.secret()).key()).isEqualTo(rotated.old());
    assertThat(kit.number("select rotated_from from api_key order by id desc limit 1"))
        .isEqualTo(old.key().id().value());
  }

  @Test
  void the_overlap_never_makes_a_key_live_longer() {
    var soon = Optional.of(kit.clock.instant().plusSeconds(60));
    var limits = new KeyLimits(soon, Optional.empty(), OptionalInt.empty());
    var old = kit.issueKey.issue(kit.tenant("acme").id(), "a key", limits);

    var rotated = (Outcome.Rotated) rotate.rotate(old.key().id(), DAY);

    assertThat(rotated.old().expiresAt()).isEqualTo(soon);
    assertThat(rotated.key().expiresAt()).isEqualTo(soon);
  }

  @Test
  void only_a_live_key_that_is_not_declared_is_rotated() {
    var declared = new DeclareKey(kit.keys, kit.hasher).declare(DECLARED, Money.ZERO).orElseThrow();
    var revoked = kit.key(kit.tenant("acme")).key().id();
    kit.keys.revoke(revoked);

    assertThat(rotate.rotate(new KeyId(999), DAY)).isEqualTo(new Outcome.Missing());
    assertThat(rotate.rotate(declared.id(), DAY)).isEqualTo(new Outcome.Declared());
    assertThat(rotate.rotate(revoked, DAY)).isEqualTo(new Outcome.Ended(ApiKey.Refusal.REVOKED));
    assertThat(kit.number("select count(*) from api_key")).isEqualTo(2);
    assertThatThrownBy(() -> rotate.rotate(revoked, Duration.ofDays(91)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_directory_refuses_the_old_key_when_the_overlap_is_over() {
    var old = kit.key(kit.tenant("acme"));
    var directory =
        CachedKeys.open(kit.keys, kit.hasher, kit.clock, () -> kit.clock.millis() * 1_000_000);
    directory.find(old.secret().reveal());

    var rotated = (Outcome.Rotated) rotate.rotate(old.key().id(), DAY);
    directory.changed(new Change.OfKeys());
    var during = directory.find(old.secret().reveal());
    kit.clock.move(DAY);

    assertThat(during).isInstanceOf(KeyAnswer.Known.class);
    assertThat(directory.find(old.secret().reveal()))
        .isEqualTo(new KeyAnswer.Refused(ApiKey.Refusal.EXPIRED));
    assertThat(directory.find(rotated.secret().reveal())).isInstanceOf(KeyAnswer.Known.class);
    assertThat(ApiKeyFormat.check(rotated.secret().reveal())).isEqualTo(ApiKeyFormat.Form.OURS);
  }

  private IssueKey.Issued limitedKey(Tenant tenant) {
    var limits = new KeyLimits(Optional.empty(), Optional.of(Money.parse("5")), OptionalInt.of(3));
    var issued = kit.issueKey.issue(tenant.id(), "laptop", limits);
    kit.keys.setScope(issued.key().id(), SCOPE);
    return issued;
  }

  private Caller find(Secret secret) {
    return kit.keys.find(kit.hasher.hash(secret.reveal())).orElseThrow();
  }
}
