package dev.reelay.provider.openai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The settings of a channel, as {@link OpenAiProvider} lists them. */
record OpenAiSettings(Map<String, String> all) {
  static OpenAiSettings of(Context context) {
    return new OpenAiSettings(context.settings());
  }

  boolean honoursTokens() {
    return has(OpenAiProvider.IDEMPOTENCY_KEY, "true");
  }

  boolean sendsForms() {
    return has("body", "multipart");
  }

  boolean sendsBarePicture() {
    return has("input_reference", "text");
  }

  boolean prefersUrl() {
    return has("result", "url");
  }

  boolean hasPosters() {
    return !has("poster", "none");
  }

  boolean deletesToCancel() {
    return has("cancel", "delete");
  }

  boolean canRemix() {
    return has("remix", "true");
  }

  boolean hasList() {
    return has(OpenAiProvider.LIST, "match") || listsEveryJob();
  }

  boolean listsEveryJob() {
    return has(OpenAiProvider.LIST, "complete");
  }

  private boolean has(String name, String value) {
    return value.equals(all.get(name));
  }

  /** {@code Authorization} takes a scheme before the key; headers of one's own do not. */
  Call.SecretHeader credential(Context context) {
    var header = all.getOrDefault("auth_header", "");
    return header.isBlank() || header.equalsIgnoreCase("Authorization")
        ? context.bearer()
        : new Call.SecretHeader(header.strip(), "", context.credential());
  }

  URI videos(Context context) {
    return at(context, "/v1/videos", "");
  }

  URI list(Context context, int limit, Optional<String> after) {
    var cursor = after.map(id -> "&after=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    return at(context, "/v1/videos", "limit=" + limit + "&order=desc" + cursor.orElse(""));
  }

  URI video(Context context, String upstreamId) {
    return at(context, path(upstreamId), "");
  }

  URI content(Context context, String upstreamId) {
    return at(context, path(upstreamId) + "/content", "");
  }

  URI remix(Context context, String upstreamId) {
    return at(context, path(upstreamId) + "/remix", "");
  }

  URI thumbnail(Context context, String upstreamId) {
    return at(context, path(upstreamId) + "/content", "variant=thumbnail");
  }

  private static String path(String upstreamId) {
    return "/v1/videos/" + Context.segment(upstreamId);
  }

  private URI at(Context context, String path, String query) {
    var both = all.getOrDefault("query", "") + "&" + query;
    var trimmed = both.replaceAll("^[?&]+|&+$", "");
    return context.atVersion1(trimmed.isEmpty() ? path : path + "?" + trimmed);
  }
}
