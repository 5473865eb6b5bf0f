package dev.reelay.routing;

import java.time.Instant;
import java.util.Optional;

/**
 * How one part of a channel is. In use until so many faults in a row; then out of use, but for one
 * probe at a time, the first after a period: what it finds closes the case, or begins another
 * period. Immutable, without a clock.
 *
 * @param faults creates in a row that were its fault
 * @param lostPolls polls in a row that got no answer; apart, since answered polls say nothing of
 *     creates
 */
public record Health(int faults, int lostPolls, Optional<Outage> outage) {
  public static final Health GOOD = new Health(0, 0, Optional.empty());

  /**
   * Being out of use.
   *
   * @param why the last fault, for the operator
   * @param byPolls whether only polls said so
   * @param probeAt when one call may go
   * @param pass the probe under way; {@link #NO_PASS} if there is none
   */
  public record Outage(Instant since, String why, boolean byPolls, Instant probeAt, long pass) {
    public static final long NO_PASS = 0;

    boolean isProbed() {
      return pass != NO_PASS;
    }

    boolean isDue(Instant now) {
      return !now.isBefore(probeAt);
    }

    private Outage probedBy(long number) {
      return new Outage(since, why, byPolls, probeAt, number);
    }

    private Outage again(String fault, Instant next) {
      return new Outage(since, fault, false, next, pass);
    }

    private Outage dueAt(Instant next) {
      return new Outage(since, why, byPolls, next, pass);
    }
  }

  /** Whether there is nothing to remember. */
  boolean isGood() {
    return equals(GOOD);
  }

  /** Whether a call may go now: it is in use, or its probe is due and nobody makes it. */
  boolean admits(Instant now) {
    return outage.isEmpty() || outage.filter(out -> !out.isProbed() && out.isDue(now)).isPresent();
  }

  /** A call goes; where it is out of use, that call is the probe. */
  Health admitted(long pass) {
    return new Health(faults, lostPolls, outage.map(out -> out.probedBy(pass)));
  }

  /** The probe of that number is over, whatever it found. */
  Health settled(long pass) {
    return new Health(
        faults,
        lostPolls,
        outage.map(out -> out.pass() == pass ? out.probedBy(Outage.NO_PASS) : out));
  }

  /** Somebody changed what may have been wrong: whoever comes next finds out. */
  Health dueNow(Instant now) {
    return new Health(faults, lostPolls, outage.map(out -> out.dueAt(now)));
  }

  Health after(HealthPart.Meaning meaning, HealthPart part, String why, Instant now) {
    return switch (meaning) {
      case WELL -> GOOD;
      case FAULT -> fault(part, why, now);
      case POLLED -> polled(now);
      case POLL_FAULT -> pollFault(part, why, now);
      case NOTHING -> this;
    };
  }

  private Health fault(HealthPart part, String why, Instant now) {
    var next = now.plus(part.probePeriod());
    if (outage.isPresent()) {
      // What was under way before says nothing new; the probe does.
      return outage.get().isProbed()
          ? new Health(faults, lostPolls, outage.map(out -> out.again(why, next)))
          : this;
    }
    return new Health(faults + 1, lostPolls, open(faults + 1, part, why, false, now));
  }

  private Health pollFault(HealthPart part, String why, Instant now) {
    return outage.isPresent()
        ? this
        : new Health(faults, lostPolls + 1, open(lostPolls + 1, part, why, true, now));
  }

  private static Optional<Outage> open(
      int count, HealthPart part, String why, boolean byPolls, Instant now) {
    return count < part.faultsMax()
        ? Optional.empty()
        : Optional.of(new Outage(now, why, byPolls, now.plus(part.probePeriod()), Outage.NO_PASS));
  }

  /** The network is back: if only its loss was known, a create finds out the rest at once. */
  private Health polled(Instant now) {
    var known = outage.map(out -> out.byPolls() && !out.isDue(now) ? out.dueAt(now) : out);
    return new Health(faults, 0, known);
  }
}
