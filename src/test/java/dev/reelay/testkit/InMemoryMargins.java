package dev.reelay.testkit;

import dev.reelay.money.Cost;
import dev.reelay.money.EntryKind;
import dev.reelay.money.LedgerEntry;
import dev.reelay.money.Money;
import dev.reelay.task.Margins;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Margins over the store in memory, reckoned task by task. */
public final class InMemoryMargins implements Margins {
  private static final Set<String> NOTHING_MADE = Set.of("not_sent", "rejected", "never_created");

  private final InMemoryTaskStore store;

  public InMemoryMargins(InMemoryTaskStore store) {
    this.store = store;
  }

  @Override
  public Report report(Query query) {
    var groups = new HashMap<Map<By, String>, Sums>();
    for (var task : store.all()) {
      var at = task.accepted().createdAt();
      if (!at.isBefore(query.from()) && at.isBefore(query.until())) {
        groups.merge(group(task, query.by()), sums(task), Sums::plus);
      }
    }
    var lines =
        groups.entrySet().stream()
            .map(group -> new Line(group.getKey(), group.getValue()))
            .sorted(Comparator.comparing(InMemoryMargins::place))
            .toList();
    var isCut = lines.size() > LINES_MAX;
    return new Report(isCut ? lines.subList(0, LINES_MAX) : lines, isCut);
  }

  private static String place(Line line) {
    var words = new StringBuilder();
    for (var by : By.values()) {
      words.append(line.group().getOrDefault(by, "")).append('\0');
    }
    return words.toString();
  }

  private Map<By, String> group(Task task, Set<By> by) {
    var group = new EnumMap<By, String>(By.class);
    for (var one : by) {
      group.put(
          one,
          switch (one) {
            case DAY ->
                task.accepted().createdAt().atOffset(ZoneOffset.UTC).toLocalDate().toString();
            case MODEL -> task.request().served().value();
            case CHANNEL -> channel(task);
            case TENANT -> String.valueOf(task.tenant().value());
          });
    }
    return group;
  }

  private String channel(Task task) {
    var attempts = store.attempts(task.id());
    return attempts.isEmpty() ? "" : String.valueOf(attempts.getLast().attempt().channel().value());
  }

  private Sums sums(Task task) {
    if (!task.isFinal()) {
      return new Sums(1, 1, 0, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
    }
    var charged = task.state() instanceof TaskState.Succeeded done ? done.charged() : Money.ZERO;
    var refunded = refunded(store.ledger(task.id()));
    return isKnown(task)
        ? new Sums(1, 0, 0, charged, refunded, cost(task), Money.ZERO)
        : new Sums(1, 0, 1, Money.ZERO, Money.ZERO, Money.ZERO, charged.minus(refunded));
  }

  private boolean isKnown(Task task) {
    return store.attempts(task.id()).stream()
        .map(TaskStore.AttemptRow::fate)
        .filter(fate -> !NOTHING_MADE.contains(fate))
        .allMatch(fate -> fate.equals("got") && task.marks().cost().isPresent());
  }

  private static Money cost(Task task) {
    return task.marks().cost().map(Cost::amount).orElse(Money.ZERO);
  }

  private static Money refunded(List<LedgerEntry> entries) {
    return entries.stream()
        .filter(entry -> entry.kind() == EntryKind.REFUND)
        .map(LedgerEntry::amount)
        .reduce(Money.ZERO, Money::plus);
  }
}
