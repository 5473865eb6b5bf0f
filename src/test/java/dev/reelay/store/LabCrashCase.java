package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.lab.LabStrike;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.task.Recovery;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.Upstream;
import dev.reelay.testkit.CrashPoints.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One task at a provider of the lab, what goes wrong with it, and whether it ended as it may. */
final class LabCrashCase {
  private static final Duration STEP_MIN = Duration.ofSeconds(1);
  private static final Duration STEP_MAX = Duration.ofSeconds(20);
  private static final int STEPS_MAX = 2_000;

  /** By then an absence is believed if it ever is: what follows are the same looks again. */
  private static final Duration LOOKED_AT = Upstream.SEND_MAX.plus(Duration.ofSeconds(75));

  /** Between two cases, so that none's jobs are near another's. */
  private static final Duration APART = Duration.ofHours(1);

  private final LabCrashWorld world;
  private final Map<Integer, LabStrike> strikes;
  private final String name;
  private final Task task;
  private Optional<CrashLife> life;
  private Task now;
  private boolean wasInDoubt;
  private Reach looked;

  /**
   * @param strikes what goes wrong with calls, by their number
   * @param place where the node is struck besides; 0 for nowhere
   */
  LabCrashCase(LabCrashWorld world, Map<Integer, LabStrike> strikes, int place, Fault fault) {
    this.world = world;
    this.strikes = Map.copyOf(strikes);
    this.name = world.part.name() + " calls " + strikes + ", place " + place + " " + fault;
    world.ground.clock.move(APART);
    var first = world.live();
    this.task = world.create(first.custody());
    this.now = task;
    first.adopt(task);
    this.life = Optional.of(first);
    world.lab.calls().arm(strikes);
    world.ground.points.arm(place, fault);
    this.looked = reach();
  }

  /** How many places and calls were passed. */
  record Reach(int places, int calls) {}

  private Reach reach() {
    return new Reach(world.ground.points.passed(), world.lab.calls().seen().size());
  }

  /** Lets time go on until the task has ended. */
  void walk() {
    var until = world.ground.clock.instant().plus(LOOKED_AT);
    var isKnown = false;
    for (var n = 0; n < STEPS_MAX && !now.isFinal(); n++) {
      live();
      now = world.ground.tasks.find(task.id()).orElseThrow();
      requireVisible();
      looked = isKnown ? looked : reach();
      isKnown = isJobKnown() || world.ground.clock.instant().isAfter(until);
      world.ground.clock.move(step());
    }
    life.ifPresent(CrashLife::stop);
  }

  /** What it passed in all. */
  Reach whole() {
    return reach();
  }

  /** What it had passed when its job was known, or each recipe had looked for it in earnest. */
  Reach untilLooked() {
    return looked;
  }

  /** How many places it had passed before its first create left. */
  int placesUntilSent() {
    return life.map(CrashLife::placesBeforeSend).orElse(0);
  }

  /** A dead process is started anew until it comes up. */
  private void live() {
    if (life.isEmpty() || world.ground.points.isDead()) {
      try {
        life = Optional.of(world.live());
      } catch (StoreUnavailable e) {
        life = Optional.empty();
      }
    }
    life.ifPresent(CrashLife::round);
  }

  private Duration step() {
    var due = life.flatMap(CrashLife::nextDue);
    var wait = due.map(at -> Duration.between(world.ground.clock.instant(), at)).orElse(STEP_MIN);
    if (wait.compareTo(STEP_MIN) < 0) {
      return STEP_MIN;
    }
    return wait.compareTo(STEP_MAX) > 0 ? STEP_MAX : wait;
  }

  private boolean isJobKnown() {
    return switch (now.state()) {
      case TaskState.Queued _, TaskState.Submitting _, TaskState.InDoubt _ -> false;
      case TaskState.Running _,
          TaskState.Storing _,
          TaskState.Succeeded _,
          TaskState.Failed _,
          TaskState.Canceled _ ->
          true;
    };
  }

  /** A doubt is seen by an operator, and its money is still held then. */
  private void requireVisible() {
    if (now.state() instanceof TaskState.InDoubt && !wasInDoubt) {
      wasInDoubt = true;
      assertThat(world.ground.kit.balance(task.tenant()).held()).isEqualTo(CrashGround.HOLD);
      assertThat(world.ground.doubts.suspense().openMost()).isEqualTo(CrashGround.HOLD);
    }
  }

  /** How it ended, in a few words. */
  String end() {
    var kind = now.state().kind().toString().toLowerCase(Locale.ROOT);
    return wasInDoubt ? kind + " after a doubt" : kind;
  }

  /** The oracle: what the provider made and was asked for, beside our ledger and our files. */
  List<String> faults() {
    var faults = new ArrayList<String>();
    var made = world.madeFor(task);
    if (made > 1) {
      faults.add(made + " jobs");
    }
    var creates =
        world.lab.calls().seen().stream().filter(call -> call.startsWith("POST ")).count();
    if (creates > 1 && !mayBeSentAgain()) {
      faults.add("it was sent " + creates + " times");
    }
    var entries = world.ground.kit.ledger(task.id());
    var held = world.ground.kit.balance(task.tenant()).held();
    if (entries.stream().filter(LedgerEntry::closes).count() != 1 || !held.equals(Money.ZERO)) {
      faults.add("closed wrongly: " + entries + ", still held " + held);
    }
    var charges =
        entries.stream()
            .filter(entry -> entry.kind() == EntryKind.SETTLE)
            .map(LedgerEntry::amount)
            .toList();
    if (!isRightEnd(made, charges)) {
      faults.add("ended with " + made + " jobs, charges " + charges + ", as " + now.state());
    }
    return faults.stream().map(fault -> name + ": " + fault).toList();
  }

  private boolean isRightEnd(long made, List<Money> charges) {
    return switch (now.state()) {
      case TaskState.Succeeded _ ->
          made == 1 && charges.equals(List.of(CrashGround.HOLD)) && isKept();
      case TaskState.Failed failed -> charges.isEmpty() && mayFail(failed, made);
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.InDoubt _,
          TaskState.Running _,
          TaskState.Storing _,
          TaskState.Canceled _ ->
          false;
    };
  }

  private boolean isKept() {
    var assets = world.ground.kit.assets(task.id());
    return !assets.isEmpty() && assets.stream().allMatch(world::isKept);
  }

  /**
   * A doubt may be given up where nothing resolves it: not if the provider can tell of the job.
   * What its host gives out as the file is believed.
   */
  private boolean mayFail(TaskState.Failed failed, long made) {
    return switch (failed.failure().code()) {
      case IN_DOUBT_GIVEN_UP ->
          wasInDoubt && !canProveAbsence() && (made == 0 || world.recovery().equals(Recovery.NONE));
      case RESULT_NOT_PLAYABLE -> strikes.containsValue(LabStrike.EMPTY_OBJECT);
      default -> false;
    };
  }

  /** What is not there is known not to be there, or asking again makes no second one. */
  private boolean canProveAbsence() {
    var recovery = world.recovery();
    return recovery.token().isPresent()
        || recovery.reference().isPresent()
        || recovery.list().filter(list -> list.shows().everyJob()).isPresent();
  }

  /** Or something in between said in so many words that there is nobody. */
  private boolean mayBeSentAgain() {
    return canProveAbsence() || strikes.containsValue(LabStrike.NO_SUCH_PAGE);
  }
}
