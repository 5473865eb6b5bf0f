package dev.reelay.routing;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One configured account at one provider.
 *
 * @param provider the adapter's name
 * @param baseUrl where the provider is
 * @param models public name to the provider's own name
 * @param settings what the adapter reads beside these; small
 * @param credentials at least one for a channel in use; work is spread over them
 */
public record Channel(
    ChannelId id,
    String name,
    String provider,
    URI baseUrl,
    boolean enabled,
    Weight weight,
    Limits limits,
    Map<ModelName, String> models,
    Map<String, String> settings,
    List<CredentialId> credentials) {
  public static final String SANDBOX = "sandbox";

  public Channel {
    models = Map.copyOf(models);
    settings = Map.copyOf(settings);
    credentials = List.copyOf(credentials);
  }

  /** Higher priority first; within one priority, drawn by weight (1 or more). */
  public record Weight(int priority, int weight) {
    public static final Weight DEFAULT = new Weight(0, 1);

    public Weight {
      if (weight < 1) {
        throw new IllegalArgumentException("a weight is 1 or more");
      }
    }
  }

  /**
   * What each credential of the channel may be asked for, by one node.
   *
   * @param callsAtOnceMax calls under way at once
   * @param createsPerMinute creates a minute; empty for any number
   * @param pollsPerMinute polls a minute
   */
  public record Limits(int callsAtOnceMax, OptionalInt createsPerMinute, int pollsPerMinute) {
    public static final Limits DEFAULT = new Limits(64, 6_000);

    private static final int SHARE_LEFT_TO_POLLS = 4;

    public Limits {
      if (callsAtOnceMax < 1 || createsPerMinute.orElse(1) < 1 || pollsPerMinute < 1) {
        throw new IllegalArgumentException("channel limits are 1 or more");
      }
    }

    /** Limits with any number of creates a minute. */
    public Limits(int callsAtOnceMax, int pollsPerMinute) {
      this(callsAtOnceMax, OptionalInt.empty(), pollsPerMinute);
    }

    /** Creates under way at once: some places are left to polls, however slow creates are. */
    public int createsAtOnceMax() {
      return callsAtOnceMax - callsAtOnceMax / SHARE_LEFT_TO_POLLS;
    }
  }

  public boolean isSandbox() {
    return provider.equals(SANDBOX);
  }

  public boolean serves(ModelName model) {
    return enabled && !credentials.isEmpty() && models.containsKey(model);
  }
}
