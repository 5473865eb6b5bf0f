package dev.reelay.routing;

import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.routing.RoutePlanner.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * How channels, credentials and models are, as this node has seen it: in its memory and gone with
 * it, since another node may see another network. Safe for all threads.
 */
public final class HealthBook {
  /** When it is worth asking again how a probe that is under way went. */
  static final Duration PROBE_WAIT = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final ConcurrentHashMap<HealthPart, Health> known = new ConcurrentHashMap<>();
  private final AtomicLong passes = new AtomicLong(Health.Outage.NO_PASS);
  private final AtomicLong edition = new AtomicLong();

  public HealthBook(InstantSource clock) {
    this.clock = clock;
  }

  /** A part that is out of use, for the operator. */
  public record Line(HealthPart part, Health.Outage outage) {}

  /** The right to make one call; given back when the call is over, whatever it came to. */
  public record Pass(long number, List<HealthPart> parts) {
    public Pass {
      parts = List.copyOf(parts);
    }
  }

  /** Whether a call may go to this candidate now. */
  public Standing standing(Candidate candidate) {
    var now = clock.instant();
    Standing worst = new Standing.InUse();
    for (var part : parts(candidate)) {
      var standing = standing(part, now);
      if (worst instanceof Standing.InUse
          || standing.untilOpen().compareTo(worst.untilOpen()) > 0) {
        worst = standing;
      }
    }
    return worst;
  }

  private Standing standing(HealthPart part, Instant now) {
    var outage = known.getOrDefault(part, Health.GOOD).outage();
    if (outage.isEmpty()) {
      return new Standing.InUse();
    }
    var why = words(part) + outage.get().why();
    if (outage.get().isProbed()) {
      return new Standing.OutOfUse(why + ", a probe is under way", PROBE_WAIT);
    }
    return outage.get().isDue(now)
        ? new Standing.ProbeDue(why)
        : new Standing.OutOfUse(why, Duration.between(now, outage.get().probeAt()));
  }

  private static String words(HealthPart part) {
    return switch (part) {
      case HealthPart.OfChannel _ -> "";
      case HealthPart.OfCredential(_, CredentialId id) -> "credential " + id.value() + ": ";
      case HealthPart.OfModel(_, String model) -> "their model " + model + ": ";
    };
  }

  /**
   * Lets a call go, as the one probe of whatever is out of use; empty if it may not go now. Where a
   * pass is given, {@link #settle} must follow.
   */
  public Optional<Pass> admit(Candidate candidate) {
    var now = clock.instant();
    var pass = new Pass(passes.incrementAndGet(), parts(candidate));
    for (var part : pass.parts()) {
      var mine =
          changed(part, h -> h.admits(now) ? h.admitted(pass.number()) : h)
              .outage()
              .map(outage -> outage.pass() == pass.number())
              .orElse(true);
      if (!mine) {
        settle(pass);
        return Optional.empty();
      }
    }
    return Optional.of(pass);
  }

  /** The call is over; what it told was noted before. */
  public void settle(Pass pass) {
    pass.parts().forEach(part -> changed(part, health -> health.settled(pass.number())));
  }

  /**
   * Notes what a call told.
   *
   * @param why the fault in words, without secrets; empty if there was none
   */
  public void note(
      ChannelId channel, CredentialId credential, String upstreamModel, Sign sign, String why) {
    var now = clock.instant();
    for (var part : HealthPart.of(channel, credential, upstreamModel)) {
      var meaning = part.meaning(sign);
      if (meaning != HealthPart.Meaning.NOTHING) {
        changed(part, health -> health.after(meaning, part, why, now));
      }
    }
  }

  /** The operator says that this channel is well: all of it is in use again. */
  public void forget(ChannelId channel) {
    if (known.keySet().removeIf(part -> part.channel().equals(channel))) {
      edition.incrementAndGet();
    }
  }

  /** The operator changed something, perhaps what was wrong: every probe is due. */
  public void reconsider() {
    var now = clock.instant();
    known.keySet().forEach(part -> changed(part, health -> health.dueNow(now)));
  }

  /** Everything that is out of use. */
  public List<Line> outages() {
    return known.entrySet().stream().flatMap(e -> line(e).stream()).toList();
  }

  private static Optional<Line> line(Map.Entry<HealthPart, Health> entry) {
    return entry.getValue().outage().map(outage -> new Line(entry.getKey(), outage));
  }

  /** Another number whenever {@link #outages} may have changed. */
  public long edition() {
    return edition.get();
  }

  private static List<HealthPart> parts(Candidate candidate) {
    return HealthPart.of(
        candidate.channel().id(), candidate.credential(), candidate.upstreamModel());
  }

  /** What is good is not kept, so that nothing piles up. */
  private Health changed(HealthPart part, UnaryOperator<Health> change) {
    var after =
        known.compute(
            part,
            (_, old) -> {
              var before = old == null ? Health.GOOD : old;
              var next = change.apply(before);
              if (!next.outage().equals(before.outage())) {
                edition.incrementAndGet();
              }
              return next.isGood() ? null : next;
            });
    return after == null ? Health.GOOD : after;
  }
}
