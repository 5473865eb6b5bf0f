package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Doubts;
import dev.reelay.task.Doubts.Look;
import dev.reelay.task.Doubts.LookRow;
import dev.reelay.task.Doubts.Named;
import dev.reelay.task.Doubts.Recipe;
import dev.reelay.task.Doubts.Suspense;
import dev.reelay.task.Doubts.Unknown;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every keeper of doubts must do. */
public abstract class DoubtsContract extends TaskStoreSuite {
  private static final Instant AT = TaskSamples.NOON;

  protected abstract Doubts doubts();

  private CredentialId credential(Task task) {
    return task.state().attemptIfAny().orElseThrow().credential();
  }

  private Doubts.Claims claims(Task task, Instant since, String... listed) {
    var attempt = task.state().attemptIfAny().orElseThrow();
    return doubts().claims(attempt.channel(), attempt.credential(), since, Set.of(listed));
  }

  @Test
  void whoever_may_own_a_job_is_named_with_the_task_as_it_is() {
    var channel = kit().channel();
    var tenant = kit().tenant(Money.parse("9"));
    var key = kit().key(tenant, Optional.empty());
    var sending = driver().submit(accept(1, tenant, key, CENTS_50), channel);
    var doubted = driver().submit(accept(2, tenant, key, CENTS_50), channel);
    var lost = move(doubted, new TaskEvent.AnswerLost(1, "reset"));
    var resent = driver().submit(accept(3, tenant, key, CENTS_50), channel);
    var given = move(resent, new TaskEvent.AnswerLost(1, "reset"));
    var queued = move(given, new TaskEvent.ResendOrdered("kim"));
    var unsent = notSent(driver().submit(accept(4, tenant, key, CENTS_50), channel));
    var running = driver().run(accept(5, tenant, key, CENTS_50), channel);

    var claims = claims(sending, AT.minusSeconds(1), "their-" + running.id(), "nobodys");

    assertThat(claims.unknown())
        .containsExactlyInAnyOrder(
            new Unknown(sending, sending.state().attemptIfAny().orElseThrow()),
            new Unknown(lost, lost.state().attemptIfAny().orElseThrow()),
            new Unknown(queued, given.state().attemptIfAny().orElseThrow()));
    assertThat(claims.unknown()).noneMatch(unknown -> unknown.task().equals(unsent));
    assertThat(claims.owned()).containsOnly(Map.entry("their-" + running.id(), sent(running)));
    assertThat(claims.strays()).isEmpty();
  }

  @Test
  void attempts_of_other_times_and_accounts_claim_nothing() {
    var sending = submit(accepted());
    var attempt = sending.state().attemptIfAny().orElseThrow();

    assertThat(claims(sending, attempt.startedAt()).unknown()).hasSize(1);
    assertThat(claims(sending, attempt.startedAt().plusMillis(1)).unknown()).isEmpty();
    assertThat(doubts().claims(kit().channel(), credential(sending), AT, Set.of()).unknown())
        .isEmpty();
    assertThat(
            doubts()
                .claims(
                    attempt.channel(),
                    new CredentialId(credential(sending).value() + 7),
                    AT,
                    Set.of())
                .unknown())
        .isEmpty();
  }

  @Test
  void an_id_is_owned_on_its_own_channel_only() {
    var running = run(accepted());
    var id = "their-" + running.id();

    assertThat(claims(running, AT, id, "\u0000").owned()).containsOnlyKeys(id);
    assertThat(doubts().claims(kit().channel(), credential(running), AT, Set.of(id)).owned())
        .isEmpty();
  }

  @Test
  void whoever_has_an_id_that_is_not_listed_is_a_stray() {
    var running = run(accepted());
    var since = sent(running).at();

    assertThat(claims(running, since, "another").strays()).containsExactly(sent(running));
    assertThat(claims(running, since, "their-" + running.id()).strays()).isEmpty();
    assertThat(claims(running, since.plusMillis(1)).strays()).isEmpty();
    assertThat(doubts().claims(kit().channel(), credential(running), since, Set.of()).strays())
        .isEmpty();
  }

  private static Doubts.Sent sent(Task task) {
    return new Unknown(task, task.state().attemptIfAny().orElseThrow()).sent();
  }

  @Test
  void an_id_that_a_callback_named_is_kept_once_and_so_many_of_them() {
    var task = submit(accepted());

    doubts().name(task.id(), 1, "up-b", AT);
    doubts().name(task.id(), 1, "up-a", AT.plusSeconds(1));
    doubts().name(task.id(), 1, "up-b", AT.plusSeconds(2));

    assertThat(doubts().named(task.id(), 1))
        .containsExactly(new Named("up-b", AT), new Named("up-a", AT.plusSeconds(1)));
    IntStream.range(0, 20).forEach(n -> doubts().name(task.id(), 1, "up-" + n, AT.plusSeconds(9)));
    assertThat(doubts().named(task.id(), 1)).hasSize(Doubts.NAMED_MAX);
    assertThat(doubts().named(task.id(), 2)).isEmpty();
  }

  @Test
  void the_last_look_of_each_recipe_is_kept_and_its_looks_are_counted() {
    var task = submit(accepted());
    var first = new Look(Recipe.LIST, AT, "no answer", Optional.of(AT.plusSeconds(5)));
    var second = new Look(Recipe.LIST, AT.plusSeconds(5), "two fit", Optional.empty());
    var token = new Look(Recipe.TOKEN, AT, "busy", Optional.of(AT.plusSeconds(1)));

    doubts().note(task.id(), 1, List.of(first));
    doubts().note(task.id(), 1, List.of(second, token));

    assertThat(doubts().looks(task.id()))
        .containsExactly(new LookRow(1, token, 1), new LookRow(1, second, 2));
  }

  @Test
  void what_doubts_may_cost_is_bounded_by_their_holds() {
    var channel = kit().channel();
    var tenant = kit().tenant(Money.parse("9"));
    var key = kit().key(tenant, Optional.empty());
    IntStream.rangeClosed(1, 2)
        .forEach(
            n ->
                move(
                    driver().submit(accept(n, tenant, key, CENTS_50), channel),
                    new TaskEvent.AnswerLost(1, "reset")));
    var lost =
        move(
            driver().submit(accept(3, tenant, key, DOLLAR), channel),
            new TaskEvent.AnswerLost(1, "reset"));

    assertThat(doubts().suspense()).isEqualTo(new Suspense(3, Money.parse("2.00"), 0, Money.ZERO));
    move(lost, new TaskEvent.RefundOrdered("kim", "too long"));
    assertThat(doubts().suspense())
        .isEqualTo(new Suspense(2, Money.parse("1.00"), 1, Money.parse("1.00")));
  }

  @Test
  void a_job_is_shown_a_lag_after_its_create_can_no_longer_be_under_way() {
    var doubted = move(submit(accepted()), new TaskEvent.AnswerLost(1, "reset"));
    var unknown = new Unknown(doubted, doubted.state().attemptIfAny().orElseThrow());
    var sent = unknown.attempt().startedAt().plus(Upstream.SEND_MAX);

    assertThat(unknown.shownFrom(Duration.ofSeconds(30)))
        .isEqualTo((sent.isAfter(LATER) ? sent : LATER).plusSeconds(30));
  }
}
