package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Budgets.Budget;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ChannelProxy;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.Need;
import dev.reelay.task.Attempt;
import dev.reelay.task.Upstream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Finds everything that a call on an attempt's channel needs, as it is configured now. */
final class Lines {
  private final Supplier<Catalogue> catalogue;
  private final Credentials credentials;
  private final Providers providers;
  private final InstantSource clock;
  private final Budgets budgets;
  private final Function<ChannelId, Optional<ChannelProxy>> proxies;

  Lines(Wiring wiring, InstantSource clock) {
    this.catalogue = wiring.catalogue();
    this.credentials = wiring.credentials();
    this.providers = wiring.providers();
    this.budgets = wiring.budgets();
    this.proxies = wiring.proxies();
    this.clock = clock;
  }

  /** What was found. */
  sealed interface Line {
    /**
     * @param context with the channel's own secret, or what {@link Logins} got for it
     */
    record Open(
        Provider provider,
        Context context,
        Origin home,
        Budget budget,
        Optional<ChannelProxy> proxy,
        CredentialId credential)
        implements Line {
      /** What the channel can do. */
      Upstream.Abilities abilities() {
        return provider.abilities(context.settings());
      }

      /** Where the credential may go. */
      TrustedOrigins origins() {
        return new TrustedOrigins(home, provider.domains());
      }

      Open with(Secret token) {
        return new Open(provider, context.with(token), home, budget, proxy, credential);
      }
    }

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

  Set<Need> lacks(Channel channel) {
    return providers.lacks(channel);
  }

  /** The adapters whose providers ask a question of an address before they use it. */
  Stream<Provider> challenged() {
    return providers.list().stream().filter(p -> p.card().push() == Card.Push.CHALLENGE);
  }

  Optional<Secret> callbackSecret(CredentialId id) {
    return credentials.callbackSecret(id);
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
    var budget = budgets.of(channel, attempt.credential());
    return new Line.Open(
        wired.get().provider(),
        context,
        home.get(),
        budget,
        proxies.apply(channel.id()),
        attempt.credential());
  }
}
