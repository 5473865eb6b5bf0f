package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.Secret;
import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels;
import dev.reelay.task.AdvanceTask.Advance.Now;
import dev.reelay.task.Attempt;
import dev.reelay.task.Doubts.Look;
import dev.reelay.task.Doubts.Recipe;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator sees of tasks and decides about them, over a real database. */
class TaskCommandsTest {
  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);
  private Desk desk = cli.desk();
  private Task task = TaskSamples.queued();

  @BeforeEach
  void open() {
    cli = CliKit.over(folder, database);
    desk = cli.desk();
    cli.run("tenant", "create", "north");
    cli.run("tenant", "top-up", "north", "10");
    var key = cli.run("key", "create", "north", "--json").json().path("id").asLong();
    desk.offer()
        .channels()
        .add(
            new Channels.NewChannel(
                "other",
                "unified",
                URI.create("https://relay.example"),
                Channels.Terms.DEFAULT,
                Map.of(),
                Map.of()),
            "main",
            new Secret("a secret"));
    var tenant = desk.people().tenants().find("north").orElseThrow().id();
    task = sample(1, tenant, new KeyId(key));
    desk.work().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
  }

  @AfterEach
  void close() {
    desk.close();
    database.close();
  }

  private static Task sample(int number, TenantId tenant, KeyId key) {
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    return TaskSamples.queued(TaskSamples.taskId(number), tenant, key, hold);
  }

  private String id() {
    return task.id().prefixed();
  }

  private Attempt submitted() {
    var channel = desk.offer().channels().find("other").orElseThrow();
    var attempt =
        new Attempt(
            1,
            new ChannelId(channel.channel().id().value()),
            channel.channel().credentials().getFirst(),
            "theirs",
            "token-1",
            TaskSamples.NOON);
    apply(new TaskEvent.SubmitStarted(attempt, "the only channel"));
    return attempt;
  }

  private void doubtful() {
    submitted();
    apply(new TaskEvent.AnswerLost(1, "reset after the bytes left"));
  }

  private void succeeded() {
    submitted();
    apply(new TaskEvent.Accepted(1, "up-1"));
    apply(new TaskEvent.Finished(VideoResult.of(URI.create("https://cdn.example/v.mp4"))));
    apply(new TaskEvent.Stored(TaskSamples.output(task.id()), TaskSamples.made(5_000)));
  }

  private void apply(TaskEvent event) {
    assertThat(desk.work().advance().apply(task.id(), event))
        .matches(came -> came instanceof Now now && now.changed());
  }

  private String state() {
    return desk.work().tasks().find(task.id()).orElseThrow().state().kind().wire();
  }

  @Test
  void a_task_shows_what_its_pictures_are_for() {
    var pictures =
        List.<Picture>of(
            new Picture.Web("https://pictures.example/a.png", PictureRole.FIRST_FRAME),
            new Picture.Web("https://pictures.example/b.png", PictureRole.LAST_FRAME));
    var mine = task.accepted();
    var accepted =
        new Task.Accepted(
            mine.tenant(),
            mine.key(),
            mine.request().withImages(pictures),
            mine.hold(),
            mine.createdAt(),
            mine.deadlines());
    var pictured = TaskSamples.queued(TaskSamples.taskId(2), accepted);
    desk.work().tasks().create(new NewTask(pictured, OptionalInt.empty(), Optional.empty()));

    var shown = cli.run("task", "show", pictured.id().prefixed(), "--json").json();

    assertThat(shown.at("/request/image_roles").toString())
        .isEqualTo("[\"first_frame\",\"last_frame\"]");
  }

  @Test
  void a_task_in_doubt_is_listed_and_its_page_says_what_to_decide() {
    doubtful();

    assertThat(cli.run("task", "list", "--in-doubt", "-q").out().strip()).isEqualTo(id());
    assertThat(cli.run("task", "list", "--state", "queued", "-q").out()).isEmpty();
    var page = cli.run("task", "show", "sora-2:" + id());
    assertThat(page.out())
        .contains("in_doubt")
        .contains("reset after the bytes left")
        .contains("attach its id, resend it, or refund it")
        .contains("0.50 USD")
        .contains("submit.answer_lost");
    var json = cli.run("task", "show", id(), "--json").json();
    assertThat(json.path("money").path("held_micros").asString()).isEqualTo("500000");
    assertThat(json.path("attempts").get(0).path("fate").asString()).isEqualTo("in_doubt");
    assertThat(json.path("timeline").size()).isGreaterThan(1);
  }

  @Test
  void a_doubts_page_tells_age_looks_callbacks_cost_and_what_to_do() {
    doubtful();
    var at = TaskSamples.NOON.plusSeconds(9);
    var look = new Look(Recipe.LIST, at, "two jobs fit", Optional.of(at.plusSeconds(30)));
    desk.work().doubts().note(task.id(), 1, List.of(look));
    desk.work().doubts().name(task.id(), 1, "up-77", at);

    var doubt = cli.run("task", "show", id(), "--json").json().path("doubt");
    assertThat(doubt.path("evidence").asString()).isEqualTo("reset after the bytes left");
    assertThat(doubt.path("since").asString()).isNotBlank();
    assertThat(doubt.path("possible_cost_most_micros").asString()).isEqualTo("500000");
    assertThat(doubt.path("decide").asString()).contains("attach", "resend", "refund", id());
    assertThat(doubt.path("looks").get(0).path("result").asString()).isEqualTo("two jobs fit");
    assertThat(doubt.path("looks").get(0).path("next_at").asString()).isNotBlank();
    assertThat(doubt.path("named_by_callbacks").get(0).path("upstream_id").asString())
        .isEqualTo("up-77");
    assertThat(cli.run("task", "list", "--in-doubt").out())
        .contains("list: two jobs fit")
        .contains("reset after the bytes left");
  }

  @Test
  void a_task_that_was_never_in_doubt_has_no_such_part() {
    assertThat(cli.run("task", "show", id(), "--json").json().has("doubt")).isFalse();
  }

  @Test
  void what_doubts_may_have_cost_stands_in_suspense() {
    doubtful();

    assertThat(cli.run("reconcile").out())
        .contains("at most 0.50 USD in 1 open doubts and 0.00 USD in 0 given up");
    cli.run("task", "refund", id(), "--reason", "lost");

    var suspense = cli.run("reconcile", "--json").json().path("suspense");
    assertThat(suspense.path("open_doubts").asInt()).isZero();
    assertThat(suspense.path("given_up").asInt()).isEqualTo(1);
    assertThat(suspense.path("given_up_most_micros").asString()).isEqualTo("500000");
  }

  @Test
  void attaching_an_id_lets_the_task_go_on_and_keeps_the_operators_name() {
    doubtful();

    var attached = cli.run("task", "attach", id(), "up-77");

    assertThat(attached.exit()).isZero();
    assertThat(state()).isEqualTo("running");
    assertThat(cli.run("task", "show", id()).out()).contains("up-77").contains("doubt.attached");
    assertThat(cli.run("task", "attach", id(), "up-78").exit()).isEqualTo(1);
  }

  @Test
  void a_resend_puts_the_task_back_into_the_queue() {
    doubtful();

    assertThat(cli.run("task", "resend", id()).out()).contains("will be sent again");
    assertThat(state()).isEqualTo("queued");
    assertThat(cli.run("task", "show", id()).out()).contains("by olga");
    assertThat(cli.run("task", "resend", id()).exit()).isEqualTo(1);
  }

  @Test
  void refunding_a_task_in_doubt_ends_it_and_releases_the_hold() {
    doubtful();

    assertThat(cli.run("task", "refund", id(), "--reason", "lost").exit()).isZero();

    assertThat(state()).isEqualTo("failed");
    var money = cli.run("task", "show", id(), "--json").json().path("money");
    assertThat(money.path("released_micros").asString()).isEqualTo("500000");
    assertThat(money.path("held_micros").asString()).isEqualTo("0");
    assertThat(cli.run("reconcile").exit()).isZero();
  }

  @Test
  void a_succeeded_task_is_refunded_by_entries_up_to_its_charge() {
    succeeded();

    var part = cli.run("task", "refund", id(), "--reason", "too dark", "--amount", "0.20");
    assertThat(part.out()).contains("gave back 0.20 USD; still charged: 0.30 USD");
    assertThat(cli.run("task", "refund", id(), "--reason", "x", "--amount", "0.31").exit())
        .isEqualTo(1);
    assertThat(cli.run("task", "refund", id(), "--reason", "x").exit()).isZero();
    assertThat(cli.run("task", "refund", id(), "--reason", "x").err()).contains("in full before");
    assertThat(cli.run("ledger", "--task", id()).out()).contains("too dark (olga)");
    assertThat(cli.run("reconcile", "--json").json().path("balanced").asBoolean()).isTrue();
  }

  @Test
  void a_refund_of_what_was_never_charged_says_why_not() {
    assertThat(cli.run("task", "refund", id(), "--reason", "x").err())
        .contains("is queued and not charged yet");
    assertThat(cli.run("task", "refund", id()).exit()).isEqualTo(2);
  }

  @Test
  void a_queued_task_is_canceled_at_once_and_a_running_one_is_asked_to_end() {
    assertThat(cli.run("task", "cancel", id()).out()).contains("is canceled");
    assertThat(state()).isEqualTo("canceled");
    assertThat(cli.run("task", "cancel", id()).exit()).isEqualTo(1);
    assertThat(cli.run("task", "cancel", TaskSamples.taskId(9).prefixed()).exit()).isEqualTo(1);
    assertThat(cli.run("task", "cancel", "nonsense").exit()).isEqualTo(2);
  }

  @Test
  void a_running_task_is_marked_and_keeps_its_money_held() {
    submitted();
    apply(new TaskEvent.Accepted(1, "up-1"));

    assertThat(cli.run("task", "cancel", id()).out()).contains("will end if the provider lets it");

    var page = cli.run("task", "show", id(), "--json").json();
    assertThat(page.path("cancel_requested").asBoolean()).isTrue();
    assertThat(page.path("money").path("held_micros").asString()).isEqualTo("500000");
  }

  @Test
  void books_that_do_not_balance_end_with_1_and_say_where() throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("update account set available = available + 1");
    }

    var told = cli.run("reconcile");

    assertThat(told.exit()).isEqualTo(1);
    assertThat(told.out()).contains("do not balance").contains("north");
  }
}
