package dev.reelay.testkit;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Doubts;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore.AttemptRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of doubts, beside a store in memory. It passes the same suite as the real one. */
public final class InMemoryDoubts implements Doubts {
  private static final Set<String> UNKNOWN = Set.of("sending", "in_doubt", "given_up");

  private final InMemoryTaskStore store;
  private final Map<Key, List<Named>> named = new HashMap<>();
  private final Map<TaskId, List<LookRow>> looks = new HashMap<>();

  public InMemoryDoubts(InMemoryTaskStore store) {
    this.store = store;
  }

  private record Key(TaskId task, int attempt) {}

  private <T> Stream<T> attempts(BiFunction<Task, AttemptRow, T> what) {
    return store.all().stream()
        .flatMap(task -> store.attempts(task.id()).stream().map(row -> what.apply(task, row)));
  }

  private record Row(Task task, AttemptRow row) {}

  @Override
  public synchronized Claims claims(
      ChannelId channel, CredentialId credential, Instant since, Set<String> listed) {
    var unknown =
        attempts(Row::new)
            .filter(r -> UNKNOWN.contains(r.row().fate()))
            .filter(r -> r.row().attempt().channel().equals(channel))
            .filter(r -> r.row().attempt().credential().equals(credential))
            .filter(r -> !r.row().attempt().startedAt().isBefore(since))
            .map(r -> new Unknown(r.task(), r.row().attempt()))
            .sorted(
                Comparator.comparing((Unknown u) -> u.attempt().startedAt())
                    .thenComparing(u -> u.attempt().token()))
            .toList();
    return new Claims(unknown, owned(channel, listed), strays(channel, credential, since, listed));
  }

  private Map<String, Sent> owned(ChannelId channel, Set<String> listed) {
    return owners(channel)
        .filter(r -> listed.contains(r.row().upstreamId().orElseThrow()))
        .collect(Collectors.toMap(r -> r.row().upstreamId().orElseThrow(), InMemoryDoubts::sent));
  }

  private List<Sent> strays(
      ChannelId channel, CredentialId credential, Instant since, Set<String> listed) {
    return owners(channel)
        .filter(r -> r.row().attempt().credential().equals(credential))
        .filter(r -> !r.row().attempt().startedAt().isBefore(since))
        .filter(r -> !listed.contains(r.row().upstreamId().orElseThrow()))
        .map(InMemoryDoubts::sent)
        .sorted(Comparator.comparing(Sent::at))
        .toList();
  }

  private Stream<Row> owners(ChannelId channel) {
    return attempts(Row::new)
        .filter(r -> r.row().attempt().channel().equals(channel))
        .filter(r -> r.row().upstreamId().isPresent());
  }

  private static Sent sent(Row row) {
    return new Unknown(row.task(), row.row().attempt()).sent();
  }

  @Override
  public synchronized void name(TaskId task, int attempt, String upstreamId, Instant at) {
    var all = named.computeIfAbsent(new Key(task, attempt), _ -> new ArrayList<>());
    if (all.size() < NAMED_MAX && all.stream().noneMatch(n -> n.upstreamId().equals(upstreamId))) {
      all.add(new Named(upstreamId, at));
    }
  }

  @Override
  public synchronized List<Named> named(TaskId task, int attempt) {
    return List.copyOf(named.getOrDefault(new Key(task, attempt), List.of()));
  }

  @Override
  public synchronized void note(TaskId task, int attempt, Collection<Look> noted) {
    var rows = looks.computeIfAbsent(task, _ -> new ArrayList<>());
    for (var look : noted) {
      var before =
          rows.stream()
              .filter(r -> r.attempt() == attempt && r.look().recipe() == look.recipe())
              .findFirst();
      before.ifPresent(rows::remove);
      rows.add(new LookRow(attempt, look, before.map(LookRow::times).orElse(0) + 1));
    }
    rows.sort(Comparator.comparingInt(LookRow::attempt).thenComparing(r -> r.look().recipe()));
  }

  @Override
  public synchronized List<LookRow> looks(TaskId task) {
    return List.copyOf(looks.getOrDefault(task, List.of()));
  }

  @Override
  public synchronized Suspense suspense() {
    return new Suspense(
        holds("in_doubt").size(), sum("in_doubt"), holds("given_up").size(), sum("given_up"));
  }

  private List<Money> holds(String fate) {
    return attempts(Row::new)
        .filter(r -> r.row().fate().equals(fate))
        .map(r -> r.task().hold().max())
        .toList();
  }

  private Money sum(String fate) {
    return holds(fate).stream().reduce(Money.ZERO, Money::plus);
  }
}
