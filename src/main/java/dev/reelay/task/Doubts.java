package dev.reelay.task;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The port to what is known about attempts whose fate is not. None of it is a task's state: it is
 * what recipes reason from, and what an operator reads. Every method is one transaction.
 */
public interface Doubts {
  /** So many different ids are kept of what callbacks named for one attempt. */
  int NAMED_MAX = 8;

  /**
   * Everybody who may own a job of an account, and what is owned already, at one moment. Asked
   * after the list was read: whoever made a job in it is then among them.
   *
   * @param since only attempts that started at or after this
   * @param listed upstream ids in question
   */
  Claims claims(ChannelId channel, CredentialId credential, Instant since, Set<String> listed);

  /** Keeps an id that a callback named, once; beyond {@link #NAMED_MAX} it is not kept. */
  void name(TaskId task, int attempt, String upstreamId, Instant at);

  /** What callbacks named for an attempt, in the order heard. */
  List<Named> named(TaskId task, int attempt);

  /** Notes how recipes fared; each replaces what was noted of its recipe and attempt before. */
  void note(TaskId task, int attempt, Collection<Look> looks);

  /** How the recipes of a task's attempts fared, in order of attempt and recipe. */
  List<LookRow> looks(TaskId task);

  /** What doubts may have cost us. */
  Suspense suspense();

  /**
   * @param unknown attempts without an id that may have made a job: being sent, in doubt, given up
   * @param owned those of the listed ids that an attempt on the channel has, and what it sent
   * @param strays what attempts of the account sent that have an id which is not listed
   */
  record Claims(List<Unknown> unknown, Map<String, Sent> owned, List<Sent> strays) {
    public Claims {
      unknown = List.copyOf(unknown);
      owned = Map.copyOf(owned);
      strays = List.copyOf(strays);
    }
  }

  /** What a list can show of a create: when it was sent, for which model, with which prompt. */
  record Sent(Instant at, String upstreamModel, String prompt) {}

  /** An attempt whose fate is not known, with the task that made it, as it is now. */
  record Unknown(Task task, Attempt attempt) {
    /** Whether it waits to be resolved; else it is still being sent, or was given up. */
    public Optional<TaskState.InDoubt> doubt() {
      return task.state() instanceof TaskState.InDoubt doubt
              && doubt.attempt().token().equals(attempt.token())
          ? Optional.of(doubt)
          : Optional.empty();
    }

    public Sent sent() {
      return new Sent(
          attempt.startedAt(), attempt.upstreamModel(), task.request().prompt().strip());
    }

    /**
     * From when on a job that it made is surely shown by a provider with this lag: counted from
     * when its create can no longer be under way.
     */
    public Instant shownFrom(Duration lag) {
      var sent = attempt.startedAt().plus(Upstream.SEND_MAX);
      var since = doubt().map(TaskState.InDoubt::since).filter(sent::isBefore).orElse(sent);
      return since.plus(lag);
    }
  }

  /** An upstream id that a callback named for an attempt: a hint, believed only after a poll. */
  record Named(String upstreamId, Instant at) {}

  /** The means of learning an attempt's fate, in the order in which they are tried. */
  enum Recipe {
    TOKEN,
    REFERENCE,
    CALLBACK,
    LIST;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a recipe fared.
   *
   * @param nextAt when it is tried again; empty if it can tell no more
   */
  record Look(Recipe recipe, Instant at, String result, Optional<Instant> nextAt) {}

  /**
   * The same as kept.
   *
   * @param times how often it was tried
   */
  record LookRow(int attempt, Look look, int times) {}

  /**
   * What providers may charge for attempts that nobody paid us for. The hold is its bound.
   *
   * @param open attempts in doubt now
   * @param givenUp attempts given up: by their deadline, an operator's refund or a resend
   */
  record Suspense(long open, Money openMost, long givenUp, Money givenUpMost) {}
}
