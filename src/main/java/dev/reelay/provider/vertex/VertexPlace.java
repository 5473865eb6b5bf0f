package dev.reelay.provider.vertex;

import dev.reelay.provider.Context;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a channel's jobs are made.
 *
 * @param storage the operator's own {@code gs://bucket/folder} for the videos
 */
record VertexPlace(String project, String region, Optional<String> storage) {
  static final String PROJECT = "project";
  static final String REGION = "region";
  static final String STORAGE_URI = "storage_uri";
  private static final String REGION_USUAL = "us-central1";
  private static final Pattern HOST =
      Pattern.compile("(?:([a-z0-9-]+)-)?aiplatform\\.googleapis\\.com");
  private static final String PROJECT_FORM = "[a-z0-9.:-]{1,100}";
  private static final String REGION_FORM = "[a-z0-9-]{1,60}";
  private static final String STORAGE_FORM = "gs://[a-z0-9][a-z0-9._-]{1,221}(/[^\\s?#*]*)?";

  /** What the channel's settings are. */
  sealed interface Reading {
    record Usable(VertexPlace place) implements Reading {}

    record Unusable(String why) implements Reading {}
  }

  static Reading of(Context context) {
    var settings = context.settings();
    var project = settings.getOrDefault(PROJECT, "").strip();
    if (!project.matches(PROJECT_FORM)) {
      return new Reading.Unusable(
          "the channel's setting `project` has to be the id of a Google Cloud project");
    }
    var region = settings.getOrDefault(REGION, "").strip();
    var located = region.isEmpty() ? regionOfHost(context) : region;
    if (!located.matches(REGION_FORM)) {
      return new Reading.Unusable("the channel's setting `region` is no name of a region");
    }
    var storage = Optional.of(settings.getOrDefault(STORAGE_URI, "").strip());
    var used = storage.filter(text -> !text.isEmpty());
    return used.isEmpty() || used.get().matches(STORAGE_FORM)
        ? new Reading.Usable(new VertexPlace(project, located, used))
        : new Reading.Unusable(
            "the channel's setting `storage_uri` has to be like gs://bucket/folder");
  }

  private static String regionOfHost(Context context) {
    var host = HOST.matcher(Optional.ofNullable(context.baseUrl().getHost()).orElse(""));
    return host.matches() ? Optional.ofNullable(host.group(1)).orElse("global") : REGION_USUAL;
  }

  /** The path of an operation's model, behind the base URL. */
  String model(String name) {
    return "/v1/projects/%s/locations/%s/publishers/google/models/%s"
        .formatted(project, region, Context.segment(name));
  }

  /** The bucket in which the channel's videos are, if it has one. */
  static Optional<String> bucket(Context context) {
    return of(context) instanceof Reading.Usable(var place)
        ? place.storage().map(text -> text.split("/", 4)[2])
        : Optional.empty();
  }
}
