package dev.reelay.provider;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The origins that may see a channel's credential: its own, and those that its provider answers
 * from as well, such as regional hosts. A channel that is not at the provider itself (a proxy, a
 * laboratory) trusts its own origin only, since its credential may be another.
 *
 * @param own the channel's own origin
 * @param domains the provider's domains; hosts of theirs are trusted by https on its usual port
 */
record TrustedOrigins(Origin own, Set<String> domains) {
  private static final String HTTPS = "https";

  TrustedOrigins {
    domains = Set.copyOf(domains);
  }

  /** Where a call to this address is at home: there, if that may see the credential. */
  Origin of(URI uri) {
    return Origin.find(uri).filter(to -> isTheirs(own) && isTheirs(to)).orElse(own);
  }

  private boolean isTheirs(Origin origin) {
    return origin.scheme().equals(HTTPS)
        && origin.place().port() == Origin.HTTPS_PORT
        && domains.stream().anyMatch(domain -> isIn(origin.place().host(), domain));
  }

  private static boolean isIn(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /** Whether a call to this address brings the credential. */
  boolean trusts(URI uri) {
    return Origin.find(uri).equals(Optional.of(of(uri)));
  }
}
