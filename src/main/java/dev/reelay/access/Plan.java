package dev.reelay.access;

import dev.reelay.money.Factors;
import java.util.OptionalInt;

/**
 * What a tenant may do and how much of it.
 *
 * @param openTasksMax tasks open at once; empty for no limit
 * @param factorMillionths price factor; 1,000,000 leaves prices as they are
 * @param rates calls a minute as the operator set them; {@link #effectiveRates} is what counts
 */
public record Plan(
    long id, String name, OptionalInt openTasksMax, long factorMillionths, RequestRates rates) {
  /** The plan of tenants that nobody gave another; every database has it. */
  public static final String DEFAULT_NAME = "default";

  /** Clients ask about once a second; twice that for each open task leaves them room. */
  static final int QUERIES_PER_OPEN_TASK = 120;

  static final int QUERIES_PER_MINUTE_MIN = 600;

  public Plan {
    if (openTasksMax.orElse(1) < 1) {
      throw new IllegalArgumentException("a plan has positive limits");
    }
    Factors.requireBound(factorMillionths);
  }

  /** A plan without rates of its own. */
  public Plan(long id, String name, OptionalInt openTasksMax, long factorMillionths) {
    this(id, name, openTasksMax, factorMillionths, RequestRates.NONE);
  }

  /**
   * The rates in force. A query rate that nobody set follows from the open tasks that the plan
   * allows, and there is none where it allows any number; creates have no limit unless one is set,
   * since money and open tasks bound them.
   */
  public RequestRates effectiveRates() {
    if (rates.queryPerMinute().isPresent() || openTasksMax.isEmpty()) {
      return rates;
    }
    var wanted = (long) QUERIES_PER_OPEN_TASK * openTasksMax.getAsInt();
    var perMinute = Math.clamp(wanted, QUERIES_PER_MINUTE_MIN, RequestRates.PER_MINUTE_MAX);
    return new RequestRates(rates.createPerMinute(), OptionalInt.of(perMinute));
  }
}
