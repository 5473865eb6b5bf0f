package dev.reelay.task;

import dev.reelay.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The port to what tasks earned and what they cost, in sums; for operators only. */
public interface Margins {
  /** The most lines of a report. */
  int LINES_MAX = 10_000;

  Report report(Query query);

  /** What tasks are put together by. */
  enum By {
    /** The day of the accept in UTC, such as {@code 2026-11-26}. */
    DAY,
    /** The public name of the model that served it. */
    MODEL,
    /** The number of the channel that was tried last; empty where none was. */
    CHANNEL,
    /** The tenant's number. */
    TENANT
  }

  /**
   * Which tasks, and how they are put together.
   *
   * @param from the first moment of an accept that counts
   * @param until the first one that does not count any more
   * @param by empty for one line of all
   */
  record Query(Instant from, Instant until, Set<By> by) {
    public static final Duration LONGEST = Duration.ofDays(366);

    public Query {
      by = Set.copyOf(by);
      if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "a time of " + LONGEST.toDays() + " days at most, and its end after its beginning");
      }
    }
  }

  /**
   * The lines in the order of their groups.
   *
   * @param isCut whether there were more than {@link #LINES_MAX}
   */
  record Report(List<Line> lines, boolean isCut) {
    public Report {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A group of tasks.
   *
   * @param group what they have in common, as far as they were put together by it
   */
  record Line(Map<By, String> group, Sums sums) {
    public Line {
      group = Map.copyOf(group);
    }
  }

  /**
   * What became of tasks, and of the money. The cost of a final task is known if that of its job is
   * and no other attempt may have made one; a task for which nobody made anything cost nothing.
   *
   * @param tasks all of them
   * @param open those that are not final: their money counts nowhere yet
   * @param unknown final ones of which nobody knows the cost: their money stands apart
   * @param charged by those of which the cost is known
   * @param refunded of that
   * @param cost of those of which it is known
   * @param unknownCharged by those of which the cost is not known, without what was refunded
   */
  record Sums(
      long tasks,
      long open,
      long unknown,
      Money charged,
      Money refunded,
      Money cost,
      Money unknownCharged) {
    public static final Sums NOTHING =
        new Sums(0, 0, 0, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);

    /** What is left of the tasks of which the cost is known; negative where they were a loss. */
    public Money margin() {
      return charged.minus(refunded).minus(cost);
    }

    public Sums plus(Sums other) {
      return new Sums(
          tasks + other.tasks,
          open + other.open,
          unknown + other.unknown,
          charged.plus(other.charged),
          refunded.plus(other.refunded),
          cost.plus(other.cost),
          unknownCharged.plus(other.unknownCharged));
    }
  }
}
