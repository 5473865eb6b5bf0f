package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.routing.CredentialId;
import java.util.Optional;

/** The port behind which credentials of channels are kept, encrypted. */
@FunctionalInterface
public interface Credentials {
  /** The secret; empty if the credential is gone. */
  Optional<Secret> secret(CredentialId id);
}
