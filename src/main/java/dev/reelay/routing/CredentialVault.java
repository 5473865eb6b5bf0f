package dev.reelay.routing;

import dev.reelay.access.Secret;
import java.util.Optional;

/** Opens credentials for the calls to providers and from them, and for nothing else. */
public interface CredentialVault {
  /** Empty if there is no such credential. */
  Optional<Secret> open(CredentialId id);

  /** By what callbacks for the credential are signed; empty if the operator gave nothing. */
  Optional<Secret> openCallbackSecret(CredentialId id);
}
