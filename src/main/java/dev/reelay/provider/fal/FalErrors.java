package dev.reelay.provider.fal;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;

/** What its error bodies mean: a list {@code detail}, each with a {@code type}, or one sentence. */
final class FalErrors {
  private static final String CONTENT = "content_policy_violation";

  private FalErrors() {}

  static boolean isContent(Reply reply) {
    return Json.object(reply.body())
        .filter(
            tree ->
                Json.text(tree, "/detail/0/type").filter(CONTENT::equals).isPresent()
                    || RelayErrors.isContent(tree))
        .isPresent();
  }
}
