package dev.reelay.task;

import java.util.List;

/**
 * Remembers on the local disk what providers accepted, before the database hears of it: the
 * shortest possible window between "the provider accepted" and "we know it". What is still in it at
 * the next start is applied again; applying twice is harmless.
 */
public interface Journal {
  /**
   * Makes the id durable. Returns when it is on the disk.
   *
   * @throws RuntimeException if the disk does not take it; the fact goes on to the database anyway
   */
  void accepted(Entry entry);

  /** The database has the task beyond its attempt: its entries need not be kept. */
  void settled(TaskId task);

  /** What a former life accepted and may not have committed, in order. */
  List<Entry> unfinished();

  /**
   * One accepted id.
   *
   * @param attempt its number within the task
   */
  record Entry(TaskId task, int attempt, String upstreamId) {}
}
