package dev.reelay.provider.kling;

import dev.reelay.provider.Context;
import java.net.URI;
import java.util.Optional;

/**
 * A job as its upstream id names it: {@code text2video:77} in the old generation, whose addresses
 * differ by kind, and {@code 8801} in the new one.
 */
record KlingJob(Optional<KlingKind> kind, String id) {
  static KlingJob parse(String upstreamId) {
    var colon = upstreamId.indexOf(':');
    var kind = KlingKind.of(upstreamId.substring(0, Math.max(colon, 0)));
    return new KlingJob(kind, kind.isPresent() ? upstreamId.substring(colon + 1) : upstreamId);
  }

  String upstreamId() {
    return kind.map(known -> known.word() + ":" + id).orElse(id);
  }

  URI address(Context context) {
    return context.atVersion1(
        kind.map(known -> "/v1/videos/" + known.word() + "/" + Context.segment(id))
            .orElseGet(() -> "/tasks?task_ids=" + Context.segment(id)));
  }
}
