package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.TenantId;
import dev.reelay.asset.AssetKind;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.task.Decision;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskRules;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.testkit.TaskDriver;
import dev.reelay.testkit.TaskSamples;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a real database can show: locks, bounds, how much is written. */
class JdbcTaskWritesTest {
  private static final int LIFE_TRANSACTIONS_MAX = 6;
  private static final int LIFE_ROW_WRITES_MAX = 20;

  private final JdbcTaskStoreKit kit = JdbcTaskStoreKit.fresh();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void a_repeat_waits_two_seconds_for_the_first_call_and_no_longer() throws SQLException {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var call = new Idempotency("/v1/video/create", "a", "0f".repeat(32), "the bytes");
    var repeat = TaskSamples.queued(TaskSamples.taskId(2), tenant, key, hold);

    try (var connection = kit.source().getConnection();
        var first = connection.prepareStatement(FIRST_CALL)) {
      connection.setAutoCommit(false);
      first.setLong(1, tenant.value());
      first.executeUpdate();
      var creation =
          kit.tasks().create(new NewTask(repeat, OptionalInt.empty(), Optional.of(call)));
      connection.rollback();

      assertThat(creation).isEqualTo(new Creation.StillRunning());
    }
    assertThat(kit.tasks().find(repeat.id())).isEmpty();
    assertThat(kit.tasks().create(new NewTask(repeat, OptionalInt.empty(), Optional.of(call))))
        .isInstanceOf(Creation.Created.class);
  }

  @Test
  void a_picture_that_was_fetched_belongs_to_its_task_and_goes_with_it() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var key = kit.key(tenant, Optional.empty());
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    var assets = new JdbcAssets(kit.source());
    var picture = TaskSamples.asset(task.id(), 1, AssetKind.INPUT, "image/png");

    assertThat(assets.addTo(task.id().value(), picture)).isTrue();
    assertThat(assets.addTo(task.id().value(), picture)).isTrue();
    assertThat(assets.addTo(TaskSamples.taskId(2).value(), picture)).isFalse();

