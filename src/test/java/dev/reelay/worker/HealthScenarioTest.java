package dev.reelay.worker;

import static dev.reelay.worker.DispatcherKit.catalogue;
import static dev.reelay.worker.DispatcherKit.channel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.HealthPart.OfChannel;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of tasks when channels are out of use. */
class HealthScenarioTest {
  private static final Channel SICK = channel(1, Channel.Limits.DEFAULT, 1);
  private static final Channel WELL = channel(2, Channel.Limits.DEFAULT, 1);

  private final DispatcherKit kit = new DispatcherKit();
  private final List<Runnable> kept = new ArrayList<>();

  @Test
  void a_channel_out_of_use_gets_nothing_and_the_others_get_its_share() {
    kit.catalogue = () -> catalogue(SICK, WELL);
    fail(OfChannel.FAULTS_MAX);
    var dispatcher = kit.dispatcher(Runnable::run);

    createAll(1, 40);
    kit.round(dispatcher);

    assertThat(kit.sent).hasSize(40).allMatch(sent -> sent.channel().equals(WELL.id()));
  }

  @Test
  void a_single_channel_out_of_use_is_waited_for_and_that_is_no_attempt() {
    kit.catalogue = () -> catalogue(SICK);
    fail(OfChannel.FAULTS_MAX);
    var dispatcher = kit.dispatcher(Runnable::run);
    var task = kit.create(1);

    kit.pass(dispatcher, OfChannel.PROBE_PERIOD.minusSeconds(2));
    assertThat(kit.state(task)).isEqualTo(Name.QUEUED);
    assertThat(kit.store.attempts(task.id())).isEmpty();
    kit.pass(dispatcher, Duration.ofSeconds(3));

    assertThat(kit.state(task)).isEqualTo(Name.RUNNING);
  }

  @Test
  void one_task_is_the_probe_and_the_others_go_past_until_it_tells() {
    kit.catalogue = () -> catalogue(SICK, WELL);
    fail(OfChannel.FAULTS_MAX);
    var dispatcher = kit.dispatcher(kept::add);
    kit.clock.move(OfChannel.PROBE_PERIOD);

    createAll(1, 20);
    kit.round(dispatcher);
    runKept();

    assertThat(kit.sent).hasSize(20);
    assertThat(kit.sent).filteredOn(sent -> sent.channel().equals(SICK.id())).hasSize(1);
  }

  @Test
  void a_probe_that_was_never_sent_is_left_to_the_next() {
    kit.catalogue = () -> catalogue(SICK);
    fail(OfChannel.FAULTS_MAX);
    var dispatcher = kit.dispatcher(kept::add);
    kit.clock.move(OfChannel.PROBE_PERIOD);
    var canceled = kit.create(1);
    kit.round(dispatcher);
    kit.advance(canceled.id(), new TaskEvent.CancelRequested("the caller"));
    runKept();

    kit.create(2);
    kit.round(dispatcher);
    runKept();

    assertThat(kit.sent).hasSize(1);
  }

  private void runKept() {
    var now = List.copyOf(kept);
    kept.clear();
    now.forEach(Runnable::run);
  }

  private void fail(int times) {
    for (var n = 0; n < times; n++) {
      kit.budgets
          .health()
          .note(new ChannelId(1), new CredentialId(10), "theirs", Sign.FAILED, "no answer");
    }
  }

  private void createAll(int first, int count) {
    for (var n = first; n < first + count; n++) {
      kit.create(n);
    }
  }
}
