package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.Money;
import dev.reelay.task.AdvanceTask.Advance.Now;
import dev.reelay.task.Attempt;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator is told of cost and margin, over a real database. */
class MarginCommandTest {
  private static final String THEIRS = "kling-v3";
  private static final int MILLIS_SHIFT = 16;
  private static final int FILES_BITS = 8;

  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);
  private Desk desk = cli.desk();
  private KeyId key = new KeyId(0);
  private int made;

  @BeforeEach
  void open() throws IOException {
    cli = CliKit.over(folder, database);
    desk = cli.desk();
    Files.writeString(folder.resolve("key.txt"), "a secret\n");
    cli.run("tenant", "create", "north");
    cli.run("tenant", "top-up", "north", "10");
    key = new KeyId(cli.run("key", "create", "north", "--json").json().path("id").asLong());
    cli.run("model", "add", "kling", "--seconds", "5");
    cli.run(
        "channel",
        "add",
        "other",
        "--provider",
        "unified",
        "--base-url",
        "https://relay.example",
        "--credential-file",
        "key.txt");
    cli.run("channel", "map", "other", "kling", THEIRS);
  }

  @AfterEach
  void close() {
    desk.close();
    database.close();
  }

  @Test
  void the_margin_is_told_by_group_with_what_nobody_knows_apart() {
    succeeded();
    cli.run("cost", "set", "other", THEIRS, "--per-second", "0.06");
    var costed = succeeded();
    cli.run("cost", "set", "other", THEIRS, "--per-second", "0.09");
    queued();

    var json = cli.run("margin", "--by", "channel,tenant", "--json").json();
    var text = cli.run("margin", "--by", "channel,tenant");

    var line = json.path("lines").get(1);
    assertThat(line.path("channel").asString()).isEqualTo("other");
    assertThat(line.path("tenant").asString()).isEqualTo("north");
    assertThat(line.path("charged_micros").asString()).isEqualTo("500000");
    assertThat(line.path("cost_micros").asString()).isEqualTo("300000");
    assertThat(line.path("margin_micros").asString()).isEqualTo("200000");
    assertThat(line.path("cost_unknown").asInt()).isEqualTo(1);
    assertThat(line.path("charged_at_unknown_cost_micros").asString()).isEqualTo("500000");
    assertThat(json.path("lines").get(0).path("channel").asString()).isEqualTo("none");
    assertThat(json.path("total").path("tasks").asInt()).isEqualTo(3);
    assertThat(json.path("total").path("open").asInt()).isEqualTo(1);
    assertThat(json.path("cut").asBoolean()).isFalse();
    assertThat(text.out()).contains("other", "north", "0.20 USD");
    var page = cli.run("task", "show", costed.id().prefixed(), "--json").json().path("money");
    assertThat(page.path("cost_micros").asString()).isEqualTo("300000");
    assertThat(page.path("cost_known_from").asString()).isEqualTo("the rule");
    assertThat(page.path("cost_rule").asString()).isEqualTo("0.06 USD a second (version 1)");
  }

  @Test
  void days_are_those_that_are_asked_for() {
    succeeded();
    var day = TaskSamples.NOON.toString().substring(0, 10);

    var usual = cli.run("margin", "--json").json();
    var before = cli.run("margin", "--until", "2026-11-22", "--json").json();

    assertThat(usual.path("lines").get(0).path("day").asString()).isEqualTo(day);
    assertThat(usual.path("from").asString()).isEqualTo("2026-10-25");
    assertThat(before.path("lines")).isEmpty();
    assertThat(cli.run("margin", "--from", "2025-01-01").err()).contains("366 days at most");
    assertThat(cli.run("margin", "--from", "2026-12-01", "--until", "2026-11-01").exit())
        .isEqualTo(2);
    assertThat(cli.run("margin", "--by", "colour").exit()).isEqualTo(2);
  }

  private Task queued() {
    made++;
    var id =
        TimeOrderedIds.text(
            new UUID(
                TaskSamples.NOON.toEpochMilli() << MILLIS_SHIFT | 0x7000L,
                Long.MIN_VALUE + ((long) made << FILES_BITS)));
    var tenant = desk.people().tenants().find("north").orElseThrow().id();
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var task = TaskSamples.queued(new TaskId(id), tenant, key, hold);
    desk.work().tasks().create(new NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  private Task succeeded() {
    var task = queued();
    var known = desk.offer().catalogue().load();
    var channel = desk.offer().channels().find("other").orElseThrow().channel();
    var attempt =
        new Attempt(
            1,
            channel.id(),
            channel.credentials().getFirst(),
            THEIRS,
            "token-" + made,
            TaskSamples.NOON,
            known.cost(channel.id(), THEIRS));
    apply(task, new TaskEvent.SubmitStarted(attempt, "the only channel"));
    apply(task, new TaskEvent.Accepted(1, "up-" + made));
    apply(task, new TaskEvent.Finished(VideoResult.of(URI.create("https://cdn.example/v.mp4"))));
    apply(task, new TaskEvent.Stored(TaskSamples.output(task.id()), TaskSamples.made(5_000)));
    return task;
  }

  private void apply(Task task, TaskEvent event) {
    assertThat(desk.work().advance().apply(task.id(), event))
        .matches(came -> came instanceof Now now && now.changed());
  }
}
