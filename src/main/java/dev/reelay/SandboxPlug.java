package dev.reelay;

import dev.reelay.access.Secret;
import dev.reelay.provider.Credentials;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.CredentialVault;
import dev.reelay.sandbox.SandboxServer;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plugs the running sandbox into the catalogue: its channel gets the address and the key of this
 * process, since both are new in each. Where no sandbox runs, its channel is left out.
 */
final class SandboxPlug implements Supplier<Catalogue> {
  private final Supplier<Catalogue> stored;
  private final Optional<SandboxServer> server;
  private volatile Plugged last = new Plugged(Catalogue.EMPTY, Catalogue.EMPTY);

  private record Plugged(Catalogue stored, Catalogue shown) {}

  SandboxPlug(Supplier<Catalogue> stored, Optional<SandboxServer> server) {
    this.stored = stored;
    this.server = server;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same object means that nothing was reloaded.
  public Catalogue get() {
    var now = stored.get();
    var known = last;
    if (known.stored() != now) {
      known = new Plugged(now, plugged(now));
      last = known;
    }
    return known.shown();
  }

  private Catalogue plugged(Catalogue now) {
    var channels =
        now.channels().stream()
            .filter(channel -> !channel.isSandbox() || server.isPresent())
            .map(channel -> server.map(s -> at(channel, s.baseUrl())).orElse(channel))
            .toList();
    return new Catalogue(now.models(), now.aliases(), now.prices(), channels);
  }

  private static Channel at(Channel channel, URI address) {
    return channel.isSandbox()
        ? new Channel(
            channel.id(),
            channel.name(),
            channel.provider(),
            address,
            channel.enabled(),
            channel.weight(),
            channel.limits(),
            channel.models(),
            channel.settings(),
            channel.credentials())
        : channel;
  }

  /** The stored credentials, but the process's own key for the sandbox. */
  Credentials credentials(CredentialVault vault, Secret sandboxKey) {
    return new Credentials() {
      @Override
      public Optional<Secret> secret(CredentialId id) {
        return isSandbox(id) ? Optional.of(sandboxKey) : vault.open(id);
      }

      @Override
      public Optional<Secret> callbackSecret(CredentialId id) {
        return vault.openCallbackSecret(id);
      }
    };
  }

  private boolean isSandbox(CredentialId id) {
    return get().channels().stream()
        .anyMatch(channel -> channel.isSandbox() && channel.credentials().contains(id));
  }
}