    assertThat(assets.find(picture.id()).orElseThrow().asset()).isEqualTo(picture);
    assertThat(kit.assets(task.id())).containsExactly(picture.id());
    var deletedAt = picture.expiresAt().minusSeconds(60);
    var deletion = TaskRules.decide(task, new TaskEvent.DeleteRequested("its tenant"), deletedAt);
    kit.tasks().commit(((Decision.Move) deletion).transition());
    assertThat(assets.addTo(task.id().value(), picture)).isTrue();
    assertThat(assets.find(picture.id()).orElseThrow().asset().expiresAt()).isEqualTo(deletedAt);
  }

  private static final String FIRST_CALL =
      """
      insert into idempotency (tenant_id, route, key, fingerprint, task_id, answer, created_at)
      values (?, '/v1/video/create', 'a', repeat('0f', 32), 'x', 'y', now())\
      """;

  @Test
  void a_create_that_waits_long_for_a_busy_account_is_no_repeat() throws Exception {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    var call = new Idempotency("/v1/video/create", "a", "0f".repeat(32), "the bytes");

    try (var connection = kit.source().getConnection();
        var lock =
            connection.prepareStatement("update account set held = held where tenant_id = ?");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      connection.setAutoCommit(false);
      lock.setLong(1, tenant.value());
      lock.executeUpdate();
      var waiting =
          threads.submit(
              () -> kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.of(call))));
      try (var sleep = connection.prepareStatement("select pg_sleep(2.3)")) {
        sleep.execute();
      }
      connection.commit();

      assertThat(waiting.get()).isInstanceOf(Creation.Created.class);
    }
  }

  @Test
  void a_whole_life_is_few_transactions_and_few_row_writes() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.of(Money.parse("1.00")));
    var channel = kit.channel();
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    var call = new Idempotency("/v1/video/create", "a", "0f".repeat(32), "the bytes");
    var before = writes();

    kit.tasks().create(new NewTask(task, OptionalInt.of(10), Optional.of(call)));
    var driver = new TaskDriver(kit.tasks(), TaskSamples.NOON.plusSeconds(60));
    driver.succeed(task, channel, 4_000);

    var after = writes();
    assertThat(after.rows() - before.rows() - OUTBOX_ROWS).isLessThanOrEqualTo(LIFE_ROW_WRITES_MAX);
    assertThat(after.transactions() - before.transactions())
        .isLessThanOrEqualTo(LIFE_TRANSACTIONS_MAX);
    assertThat(Reconcile.faults(kit.facts())).isEmpty();
  }

  /** The budget counts without webhooks; the outbox is theirs. */
  private static final int OUTBOX_ROWS = 1;

  private record Writes(long rows, long transactions) {}

  /** Rows by the server's own counters; transactions by its counter of those that wrote. */
  private Writes writes() {
    return kit.sql()
        .run(
            session -> {
              session.first("select pg_stat_force_next_flush()", _ -> 0);
              session.first("select pg_stat_clear_snapshot()", _ -> 0);
              return session.one(
                  """
                  select (select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables)
                    as rows, pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next\
                  """,
                  row -> new Writes(row.getLong("rows"), row.getLong("next")));
            });
  }

  @Test
  void the_files_of_a_deleted_task_expire_with_it_and_no_others_do() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    var driver = new TaskDriver(kit.tasks(), TaskSamples.NOON.plusSeconds(60));
    var deleted = driver.succeed(task, kit.channel(), 4_000);
    var later = TaskSamples.NOON.plusSeconds(600);
    var before = expiryOf(deleted);

    var decision = TaskRules.decide(deleted, new TaskEvent.DeleteRequested("me"), later);
    kit.tasks().commit(((Decision.Move) decision).transition());

    assertThat(before).isAfter(later);
    assertThat(expiryOf(deleted)).isEqualTo(later);
  }

  @Test
  void a_poster_added_later_belongs_to_the_task_and_lives_no_longer_than_the_video() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerSecond(Money.parse("0.10"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    var driver = new TaskDriver(kit.tasks(), TaskSamples.NOON.plusSeconds(60));
    var done = (TaskState.Succeeded) driver.succeed(task, kit.channel(), 4_000).state();
    var video = done.output().video();
    var poster = TaskSamples.asset(task.id(), 9, AssetKind.POSTER, "image/jpeg");
    var assets = new JdbcAssets(kit.source());

    assertThat(assets.addBeside(poster, video.id())).isTrue();
    assertThat(assets.addBeside(poster, video.id())).isTrue();
    assertThat(assets.addBeside(poster, TaskSamples.assetId(TaskSamples.taskId(8), 1))).isFalse();

    var owned = assets.find(poster.id()).orElseThrow();
    assertThat(owned.tenant()).isEqualTo(tenant);
    assertThat(owned.asset().kind()).isEqualTo(AssetKind.POSTER);
    assertThat(owned.asset().expiresAt()).isBeforeOrEqualTo(video.expiresAt());
  }

  private Instant expiryOf(Task task) {
    return kit.sql()
        .run(
            session ->
                session.one(
                    "select expires_at from asset where task_id = ? and kind = 'video'",
                    row -> Sql.instant(row, "expires_at"),
                    task.id().value()));
  }

  @Test
  void the_ledger_and_the_timeline_refuse_any_change() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var task = driven(tenant.value());

    assertThatThrownBy(() -> change("update ledger_entry set amount = 1"))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("append-only");
    assertThatThrownBy(() -> change("delete from task_event"))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("append-only");
    assertThatThrownBy(
            () ->
                change(
                    """
                    insert into ledger_entry (tenant_id, task_id, kind, from_book, to_book, amount,
                      closes, reason, at)
                    select tenant_id, task_id, 'settle', 'held', 'revenue', 1, true, 'twice', at
                    from ledger_entry where task_id = '%s' and closes\
                    """
                        .formatted(task.id().value())))
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("ledger_closes_once");
  }

  private Task driven(long number) {
    var tenant = new TenantId(number);
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var key = kit.key(tenant, Optional.empty());
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    var driver = new TaskDriver(kit.tasks(), TaskSamples.NOON.plusSeconds(60));
    return driver.move(task, new TaskEvent.CancelRequested("the caller"));
  }

  private int change(String sql) {
    return kit.sql().run(session -> session.update(sql));
  }

  @Test
  void strange_text_of_a_provider_does_not_stop_a_commit() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    var driver = new TaskDriver(kit.tasks(), TaskSamples.NOON.plusSeconds(60));
    var submitting = driver.submit(task, kit.channel());

    var commit =
        kit.tasks()
            .commit(driver.decide(submitting, new TaskEvent.AnswerLost(1, "a\0b \uD83D <html>")));

    assertThat(commit).isEqualTo(Commit.DONE);
    assertThat(kit.tasks().attempts(task.id()).getFirst().why())
        .isEqualTo("a\uFFFDb \uFFFD <html>");
  }

  @Test
  void the_books_are_wrong_as_soon_as_somebody_touches_them() {
    driven(kit.tenant(Money.parse("1.00")).value());
    assertThat(new JdbcReconcile(kit.source()).faults()).isEmpty();

    change("update account set available = available + 1, open_tasks = 1");

    assertThat(new JdbcReconcile(kit.source()).faults())
        .hasSize(2)
        .anySatisfy(fault -> assertThat(fault).contains("entries give"))
        .anySatisfy(fault -> assertThat(fault).contains("counts 1 open tasks, has 0"));
  }

  @Test
  void most_moves_of_a_task_stay_on_its_page() {
    var tenant = kit.tenant(Money.parse("1.00"));
    var key = kit.key(tenant, Optional.empty());
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var task = TaskSamples.queued(TaskSamples.taskId(1), tenant, key, hold);
    kit.tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    new TaskDriver(kit.tasks(), TaskSamples.NOON).succeed(task, kit.channel(), 5_000);

    writes();
    var hot =
        kit.sql()
            .run(
                session ->
                    session.one(
                        """
                        select n_tup_hot_upd as hot from pg_stat_user_tables
                        where relname = 'task'\
                        """,
                        row -> row.getInt("hot")));

    assertThat(hot).isEqualTo(3);
  }
}
