package dev.reelay.provider.kling;

import dev.reelay.provider.Json;
import dev.reelay.task.Callback;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a callback names. One of the old generation does not tell the kind of its job, without which
 * the job cannot be asked for; so the address that we give says it.
 */
final class KlingCallback {
  private static final String KIND = "kind=";
  private static final String[] IDS = {
    "/task_id", "/id", "/data/task_id", "/data/id", "/data/0/id"
  };

  private KlingCallback() {}

  /** The query of an address for jobs of that kind. */
  static String kind(KlingKind kind) {
    return KIND + kind.word();
  }

  static Optional<String> named(Callback callback) {
    var kind =
        Arrays.stream(callback.query().split("&"))
            .filter(part -> part.startsWith(KIND))
            .flatMap(part -> KlingKind.of(part.substring(KIND.length())).stream())
            .findFirst();
    return Json.object(callback.body())
        .flatMap(tree -> Json.text(tree, IDS))
        .map(id -> new KlingJob(kind, id).upstreamId());
  }
}
