package dev.reelay.routing;

import dev.reelay.access.Secret;
import java.util.Optional;

/** Opens credentials for the calls to providers, and for nothing else. */
public interface CredentialVault {
  /** Empty if there is no such credential. */
  Optional<Secret> open(CredentialId id);
}
