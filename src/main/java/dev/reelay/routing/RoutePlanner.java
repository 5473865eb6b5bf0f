package dev.reelay.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses channels for a model: pure, and able to say why. Higher priority goes first; within one
 * priority the order is drawn by weight from the seed, so the same task is always planned alike.
 * The credentials of a channel follow each other, beginning with another one for each seed.
 */
public final class RoutePlanner {
  private RoutePlanner() {}

  /**
   * @param candidates in the order they should be tried
   * @param reasons one sentence a channel looked at
   */
  public record Route(List<Candidate> candidates, List<String> reasons) {
    public Route {
      candidates = List.copyOf(candidates);
      reasons = List.copyOf(reasons);
    }

    /** What of it leads to this account; the reasons say that the task may go nowhere else. */
    public Route only(ChannelId channel, CredentialId credential) {
      var there =
          candidates.stream()
              .filter(candidate -> candidate.channel().id().equals(channel))
              .filter(candidate -> candidate.credential().equals(credential))
              .toList();
      var told = new ArrayList<>(reasons);
      told.add("a remix: only where its parent was made");
      return new Route(there, told);
    }
  }

  /** One way to serve the model: a channel, a credential, and the provider's own model name. */
  public record Candidate(Channel channel, CredentialId credential, String upstreamModel) {}

  /** Plans a route that leaves out the channels already tried. */
  public static Route plan(Catalogue catalogue, ModelName model, Set<ChannelId> tried, long seed) {
    var reasons = new ArrayList<String>();
    var usable = new ArrayList<Channel>();
    for (var channel : catalogue.channels()) {
      if (!channel.models().containsKey(model)) {
        continue;
      }
      var against = against(channel, tried);
      reasons.add(channel.name() + ": " + (against.isEmpty() ? "usable" : against));
      if (against.isEmpty()) {
        usable.add(channel);
      }
    }
    return new Route(
        order(usable, seed).stream().flatMap(c -> candidates(c, model, seed).stream()).toList(),
        reasons);
  }

  private static String against(Channel channel, Set<ChannelId> tried) {
    if (!channel.enabled()) {
      return "disabled";
    }
    if (channel.credentials().isEmpty()) {
      return "has no credential";
    }
    return tried.contains(channel.id()) ? "already tried for this task" : "";
  }

  private static List<Channel> order(List<Channel> usable, long seed) {
    var random = new SplittableRandom(seed);
    // Drawing key = u^(1/weight) sorts a weighted sample without replacement (Efraimidis, 2006).
    record Drawn(Channel channel, double key) {}
    return usable.stream()
        .sorted(Comparator.comparingLong(channel -> channel.id().value()))
        .map(c -> new Drawn(c, Math.pow(random.nextDouble(), 1.0 / c.weight().weight())))
        .sorted(
            Comparator.<Drawn>comparingInt(d -> -d.channel().weight().priority())
                .thenComparing(Comparator.comparingDouble(Drawn::key).reversed()))
        .map(Drawn::channel)
        .toList();
  }

  /** All credentials of a channel; each is the first for its share of the seeds. */
  private static List<Candidate> candidates(Channel channel, ModelName model, long seed) {
    var upstream = channel.models().get(model);
    if (upstream == null) {
      throw new IllegalStateException("a usable channel serves the model: " + channel.name());
    }
    var credentials = new ArrayList<>(channel.credentials());
    Collections.rotate(credentials, Math.floorMod(seed, credentials.size()));
    return credentials.stream().map(one -> new Candidate(channel, one, upstream)).toList();
  }
}
