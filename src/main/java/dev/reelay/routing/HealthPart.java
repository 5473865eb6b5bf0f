package dev.reelay.routing;

import java.time.Duration;
import java.util.List;

/**
 * What health is kept of: an account's place, one of its secrets, or one model of it. Each is taken
 * out of use after so many faults of its own kind, and tried again after its own period.
 */
public sealed interface HealthPart {
  ChannelId channel();

  /** Its faults are those of the network and of their servers, and being busy. */
  record OfChannel(ChannelId channel) implements HealthPart {
    public static final int FAULTS_MAX = 5;
    public static final Duration PROBE_PERIOD = Duration.ofSeconds(15);
  }

  /** Its faults are a bad key and an account without money: nothing that soon ends by itself. */
  record OfCredential(ChannelId channel, CredentialId credential) implements HealthPart {
    public static final int FAULTS_MAX = 1;
    public static final Duration PROBE_PERIOD = Duration.ofMinutes(1);
  }

  /** Its fault is that the provider does not know the model, by the provider's own name of it. */
  record OfModel(ChannelId channel, String upstreamModel) implements HealthPart {
    public static final int FAULTS_MAX = 1;
    public static final Duration PROBE_PERIOD = Duration.ofMinutes(2);
  }

  /** The three that a call on this channel stands on. */
  static List<HealthPart> of(ChannelId channel, CredentialId credential, String upstreamModel) {
    return List.of(
        new OfChannel(channel),
        new OfCredential(channel, credential),
        new OfModel(channel, upstreamModel));
  }

  /** So many faults in a row take it out of use. */
  default int faultsMax() {
    return switch (this) {
      case OfChannel _ -> OfChannel.FAULTS_MAX;
      case OfCredential _ -> OfCredential.FAULTS_MAX;
      case OfModel _ -> OfModel.FAULTS_MAX;
    };
  }

  /** How long after that, and after each probe that failed, one call may find out how it is. */
  default Duration probePeriod() {
    return switch (this) {
      case OfChannel _ -> OfChannel.PROBE_PERIOD;
      case OfCredential _ -> OfCredential.PROBE_PERIOD;
      case OfModel _ -> OfModel.PROBE_PERIOD;
    };
  }

  /** What a sign says of this part. */
  default Meaning meaning(Sign sign) {
    return switch (this) {
      case OfChannel _ -> ofChannel(sign);
      case OfCredential _ -> ofCredential(sign);
      case OfModel _ -> ofModel(sign);
    };
  }

  private static Meaning ofChannel(Sign sign) {
    return switch (sign) {
      case WORKED, ANSWERED, ACCOUNT_REFUSED, MODEL_GONE -> Meaning.WELL;
      case FAILED -> Meaning.FAULT;
      case POLLED -> Meaning.POLLED;
      case POLL_LOST -> Meaning.POLL_FAULT;
    };
  }

  private static Meaning ofCredential(Sign sign) {
    return switch (sign) {
      case WORKED -> Meaning.WELL;
      case ACCOUNT_REFUSED -> Meaning.FAULT;
      case ANSWERED, MODEL_GONE, FAILED, POLLED, POLL_LOST -> Meaning.NOTHING;
    };
  }

  private static Meaning ofModel(Sign sign) {
    return switch (sign) {
      case WORKED -> Meaning.WELL;
      case MODEL_GONE -> Meaning.FAULT;
      case ANSWERED, ACCOUNT_REFUSED, FAILED, POLLED, POLL_LOST -> Meaning.NOTHING;
    };
  }

  /** What a call came to, as far as it tells of the provider. The caller's faults are no fault. */
  enum Sign {
    /** A job was accepted. */
    WORKED,
    /** It was refused for the caller's reasons: whoever refuses is there. */
    ANSWERED,
    /** Not reached, no answer, an error of their server, or busy. */
    FAILED,
    /** Our key or our money was refused. */
    ACCOUNT_REFUSED,
    /** They do not know the model. */
    MODEL_GONE,
    /** A poll was answered. */
    POLLED,
    /** A poll was not. */
    POLL_LOST
  }

  /** What that says of one part. */
  enum Meaning {
    WELL,
    FAULT,
    POLLED,
    POLL_FAULT,
    NOTHING
  }
}
