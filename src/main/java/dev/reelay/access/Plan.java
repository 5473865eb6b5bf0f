package dev.reelay.access;

import java.util.OptionalInt;

/**
 * What a tenant may do and how much of it.
 *
 * @param openTasksMax tasks open at once; empty for no limit
 * @param factorMillionths price factor; 1,000,000 leaves prices as they are
 */
public record Plan(long id, String name, OptionalInt openTasksMax, long factorMillionths) {
  /** The plan of tenants that nobody gave another; every database has it. */
  public static final String DEFAULT_NAME = "default";

  public Plan {
    if (openTasksMax.orElse(1) < 1 || factorMillionths < 0) {
      throw new IllegalArgumentException("a plan has positive limits and a factor of 0 or more");
    }
  }
}
