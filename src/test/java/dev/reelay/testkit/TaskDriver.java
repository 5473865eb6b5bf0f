package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.ChannelId;
import dev.reelay.task.Decision;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskRules;
import dev.reelay.task.TaskStore;
import dev.reelay.task.TaskStore.Commit;
import dev.reelay.task.Transition;
import java.time.Instant;

/** Drives tasks through a store by the real rules, always at the same moment. */
public record TaskDriver(TaskStore store, Instant now) {
  /** What the rules make of an event that must move the task. */
  public Transition decide(Task task, TaskEvent event) {
    return ((Decision.Move) TaskRules.decide(task, event, now)).transition();
  }

  /** Decides and commits; gives the task as it then is. */
  public Task move(Task task, TaskEvent event) {
    var transition = decide(task, event);
    assertThat(store.commit(transition)).isEqualTo(Commit.DONE);
    return transition.after();
  }

  public Task submit(Task queued, ChannelId channel) {
    var attempt = TaskSamples.attempt(queued.id(), queued.marks().attempts() + 1, channel);
    return move(queued, new TaskEvent.SubmitStarted(attempt, "first try"));
  }

  /** Until the provider has accepted it, under an id that no other task has. */
  public Task run(Task queued, ChannelId channel) {
    var submitting = submit(queued, channel);
    var number = submitting.marks().attempts();
    return move(submitting, new TaskEvent.Accepted(number, "their-" + queued.id()));
  }

  /** To its good end, with a video of that length. */
  public Task succeed(Task queued, ChannelId channel, long millis) {
    var storing = move(run(queued, channel), new TaskEvent.Finished(StateSamples.RESULT));
    var stored = new TaskEvent.Stored(TaskSamples.output(queued.id()), TaskSamples.made(millis));
    return move(storing, stored);
  }
}
