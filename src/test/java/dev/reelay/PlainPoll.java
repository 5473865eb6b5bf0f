package dev.reelay;

import dev.reelay.lab.LabPart;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How anybody asks a provider of the laboratory about one job, without a relay.
 *
 * @param part the provider's part of the laboratory
 * @param path behind the laboratory's address and the part's name, with a place for the job's id
 * @param headers each as it stands on the wire
 */
record PlainPoll(String part, String path, List<String> headers) {
  private static final String BEARER = "authorization: Bearer " + LabPart.SECRET;

  /**
   * Providers of several kinds: with batches, with two calls, with a bare state, with much said.
   */
  static final List<PlainPoll> ALL =
      List.of(
          new PlainPoll("kling", "/tasks?task_ids=ID", List.of(BEARER)),
          new PlainPoll("ark", "/api/v3/contents/generations/tasks/ID", List.of(BEARER)),
          new PlainPoll(
              "fal",
              "/fal-ai/veo3.1/requests/ID/status",
              List.of("authorization: Key " + LabPart.SECRET)),
          new PlainPoll("replicate", "/v1/predictions/ID", List.of(BEARER)),
          new PlainPoll("minimax", "/v2/query/video_generation/ID", List.of(BEARER)),
          new PlainPoll("runway", "/v1/tasks/ID", List.of(BEARER, "x-runway-version: 2024-11-06")),
          new PlainPoll(
              "gemini", "/v1beta/interactions/ID", List.of("x-goog-api-key: " + LabPart.SECRET)));

  /** One line: the address and then each header, parted by tabs. */
  String line(URI lab, String job) {
    var address = lab + "/" + part + path.replace("ID", job);
    return Stream.concat(Stream.of(address), headers.stream()).collect(Collectors.joining("\t"));
  }
}
