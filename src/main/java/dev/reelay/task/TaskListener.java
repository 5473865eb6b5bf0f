package dev.reelay.task;

/** Told of what this node committed or learned, after the fact. Must be quick and never throw. */
public interface TaskListener {
  /** A commit of this node, or a fresh row. Versions may arrive out of order: compare them. */
  void committed(Task task);

  /** Progress known in memory only; the version is the one last committed. */
  void progressed(Task task);
}
