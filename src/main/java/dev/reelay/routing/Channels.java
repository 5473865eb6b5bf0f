package dev.reelay.routing;

import dev.reelay.access.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The port to channels and their credentials. Credentials go in and never come out here. Every
 * change is one transaction and tells running servers.
 */
public interface Channels {
  /**
   * Adds a channel with its first credential. The first real channel leaves the sandbox only the
   * model {@link SandboxCatalogue#ALWAYS}, in the same transaction and for good.
   */
  Addition add(NewChannel channel, String credentialName, Secret credential);

  List<Listed> list();

  Optional<Listed> find(String name);

  /** False if there is no such channel. */
  boolean setEnabled(ChannelId id, boolean enabled);

  /** False if there is no such channel. */
  boolean setBaseUrl(ChannelId id, URI baseUrl);

  /** False if there is no such channel. */
  boolean setTerms(ChannelId id, Terms terms);

  /**
   * Makes the channel serve a model, or changes the provider's name of it.
   *
   * @return false if there is no such channel, or it is the sandbox and may serve only {@link
   *     SandboxCatalogue#ALWAYS}
   */
  boolean map(ChannelId id, ModelName model, String upstreamModel);

  /** False if the channel did not serve the model. */
  boolean unmap(ChannelId id, ModelName model);

  /** Adds a credential, or replaces the secret of the one of that name; empty: no such channel. */
  Optional<CredentialId> saveCredential(ChannelId id, String name, Secret secret);

  /**
   * Keeps the secret by which the provider signs callbacks for a credential; without one it is
   * forgotten.
   *
   * @return false if the channel has no such credential
   */
  boolean saveCallbackSecret(ChannelId id, String name, Optional<Secret> secret);

  /** False if there is no such credential. */
  boolean setCredentialEnabled(CredentialId id, boolean enabled);

  /** What became of an addition. */
  sealed interface Addition {
    record Added(ChannelId id) implements Addition {}

    record NameTaken() implements Addition {}

    /** The sandbox's channel is made by {@link Sandbox} alone. */
    record SandboxIsBuiltIn() implements Addition {}
  }

  /**
   * A channel to add.
   *
   * @param baseUrl absolute
   * @param models public name to the provider's own name
   */
  record NewChannel(
      String name,
      String provider,
      URI baseUrl,
      Terms terms,
      Map<ModelName, String> models,
      Map<String, String> settings) {
    public NewChannel {
      models = Map.copyOf(models);
      settings = Map.copyOf(settings);
      if (name.isBlank() || provider.isBlank() || !baseUrl.isAbsolute()) {
        throw new IllegalArgumentException("a channel needs a name, a provider and an address");
      }
    }
  }

  /** How much of the work a channel gets, and how fast it may be asked. */
  record Terms(Channel.Weight weight, Channel.Limits limits) {
    public static final Terms DEFAULT = new Terms(Channel.Weight.DEFAULT, Channel.Limits.DEFAULT);
  }

  /**
   * A channel as the operator sees it.
   *
   * @param channel its credentials are those in use
   * @param credentials all of them
   */
  record Listed(Channel channel, List<CredentialLine> credentials) {
    public Listed {
      credentials = List.copyOf(credentials);
    }
  }

  /**
   * What may be shown of a credential.
   *
   * @param checksCallbacks a callback secret is kept with it
   */
  record CredentialLine(
      CredentialId id, String name, boolean enabled, boolean checksCallbacks, Instant createdAt) {}
}
