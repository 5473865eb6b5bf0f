package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.money.Reconcile;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskState.Name;
import dev.reelay.testkit.CrashPoints.Fault;
import dev.reelay.testkit.CrashProvider.Kind;
import dev.reelay.testkit.CrashUpstream.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Walks through every place of a task's life at which something can go wrong, for every kind of
 * provider and every fault, and reads both journals afterwards.
 */
class CrashWalkTest {
  private static final Duration STRIDE = Duration.ofSeconds(3);
  private static final Duration STRIDE_LATER = Duration.ofSeconds(20);
  private static final int STRIDES_MAX = 400;
  private static final List<Kind> FOUR =
      List.of(Kind.TOKEN, Kind.REFERENCE, Kind.LIST, Kind.NOTHING);
  private static final Logger ALL = (Logger) LoggerFactory.getLogger("dev.reelay");

  private final CrashWorld world = new CrashWorld();
  private final List<String> wrong = new ArrayList<>();
  private Optional<CrashLife> life = Optional.empty();
  private int cases;
  private int doubts;
  private int givenUp;

  @BeforeEach
  void hush() {
    ALL.setLevel(Level.OFF);
  }

  @AfterEach
  void speakAndClose() {
    ALL.setLevel(null);
    world.close();
  }

  @Test
  void no_place_kind_and_fault_makes_a_second_job_or_charge() {
    var began = System.nanoTime();
    for (var kind : FOUR) {
      var places = walk(kind, Mode.ANSWER, 0, Fault.CRASH);
      assertThat(places).as("places of a life").isGreaterThan(15);
      for (var place = 1; place <= places; place++) {
        for (var fault : Fault.values()) {
          walk(kind, Mode.ANSWER, place, fault);
        }
      }
    }
    report("crash walk", began);
  }

  @Test
  void no_answer_that_a_provider_gives_makes_a_second_job_or_charge() {
    var began = System.nanoTime();
    for (var kind : Kind.values()) {
      for (var mode : Mode.values()) {
        if (mode != Mode.CALL_BACK_AND_DROP || kind == Kind.CALLBACK) {
          walk(kind, mode, 0, Fault.CRASH);
        }
      }
    }
    report("provider walk", began);
  }

  private void report(String name, long began) {
    assertThat(wrong).isEmpty();
    assertThat(Reconcile.faults(world.ground.kit.facts())).isEmpty();
    var suspense = world.ground.doubts.suspense();
    assertThat(suspense.open()).as("doubts left open").isZero();
    assertThat(suspense.givenUp()).as("suspense tells of all that was given up").isEqualTo(givenUp);
    System.out.printf(
        "%s: %d cases, %d of them in doubt, %d given up and released, %d jobs made,"
            + " 0 double jobs, 0 double charges, %d s%n",
        name,
        cases,
        doubts,
        givenUp,
        world.upstream.made().size(),
        Duration.ofNanos(System.nanoTime() - began).toSeconds());
  }

  /** One case to its end; how many places it passed. */
  private int walk(Kind kind, Mode mode, int place, Fault fault) {
    cases++;
    var task = begin(kind);
    world.upstream.next(mode);
    world.ground.points.arm(place, fault);
    var wasInDoubt = false;
    for (var n = 0; n < STRIDES_MAX && !now(task).isFinal(); n++) {
      live();
      wasInDoubt |= isVisiblyInDoubt(task);
      world.ground.clock.move(wasInDoubt && n > 60 ? STRIDE_LATER : STRIDE);
    }
    doubts += wasInDoubt ? 1 : 0;
    var name = kind + " " + mode + " place " + place + " " + fault;
    judge(task, kind, wasInDoubt).forEach(fault1 -> wrong.add(name + ": " + fault1));
    return world.ground.points.passed();
  }

  private Task begin(Kind kind) {
    var alive = life.orElseGet(() -> world.live());
    life = Optional.of(alive);
    var task = world.create(kind, alive.custody());
    alive.adopt(task);
    return task;
  }

  /** A dead process is started anew until it comes up. */
  private void live() {
    if (life.isEmpty() || world.ground.points.isDead()) {
      life = born();
    }
    life.ifPresent(CrashLife::round);
  }

  private Optional<CrashLife> born() {
    try {
      return Optional.of(world.live());
    } catch (StoreUnavailable e) {
      return Optional.empty();
    }
  }

  private Task now(Task task) {
    return world.ground.tasks.find(task.id()).orElseThrow();
  }

  /** What an operator sees, and that the money is still held then. */
  private boolean isVisiblyInDoubt(Task task) {
    var now = now(task);
    if (now.state().kind() != Name.IN_DOUBT) {
      return false;
    }
    assertThat(world.ground.kit.balance(task.tenant()).held()).isEqualTo(CrashGround.HOLD);
    assertThat(world.ground.doubts.suspense().openMost()).isEqualTo(CrashGround.HOLD);
    return true;
  }

  /** The oracle: the provider's journal beside our ledger. */
  private List<String> judge(Task task, Kind kind, boolean wasInDoubt) {
    var faults = new ArrayList<String>();
    var made = world.madeFor(task);
    var entries = world.ground.kit.ledger(task.id());
    var charges = entries.stream().filter(e -> e.kind().name().equals("SETTLE")).count();
    if (made > 1) {
      faults.add(made + " jobs");
    }
    if (charges > 1 || entries.stream().filter(LedgerEntry::closes).count() != 1) {
      faults.add("closed wrongly: " + entries);
    }
    switch (now(task).state()) {
      case TaskState.Succeeded _ -> {
        if (made != 1 || charges != 1) {
          faults.add("succeeded with " + made + " jobs and " + charges + " charges");
        }
      }
      case TaskState.Failed failed -> {
        givenUp++;
        var isAllowed = kind == Kind.NOTHING || (kind == Kind.CALLBACK && wasInDoubt);
        if (!isAllowed || failed.failure().code() != ErrorCode.IN_DOUBT_GIVEN_UP || !wasInDoubt) {
          faults.add("failed: " + failed.failure());
        }
      }
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.InDoubt _,
          TaskState.Running _,
          TaskState.Storing _,
          TaskState.Canceled _ ->
          faults.add("did not end: " + now(task).state());
    }
    if (!world.ground.kit.balance(task.tenant()).held().equals(Money.ZERO)) {
      faults.add("money stays held");
    }
    return faults;
  }
}
