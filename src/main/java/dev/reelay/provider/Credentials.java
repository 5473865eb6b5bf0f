package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.routing.CredentialId;
import java.util.Optional;

/** The port behind which credentials of channels are kept, encrypted. */
@FunctionalInterface
public interface Credentials {
  /** The secret; empty if the credential is gone. */
  Optional<Secret> secret(CredentialId id);

  /** By what callbacks for this credential are signed; empty if the operator gave nothing. */
  default Optional<Secret> callbackSecret(CredentialId id) {
    return Optional.empty();
  }
}
