package dev.reelay.provider.bfl;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What has to be kept of a create, in one text: where the job is asked for, and what it costs,
 * which no later answer says. As {@code https://api.eu1.bfl.ai/v1/get_result?id=b-1#credits=25};
 * what stands behind the # is never sent.
 *
 * @param place the polling address, or the plain id
 * @param credits whole credits
 */
record BflJob(String place, OptionalLong credits) {
  private static final Pattern KEPT = Pattern.compile("(.+)#credits=([0-9]{1,9})");

  static BflJob parse(String upstreamId) {
    var kept = KEPT.matcher(upstreamId);
    return kept.matches()
        ? new BflJob(kept.group(1), OptionalLong.of(Long.parseLong(kept.group(2))))
        : new BflJob(upstreamId, OptionalLong.empty());
  }

  /** As a create's answer tells it. */
  static Optional<BflJob> of(JsonNode tree) {
    return Json.address(tree, "/polling_url")
        .map(URI::toString)
        .or(() -> Json.text(tree, "/id"))
        .map(place -> new BflJob(place, credits(tree)));
  }

  /** A part of a credit counts as one. */
  private static OptionalLong credits(JsonNode tree) {
    return Json.text(tree, "/cost")
        .filter(text -> text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?"))
        .map(BflJob::wholeCredits)
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  private static long wholeCredits(String text) {
    var parts = text.split("\\.");
    var started = parts.length > 1 && !parts[1].matches("0+");
    return Long.parseLong(parts[0]) + (started ? 1 : 0);
  }

  String text() {
    return credits.isEmpty() ? place : place + "#credits=" + credits.getAsLong();
  }

  /** An address as it was given, whatever host it names; the engine knows who sees the key. */
  URI uri(Context context) {
    return place.startsWith("https://") || place.startsWith("http://")
        ? URI.create(place)
        : context.atVersion1(
            "/v1/get_result?id=" + URLEncoder.encode(place, StandardCharsets.UTF_8));
  }
}
