package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.money.Money;
import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.Crowd;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers at once against one limit each, through HTTP down to the database. */
class LoadTest {
  private static final int THREADS = 64;
  private static final int CALLS_EACH = 3;
  private static final int COME_AGAIN_MAX = 20;
  private static final int FITTING = 50;

  /** Stays open for the length of a test; a video of it costs 0.01. */
  private static final String OPEN = RelayClient.cheap("[slow 3600s] load");

  private static final String EXACTLY_ENOUGH = "0.50";
  private static final String PLENTY = "100";

  private static RelayKit kit;

  @BeforeAll
  static void start() {
    kit = new RelayKit();
  }

  @AfterAll
  static void stop() {
    kit.close();
  }

  @AfterEach
  void the_books_balance() {
    assertThat(new JdbcReconcile(kit.database().source()).faults()).isEmpty();
  }

  @Test
  void a_balance_for_exactly_so_many_tasks_pays_exactly_so_many() {
    var client = kit.client(kit.tenant("balance", EXACTLY_ENOUGH), KeyLimits.NONE);

    var answers = storm(client);

    assertAcceptedAndRefused(answers, 402, "insufficient_balance");
    assertThat(client.balance().at("/data/total_held"))
        .isEqualTo(client.balance().at("/data/total_granted"));
  }

  @Test
  void a_spend_limit_for_exactly_so_many_tasks_lets_exactly_so_many_pass() {
    var limits =
        new KeyLimits(
            Optional.empty(), Optional.of(Money.parse(EXACTLY_ENOUGH)), OptionalInt.empty());
    var client = kit.client(kit.tenant("spend", PLENTY), limits);

    var answers = storm(client);

    assertAcceptedAndRefused(answers, 402, "key_spend_limit");
  }

  @Test
  void an_open_task_limit_of_a_key_lets_exactly_so_many_be_open() {
    var limits = new KeyLimits(Optional.empty(), Optional.empty(), OptionalInt.of(FITTING));
    var client = kit.client(kit.tenant("open", PLENTY), limits);

    var answers = storm(client);

    assertAcceptedAndRefused(answers, 429, "open_task_limit");
  }

  @Test
  void an_open_task_limit_of_a_plan_lets_exactly_so_many_be_open_over_all_keys() {
    kit.tenants().savePlan("narrow", OptionalInt.of(FITTING), 1_000_000);
    var tenant = kit.tenant("planned", "narrow", PLENTY);
    var clients = List.of(kit.client(tenant, KeyLimits.NONE), kit.client(tenant, KeyLimits.NONE));

    var answers =
        Crowd.run(THREADS, i -> () -> creates(clients.get(i % 2))).stream()
            .flatMap(List::stream)
            .toList();

    assertAcceptedAndRefused(answers, 429, "open_task_limit");
  }

  private static List<Answer> storm(RelayClient client) {
    return Crowd.run(THREADS, _ -> () -> creates(client)).stream().flatMap(List::stream).toList();
  }

  private static List<Answer> creates(RelayClient client) {
    var answers = new ArrayList<Answer>();
    for (int call = 0; call < CALLS_EACH; call++) {
      answers.add(createWhenServed(client));
    }
    return answers;
  }

  /** Too many at once for the connections to the database is said by 503; a client comes again. */
  private static Answer createWhenServed(RelayClient client) {
    var answer = client.create(OPEN);
    for (int again = 0; again < COME_AGAIN_MAX && answer.status() == 503; again++) {
      answer = client.create(OPEN);
    }
    return answer;
  }

  private static void assertAcceptedAndRefused(List<Answer> answers, int status, String code) {
    assertThat(answers).hasSize(THREADS * CALLS_EACH);
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(FITTING);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(status);
              assertThat(answer.at("/error/code")).isEqualTo(code);
            });
  }

  @Test
  void fifty_repeats_of_one_create_at_once_are_one_task_and_one_answer() {
    var client = kit.client(kit.tenant("repeats", PLENTY), KeyLimits.NONE);

    var answers = Crowd.run(50, _ -> () -> repeatWhileBusy(client, OPEN));

    assertThat(answers).allMatch(answer -> answer.status() == 200);
    assertThat(answers.stream().map(Answer::text).distinct()).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.field("idempotent-replayed").equals("true"))
        .hasSize(1);
    assertThat(client.list().json().path("data")).hasSize(1);
  }

  private static Answer repeatWhileBusy(RelayClient client, String body) {
    var answer = client.create(body, "the same");
    for (int again = 0; again < COME_AGAIN_MAX && answer.status() == 409; again++) {
      answer = client.create(body, "the same");
    }
    return answer;
  }

  @Test
  void the_same_key_with_another_body_is_refused() {
    var client = kit.client(kit.tenant("mismatch", PLENTY), KeyLimits.NONE);
    client.create(OPEN, "used");

    var other = client.create(RelayClient.cheap("[slow 3600s] something else"), "used");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.at("/error/code")).isEqualTo("idempotency_mismatch");
  }

  @Test
  void tasks_of_a_client_that_never_polls_all_settle_or_release() {
    var client = kit.client(kit.tenant("silent", PLENTY), KeyLimits.NONE);
    var prompts = List.of("[instant] silent", "[fail] [slow 1s] silent", "[refuse] silent");

    Crowd.run(30, i -> () -> client.create(RelayClient.cheap(prompts.get(i % 3))));
    var database = kit.database();
    database.awaitZero(OF_SILENT.formatted("t.finished_at is null"), Duration.ofSeconds(60));

    assertThat(database.number(OF_SILENT.formatted("t.finished_at is null"))).isZero();
    assertThat(database.number(OF_SILENT.formatted("t.state = 'succeeded'"))).isEqualTo(10);
    assertThat(database.number(OF_SILENT.formatted("t.state = 'failed'"))).isEqualTo(20);
    assertThat(client.get("/v1/dashboard/billing/usage").at("/total_usage")).isEqualTo("10");
    assertThat(client.balance().at("/data/total_held")).isEqualTo("0");
  }

  private static final String OF_SILENT =
      "select count(*) from task t join tenant n on n.id = t.tenant_id"
          + " where n.name = 'silent' and %s";
}
