package dev.reelay.testkit;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Doubts;
import dev.reelay.task.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What is known of doubts, as one life of a node sees it: each call may go wrong. */
record MortalDoubts(Doubts doubts, SimLife life) implements Doubts {
  @Override
  public Claims claims(
      ChannelId channel, CredentialId credential, Instant since, Set<String> listed) {
    return life.callStore(() -> doubts.claims(channel, credential, since, listed));
  }

  @Override
  public void name(TaskId task, int attempt, String upstreamId, Instant at) {
    life.callStore(
        () -> {
          doubts.name(task, attempt, upstreamId, at);
          return true;
        });
  }

  @Override
  public List<Named> named(TaskId task, int attempt) {
    return life.callStore(() -> doubts.named(task, attempt));
  }

  @Override
  public void note(TaskId task, int attempt, Collection<Look> looks) {
    life.callStore(
        () -> {
          doubts.note(task, attempt, looks);
          return true;
        });
  }

  @Override
  public List<LookRow> looks(TaskId task) {
    return doubts.looks(task);
  }

  @Override
  public Suspense suspense() {
    return doubts.suspense();
  }
}
