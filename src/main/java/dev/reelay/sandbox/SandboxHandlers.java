package dev.reelay.sandbox;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.FileReply;
import dev.reelay.http.HttpLimits;
import dev.reelay.http.Json;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.media.ClipSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;

/** The sandbox's five routes. Every one wants the key of this process. */
final class SandboxHandlers {
  private static final int PICTURES_MAX = 1_000;

  private final SandboxJobs jobs;
  private final byte[] authorization;
  private final Json json = new Json(HttpLimits.JSON_BODY_BYTES_MAX);

  SandboxHandlers(SandboxJobs jobs, String key) {
    this.jobs = jobs;
    this.authorization = bytes("Bearer " + key);
  }

  Reply create(Request request) {
    if (!isOurs(request)) {
      return stranger();
    }
    return switch (json.parse(request.body(HttpLimits.JSON_BODY_BYTES_MAX))) {
      case Json.Parsed.Malformed(String why) -> refuse(400, "invalid_json", why);
      case Json.Parsed.Tree(var root) -> {
        int pictures = SandboxJson.number(root, "pictures", 0, PICTURES_MAX);
        var script = PromptScript.read(SandboxJson.text(root, "prompt")).withPictures(pictures);
        if (script.refuse()) {
          yield refuse(422, "content_refused", "the sandbox was asked to refuse this prompt");
        }
        var sides = new int[] {ClipSpec.SIDE_PIXELS_MIN, ClipSpec.SIDE_PIXELS_MAX};
        var size =
            new SandboxJob.Size(
                SandboxJson.number(root, "width", sides[0], sides[1]),
                SandboxJson.number(root, "height", sides[0], sides[1]),
                SandboxJson.number(root, "seconds", 1, ClipSpec.SECONDS_MAX));
        var job = jobs.create(script, size, request.header(FieldName.IDEMPOTENCY_KEY));
        yield Reply.json(200, SandboxJson.job(job, jobs.standing(job), request.baseUrl()));
      }
    };
  }

  Reply get(Request request) {
    return withJob(
        request,
        job -> Reply.json(200, SandboxJson.job(job, jobs.standing(job), request.baseUrl())));
  }

  Reply cancel(Request request) {
    return withJob(
        request,
        job ->
            jobs.cancel(job)
                ? Reply.json(200, SandboxJson.job(job, jobs.standing(job), request.baseUrl()))
                : refuse(409, "job_final", "the job has already ended"));
  }

  Reply video(Request request) {
    return file(request, "video/mp4", ClipShelf.Clip::mp4);
  }

  Reply poster(Request request) {
    return file(request, "image/jpeg", ClipShelf.Clip::poster);
  }

  private Reply file(Request request, String type, Function<ClipShelf.Clip, Path> part) {
    return withJob(
        request,
        job ->
            jobs.standing(job) instanceof SandboxJobs.Standing.Done(var clip)
                ? send(request, part.apply(clip), type)
                : refuse(404, "not_ready", "the job has no file"));
  }

  private static Reply send(Request request, Path file, String type) {
    try {
      var name = file.getFileName() == null ? "clip" : file.getFileName().toString();
      var modified = Files.getLastModifiedTime(file).toInstant();
      var offer = new FileReply.Offer(name, 0);
      return FileReply.of(
          request, new FileReply.Stored(file, Files.size(file), name, modified, type, offer));
    } catch (IOException e) {
      throw new UncheckedIOException("a clip vanished from the shelf", e);
    }
  }

  private Reply withJob(Request request, Function<SandboxJob, Reply> then) {
    if (!isOurs(request)) {
      return stranger();
    }
    return SandboxJob.parse(request.parameter("id"))
        .map(then)
        .orElseGet(() -> refuse(404, "job_not_found", "there is no such job"));
  }

  private boolean isOurs(Request request) {
    var sent = request.header(FieldName.AUTHORIZATION).orElse("");
    return MessageDigest.isEqual(authorization, bytes(sent));
  }

  private static Reply stranger() {
    return refuse(401, "unauthorized", "the key is not the sandbox's");
  }

  private static Reply refuse(int status, String code, String message) {
    return new Reply.Ready(status, SandboxJson.error(code, message), List.of(Field.JSON));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
