package dev.reelay.lab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What really happened at the lab, for tests that count: jobs made, and secrets that got out. */
public final class LabJournal {
  private final Queue<Made> made = new ConcurrentLinkedQueue<>();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
  private final Queue<String> calls = new ConcurrentLinkedQueue<>();

  /** A job that a part has made; it would be paid for. */
  public record Made(
      String part,
      String id,
      String model,
      String prompt,
      Optional<String> reference,
      Instant at) {}

  void note(String part, LabOrder order, Instant at) {
    made.add(new Made(part, order.id(), order.model(), order.prompt(), order.reference(), at));
  }

  void noteLeak(String what) {
    leaks.add(what);
  }

  void noteCall(String what) {
    calls.add(what);
  }

  /** Every job of a part, in order. */
  public List<Made> made(String part) {
    return made.stream().filter(job -> job.part().equals(part)).toList();
  }

  /** How many jobs were made of this prompt: more than one is a double submit. */
  public long made(String part, String prompt) {
    return made(part).stream().filter(job -> job.prompt().equals(prompt)).count();
  }

  /** Credentials that were sent to a host that is not their provider's. */
  public List<String> leaks() {
    return List.copyOf(leaks);
  }

  /** Callbacks that were sent, each with the status of its answer. */
  public List<String> calls() {
    return List.copyOf(calls);
  }
}
