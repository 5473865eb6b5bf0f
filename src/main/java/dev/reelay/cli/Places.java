package dev.reelay.cli;

import java.net.URI;
import java.util.Optional;

/** Knows where providers are. */
@FunctionalInterface
public interface Places {
  /** The place of a provider that has just one for everybody; empty for all others. */
  Optional<URI> of(String provider);
}
