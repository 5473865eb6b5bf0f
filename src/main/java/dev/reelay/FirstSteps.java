package dev.reelay;

import dev.reelay.access.IssueKey;
import dev.reelay.access.Secret;
import dev.reelay.config.Config;
import dev.reelay.money.Money;
import java.io.PrintWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * What a new user needs in the first minute: where the relay is, a key with a small balance, and
 * two calls ready to paste. The key is made and printed once, at the first start with the sandbox.
 */
final class FirstSteps {
  static final Money FIRST_BALANCE = Money.parse("5");

  private final Stores stores;
  private final SecureRandom random;

  FirstSteps(Stores stores, SecureRandom random) {
    this.stores = stores;
    this.random = random;
  }

  /** Makes the first key if there is none at all; only a sandbox gives credit away. */
  Optional<Secret> firstKey(Config config) {
    if (!config.sandbox()) {
      return Optional.empty();
    }
    return new IssueKey(stores.keys(), stores.hasher(), random)
        .issueFirst(FIRST_BALANCE)
        .map(IssueKey.Issued::secret);
  }

  static void print(PrintWriter out, URI address, Optional<Secret> key) {
    out.println("Reelay is ready on " + address);
    key.ifPresent(secret -> welcome(out, address, secret.reveal()));
    out.flush();
  }

  private static void welcome(PrintWriter out, URI address, String key) {
    out.println();
    out.println("  API key (shown this once): " + key);
    out.println("  Balance: $" + FIRST_BALANCE + ", good for the built-in sandbox");
    out.println();
    out.println("  Create a video, then query it with the id that comes back:");
    out.println();
    out.println("  curl " + address + "/v1/video/create \\");
    out.println("    -H 'Authorization: Bearer " + key + "' \\");
    out.println("    -H 'Content-Type: application/json' \\");
    out.println(
        "    -d '{\"model\":\"sora-2\",\"prompt\":\"a cat playing the piano\","
            + "\"orientation\":\"landscape\",\"size\":\"small\",\"duration\":4}'");
    out.println();
    out.println("  curl '" + address + "/v1/video/query?id=PUT_THE_ID_HERE' \\");
    out.println("    -H 'Authorization: Bearer " + key + "'");
    out.println();
  }
}
