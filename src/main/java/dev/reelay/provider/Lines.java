package dev.reelay.provider;

import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Finds everything that a call on an attempt's channel needs, as it is configured now. */
final class Lines {
  private final Supplier<Catalogue> catalogue;
  private final Credentials credentials;
  private final Providers providers;
  private final InstantSource clock;
  private final ConcurrentHashMap<CredentialId, CredentialGate> gates = new ConcurrentHashMap<>();

  Lines(
      Supplier<Catalogue> catalogue,
      Credentials credentials,
      Providers providers,
      InstantSource clock) {
    this.catalogue = catalogue;
    this.credentials = credentials;
    this.providers = providers;
    this.clock = clock;
  }

  /** What was found. */
  sealed interface Line {
    record Open(Provider provider, Context context, Origin home, CredentialGate gate)
        implements Line {}

    /** It is no longer configured, or not usably so. */
    record Gone(String why) implements Line {}
  }

  /** A channel and its adapter. */
  record Wired(Channel channel, Provider provider) {}

  Optional<Wired> wired(ChannelId id) {
    return catalogue
        .get()
        .channel(id)
        .flatMap(channel -> providers.find(channel.provider()).map(p -> new Wired(channel, p)));
  }

  Line to(Attempt attempt) {
    var wired = wired(attempt.channel());
    if (wired.isEmpty()) {
      return new Line.Gone("the channel is gone");
    }
    var secret = credentials.secret(attempt.credential());
    if (secret.isEmpty()) {
      return new Line.Gone("the channel's credential is gone");
    }
    var channel = wired.get().channel();
    var home = Origin.find(channel.baseUrl());
    if (home.isEmpty()) {
      return new Line.Gone("the channel's base URL is no http or https address");
    }
    var context =
        new Context(
            channel.baseUrl(),
            secret.get(),
            attempt.upstreamModel(),
            channel.settings(),
            clock.instant());
    var gate = gate(attempt.credential(), channel.limits());
    return new Line.Open(wired.get().provider(), context, home.get(), gate);
  }

  /** Changed limits make a new gate; calls under way leave the old one in peace. */
  private CredentialGate gate(CredentialId id, Channel.Limits limits) {
    var gate =
        gates.compute(
            id,
            (_, now) -> now != null && now.has(limits) ? now : new CredentialGate(clock, limits));
    if (gate == null) {
      throw new IllegalStateException("no gate for " + id);
    }
    return gate;
  }
}
