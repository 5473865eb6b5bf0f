package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.money.Money;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.task.TaskStore.Query;
import dev.reelay.task.TaskStore.Versioned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every task store promises about reading, about nodes and their tasks, and about crowds. */
public abstract class SharedTasksContract extends TaskStoreSuite {
  // Reading

  @Test
  void a_list_is_newest_first_and_goes_on_where_the_page_before_ended() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    IntStream.range(0, 5).forEach(n -> accept(n, tenant, key, Money.ZERO));

    var first = kit().tasks().list(query(tenant, Set.of(), Optional.empty(), 3));
    var second = kit().tasks().list(query(tenant, Set.of(), Optional.of(first.getLast().id()), 3));

    assertThat(first).extracting(Task::id).containsExactly(ids(4, 3, 2));
    assertThat(second).extracting(Task::id).containsExactly(ids(1, 0));
  }

  @Test
  void a_list_shows_only_what_was_asked_for_and_nothing_deleted() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var stranger = kit().tenant(DOLLAR);
    accept(0, stranger, kit().key(stranger, Optional.empty()), Money.ZERO);
    var tasks = IntStream.range(1, 5).mapToObj(n -> accept(n, tenant, key, Money.ZERO)).toList();
    submit(tasks.get(0));
    move(tasks.get(1), new TaskEvent.CancelRequested("the caller"));
    move(submit(tasks.get(2)), new TaskEvent.DeleteRequested("the caller"));
    var names = new ModelName("sora-2");

    assertThat(kit().tasks().list(query(tenant, Set.of(), Optional.empty(), 10)))
        .extracting(Task::id)
        .containsExactly(ids(4, 2, 1));
    assertThat(
            kit()
                .tasks()
                .list(query(tenant, Set.of(TaskState.Name.SUBMITTING), Optional.empty(), 10)))
        .extracting(Task::id)
        .containsExactly(ids(1));
    assertThat(
            kit()
                .tasks()
                .list(
                    query(
                        tenant,
                        Set.of(TaskState.Name.CANCELED, TaskState.Name.QUEUED),
                        Optional.empty(),
                        10)))
        .extracting(Task::id)
        .containsExactly(ids(4, 2));
    assertThat(listOfModel(names.value())).hasSize(4);
    assertThat(listOfModel("sandbox-video")).hasSize(4);
    assertThat(listOfModel("veo")).isEmpty();
  }

  @Test
  void a_list_goes_in_either_order_on_from_where_a_page_ended() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    IntStream.range(1, 6).forEach(n -> accept(n, tenant, key, Money.ZERO));
    var third = Optional.of(TaskSamples.taskId(3));

    assertThat(listed(tenant, Optional.empty(), Query.Order.OLDEST_FIRST))
        .containsExactly(ids(1, 2));
    assertThat(listed(tenant, third, Query.Order.OLDEST_FIRST)).containsExactly(ids(4, 5));
    assertThat(listed(tenant, Optional.empty(), Query.Order.NEWEST_FIRST))
        .containsExactly(ids(5, 4));
    assertThat(listed(tenant, third, Query.Order.NEWEST_FIRST)).containsExactly(ids(2, 1));
  }

  private List<TaskId> listed(TenantId tenant, Optional<TaskId> beyond, Query.Order order) {
    var query = new Query(Optional.of(tenant), Set.of(), Optional.empty(), beyond, 2, order);
    return kit().tasks().list(query).stream().map(Task::id).toList();
  }

  // Nodes and their tasks

  @Test
  void only_tasks_that_no_living_node_holds_are_orphans() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var alive = custody("node-a");
    var dead = custody("node-b");
    var taker = custody("node-c");
    createOwned(1, tenant, key, alive);
    var lost = createOwned(2, tenant, key, dead);
    var ended = createOwned(3, tenant, key, dead);
    move(ended, new TaskEvent.CancelRequested("the caller"));
    kit().endLease("node-b");

    var taken = kit().tasks().takeOrphans(taker, 100);

    assertThat(taken).containsExactly(lost.takenBy(taker));
    assertThat(stored(lost)).isEqualTo(lost.takenBy(taker));
    assertThat(kit().tasks().takeOrphans(taker, 100)).isEmpty();
  }

  @Test
  void a_node_that_registers_again_takes_back_its_own_tasks() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var before = custody("node-a");
    var task = createOwned(1, tenant, key, before);

    var now = custody("node-a");

    assertThat(now.fence()).isGreaterThan(before.fence());
    assertThat(kit().tasks().takeOrphans(now, 10)).containsExactly(task.takenBy(now));
    assertThat(kit().tasks().commit(decide(task, new TaskEvent.CancelRequested("x"))))
        .isEqualTo(Commit.MOVED);
  }

  @Test
  void a_node_can_list_its_open_tasks() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var mine = custody("node-a");
    var first = createOwned(1, tenant, key, mine);
    createOwned(2, tenant, key, custody("node-b"));
    var ended = createOwned(3, tenant, key, mine);
    move(ended, new TaskEvent.CancelRequested("the caller"));
    var deleted = createOwned(4, tenant, key, mine);
    var open = move(submit(deleted), new TaskEvent.DeleteRequested("the caller"));

    assertThat(kit().tasks().openUnder(mine.fence()))
        .containsExactlyInAnyOrder(
            new Versioned(first.id(), 0), new Versioned(open.id(), open.version()));
  }

  @Test
  void a_node_without_a_lease_takes_nothing() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    accept(1, tenant, key, Money.ZERO);
    var late = custody("node-a");
    kit().endLease("node-a");

    assertThat(kit().tasks().takeOrphans(late, 10)).isEmpty();
  }

  @Test
  void two_nodes_share_thousands_of_orphans_and_each_goes_to_one() {
    var tenant = kit().tenant(DOLLAR);
    var key = kit().key(tenant, Optional.empty());
    var orphans = 2_000;
    IntStream.range(0, orphans).forEach(n -> accept(n, tenant, key, Money.ZERO));
    var nodes = List.of(custody("node-b"), custody("node-c"), custody("node-d"));

    var taken = Crowd.run(nodes.size(), n -> () -> takeAll(nodes.get(n)));

    var all = taken.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(orphans);
    assertThat(new HashSet<>(all)).hasSize(orphans);
  }

  @Test
  void a_lease_is_renewed_only_by_its_holder_and_only_in_time() {
    var fence = kit().nodes().register("node-a", LEASE);
    var newer = kit().nodes().register("node-a", LEASE);

    assertThat(newer).isGreaterThan(fence);
    assertThat(kit().nodes().renew("node-a", fence, LEASE)).isFalse();
    assertThat(kit().nodes().renew("node-a", newer, LEASE)).isTrue();
    kit().endLease("node-a");
    assertThat(kit().nodes().renew("node-a", newer, LEASE)).isFalse();
  }

  @Test
  void a_released_lease_is_over_at_once_and_only_for_its_holder() {
    var mine = kit().nodes().register("node-a", LEASE);
    var theirs = kit().nodes().register("node-b", LEASE);

    assertThat(kit().nodes().othersAlive(mine)).isEqualTo(1);
    kit().nodes().release("node-b", mine);
    assertThat(kit().nodes().othersAlive(mine)).isEqualTo(1);
    kit().nodes().release("node-b", theirs);
    assertThat(kit().nodes().othersAlive(mine)).isZero();
  }

  // Crowds

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_the_balance_pays() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 100));
    var key = kit().key(tenant, Optional.empty());

    var creations = crowd(tenant, key, OptionalInt.empty());

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.BalanceTooLow.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().balance(tenant).available()).isEqualTo(Money.ZERO);
  }

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_the_key_may_spend() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 1_000));
    var key = kit().key(tenant, Optional.of(new Money(CENTS_50.micros() * 100 + 1)));

    var creations = crowd(tenant, key, OptionalInt.empty());

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.KeyLimitReached.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().spent(key)).isEqualTo(new Money(CENTS_50.micros() * 100));
  }

  @Test
  void a_crowd_gets_exactly_as_many_tasks_as_may_be_open() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 1_000));
    var key = kit().key(tenant, Optional.empty());

    var creations = crowd(tenant, key, OptionalInt.of(100));

    assertThat(count(creations, Creation.Created.class)).isEqualTo(100);
    assertThat(count(creations, Creation.TooManyOpen.class)).isEqualTo(CROWD_CREATES - 100);
    assertThat(kit().openTasks(tenant)).isEqualTo(100);
  }

  @Test
  void of_fifty_repeats_at_once_one_is_accepted_and_all_get_its_answer() {
    var tenant = kit().tenant(new Money(CENTS_50.micros() * 100));
    var key = kit().key(tenant, Optional.empty());

    var creations =
        Crowd.run(
            50,
            n ->
                () ->
                    kit()
                        .tasks()
                        .create(newTask(queued(n, tenant, key, CENTS_50), call("a", PRINT))));

    assertThat(count(creations, Creation.Created.class)).isEqualTo(1);
    assertThat(count(creations, Creation.Replayed.class)).isEqualTo(49);
    assertThat(kit().balance(tenant).held()).isEqualTo(CENTS_50);
  }

  private static final int CROWD_THREADS = 64;
  private static final int CROWD_CREATES = CROWD_THREADS * 4;

  private List<Creation> crowd(TenantId tenant, KeyId key, OptionalInt openMax) {
    var each = CROWD_CREATES / CROWD_THREADS;
    return Crowd.run(
            CROWD_THREADS,
            n ->
                () -> {
                  var mine = new ArrayList<Creation>();
                  for (var i = 0; i < each; i++) {
                    var task = queued(n * each + i, tenant, key, CENTS_50);
                    mine.add(kit().tasks().create(new NewTask(task, openMax, Optional.empty())));
                    assertThat(kit().balance(tenant).available().isNegative()).isFalse();
                  }
                  return mine;
                })
        .stream()
        .flatMap(List::stream)
        .toList();
  }

  private static long count(List<Creation> creations, Class<? extends Creation> kind) {
    return creations.stream().filter(kind::isInstance).count();
  }
}
