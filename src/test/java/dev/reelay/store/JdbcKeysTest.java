package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.CheckMasterKey;
import dev.reelay.access.DeclareKey;
import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.access.TenantId;
import dev.reelay.access.Tenants.Creation;
import dev.reelay.money.Balance;
import dev.reelay.money.Money;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcKeysTest {
  private static final Secret DECLARED = new Secret("any-text-of-20-characters");
  private static final Money FIVE = Money.parse("5");

  private final StoreKit kit = new StoreKit();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void an_issued_key_leads_to_its_caller_and_is_stored_only_as_a_hash() {
    var tenant = kit.tenant("acme");

    var issued = kit.key(tenant);

    var caller = kit.keys.find(kit.hasher.hash(issued.secret().reveal())).orElseThrow();
    assertThat(caller.key()).isEqualTo(issued.key());
    assertThat(caller.tenant()).isEqualTo(tenant);
    assertThat(kit.texts("select api_key::text from api_key").getFirst())
        .doesNotContain(issued.secret().reveal())
        .doesNotContain(issued.secret().reveal().substring(3, 20));
  }

  @Test
  void limits_are_stored_and_replaced_as_a_whole() {
    var limits =
        new KeyLimits(
            Optional.of(kit.clock.instant().plus(Duration.ofDays(1))),
            Optional.of(FIVE),
            OptionalInt.of(3));
    var id = kit.issueKey.issue(kit.tenant("acme").id(), "a key", limits).key().id();
    var before = kit.keys.show(id).orElseThrow().key();

    var changed = kit.keys.setLimits(id, KeyLimits.NONE);

    assertThat(before.expiresAt()).isEqualTo(limits.expiresAt());
    assertThat(before.spendLimit()).isEqualTo(limits.spendLimit());
    assertThat(before.openTasksMax()).isEqualTo(limits.openTasksMax());
    assertThat(changed).isTrue();
    assertThat(kit.keys.show(id).orElseThrow().key().spendLimit()).isEmpty();
    assertThat(kit.keys.setLimits(new KeyId(999), limits)).isFalse();
  }

  @Test
  void a_key_is_revoked_once() {
    var id = kit.key(kit.tenant("acme")).key().id();

    assertThat(kit.keys.revoke(id)).isTrue();
    assertThat(kit.keys.revoke(id)).isFalse();
    assertThat(kit.keys.show(id).orElseThrow().key().revokedAt()).contains(kit.clock.instant());
  }

  @Test
  void keys_are_listed_for_one_tenant_or_for_all() {
    var one = kit.tenant("one");
    kit.key(one);
    kit.key(kit.tenant("two"));

    assertThat(kit.keys.list(Optional.of(one.id()))).hasSize(1);
    assertThat(kit.keys.list(Optional.empty())).hasSize(2);
  }

  @Test
  void a_declared_key_brings_its_balance_once_although_two_nodes_start_at_once() throws Exception {
    var declare = new DeclareKey(kit.keys, kit.hasher);

    var answers = atOnce(8, () -> declare.declare(DECLARED, FIVE));

    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
    var tenant = kit.tenants.find(IssueKey.FIRST_TENANT).orElseThrow();
    assertThat(kit.accounts.statement(tenant.id()).orElseThrow().balance())
        .isEqualTo(new Balance(FIVE, Money.ZERO, Money.ZERO));
    assertThat(kit.number("select count(*) from ledger_entry")).isEqualTo(1);
  }

  @Test
  void a_second_declared_key_brings_its_own_balance_to_the_same_tenant() {
    var declare = new DeclareKey(kit.keys, kit.hasher);
    declare.declare(DECLARED, FIVE);

    declare.declare(new Secret("another-text-of-20-characters"), FIVE);

    assertThat(kit.number("select available from account")).isEqualTo(10_000_000);
    assertThat(kit.keys.declaredHashes()).hasSize(2);
  }

  @Test
  void a_declared_key_has_no_open_task_limit_of_the_plan() {
    kit.tenants.savePlan("default", OptionalInt.of(2), 1_000_000);

    new DeclareKey(kit.keys, kit.hasher).declare(DECLARED, Money.ZERO);

    var caller = kit.keys.find(kit.hasher.hash(DECLARED.reveal())).orElseThrow();
    assertThat(caller.tenant().plan().openTasksMax()).hasValue(2);
    assertThat(caller.openTasksMax()).isEmpty();
  }

  @Test
  void the_first_key_is_made_once_although_two_nodes_start_at_once() throws Exception {
    var answers = atOnce(8, () -> kit.issueKey.issueFirst(FIVE));

    assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
    assertThat(kit.number("select sum(available) from account")).isEqualTo(5_000_000);
    assertThat(kit.number("select count(*) from api_key")).isEqualTo(1);
  }

  @Test
  void where_there_is_a_key_no_first_one_is_made() {
    kit.key(kit.tenant("acme"));

    assertThat(kit.issueKey.issueFirst(FIVE)).isEmpty();
  }

  @Test
  void a_tenant_needs_a_free_name_and_a_plan_that_exists() {
    kit.tenant("acme");

    assertThat(kit.tenants.create("acme", "default")).isEqualTo(new Creation.NameTaken());
    assertThat(kit.tenants.create("other", "gold")).isEqualTo(new Creation.UnknownPlan());
    assertThat(kit.tenants.list()).hasSize(1);
  }

  @Test
  void a_plan_is_changed_by_name_and_given_to_a_tenant() {
    var tenant = kit.tenant("acme");
    kit.tenants.savePlan("gold", OptionalInt.of(10), 900_000);
    var plan = kit.tenants.savePlan("gold", OptionalInt.empty(), 800_000);

    var set = kit.tenants.setPlan(tenant.id(), "gold");

    assertThat(set).isTrue();
    assertThat(kit.tenants.find(tenant.id()).orElseThrow().plan()).isEqualTo(plan);
    assertThat(kit.tenants.setPlan(tenant.id(), "silver")).isFalse();
    assertThat(kit.tenants.plans()).hasSize(2);
  }

  @Test
  void a_tenants_own_factor_is_seen_by_its_keys_and_by_nobody_elses() {
    var issued = kit.key(kit.tenant("acme"));
    var others = kit.key(kit.tenant("other"));
    var tenant = kit.tenants.find("acme").orElseThrow();

    assertThat(tenant.factorMillionths()).isEqualTo(1_000_000);
    assertThat(kit.tenants.setFactor(tenant.id(), 900_000)).isTrue();

    assertThat(factor(issued)).isEqualTo(900_000);
    assertThat(factor(others)).isEqualTo(1_000_000);
    assertThat(kit.tenants.setFactor(new TenantId(Long.MAX_VALUE), 1)).isFalse();
  }

  private long factor(IssueKey.Issued issued) {
    var hash = kit.hasher.hash(issued.secret().reveal());
    return kit.keys.find(hash).orElseThrow().tenant().factorMillionths();
  }

  @Test
  void another_master_key_is_noticed() {
    var check = new CheckMasterKey(new JdbcInstallationFacts(kit.database.dataSource()));
    var other = MasterKey.generate(new SecureRandom());

    assertThat(check.check(kit.master)).isEqualTo(new CheckMasterKey.Verdict.Fits());
    assertThat(check.check(kit.master)).isEqualTo(new CheckMasterKey.Verdict.Fits());
    assertThat(check.check(other))
        .isEqualTo(new CheckMasterKey.Verdict.Wrong(kit.master.fingerprint(), other.fingerprint()));
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = threads.invokeAll(Collections.nCopies(times, call));
      return futures.stream().map(Future::resultNow).toList();
    }
  }
}
