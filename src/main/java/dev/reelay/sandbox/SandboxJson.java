package dev.reelay.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The sandbox's own little wire format. */
final class SandboxJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SandboxJson() {}

  static byte[] error(String code, String message) {
    var root = MAPPER.createObjectNode();
    root.putObject("error").put("code", code).put("message", message);
    return MAPPER.writeValueAsBytes(root);
  }

  static byte[] job(SandboxJob job, SandboxJobs.Standing standing, String baseUrl) {
    var root = MAPPER.createObjectNode().put("id", job.id());
    switch (standing) {
      case SandboxJobs.Standing.Working(int percent) ->
          root.put("status", "running").put("progress", percent);
      case SandboxJobs.Standing.Done _ -> done(root, baseUrl + "/v1/jobs/" + job.id());
      case SandboxJobs.Standing.Failed(String why) ->
          root.put("status", "failed")
              .putObject("error")
              .put("code", "generation_failed")
              .put("message", why);
      case SandboxJobs.Standing.Canceled _ -> root.put("status", "canceled");
    }
    return MAPPER.writeValueAsBytes(root);
  }

  private static void done(ObjectNode root, String address) {
    root.put("status", "succeeded").put("progress", 100);
    root.put("video", address + "/video.mp4").put("poster", address + "/poster.jpg");
  }

  static String text(JsonNode root, String name) {
    return root.path(name).asString("");
  }

  static int number(JsonNode root, String name, int least, int most) {
    return Math.clamp(root.path(name).asInt(least), least, most);
  }
}
