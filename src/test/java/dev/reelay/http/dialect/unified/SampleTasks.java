package dev.reelay.http.dialect.unified;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.money.Factors;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.PriceSnapshot;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.Attempt;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.Output;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One task in each state, with texts that try to break the answer. */
final class SampleTasks {
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
  static final TenantId TENANT = new TenantId(7);
  static final TaskId ID = new TaskId("01k6x15vhrff09dkkqjrzwhm60");
  static final String PICTURE = "https://pictures.example/cat.png";
  static final String NASTY_PROMPT =
      "a \"cat\" \\ on a piano 一只猫\n see https://evil.example/v.mp4 and HTTP://evil.example";

  private SampleTasks() {}

  static VideoRequest request(String prompt) {
    var dance = new Clip.Web("https://clips.example/dance.mp4", ClipKind.VIDEO);
    var voice = new Clip.Web("https://clips.example/voice.mp3", ClipKind.AUDIO);
    return pictured(prompt).withClips(List.of(dance, voice));
  }

  private static VideoRequest pictured(String prompt) {
    return new VideoRequest(
        new VideoRequest.Form("unified", new ModelName("sora-2"), "small", "portrait"),
        new ModelName("sora-2"),
        prompt,
        new Shape(15, Resolution.P720, AspectRatio.PORTRAIT, false),
        List.of(
            new Picture.Web(PICTURE),
            new Picture.Web("http://pictures.example/dog.png", PictureRole.LAST_FRAME)),
        Map.of("watermark", "false"),
        new VideoRequest.Extras(
            Optional.of("order 5 https://shop.example/5"),
            Map.of("link", "https://shop.example/6", "a", "b"),
            Optional.of(URI.create("https://shop.example/hook")),
            Optional.empty(),
            List.of("Unknown field `foo` was ignored.")));
  }

  static Task queued() {
    return queued(ID, request(NASTY_PROMPT));
  }

  static Task queued(TaskId id, VideoRequest request) {
    var rule = new PriceRule(1, "sora-2", 1, new Price.PerVideo(Rates.flat(Money.parse("0.75"))));
    var asked = Usage.of(15_000, Resolution.P720, false);
    var hold = new Hold(Money.parse("0.75"), new PriceSnapshot(rule, Factors.ONE, asked));
    var deadlines =
        new Task.Deadlines(NOON.plus(Duration.ofMinutes(10)), NOON.plus(Duration.ofHours(1)));
    var accepted = new Task.Accepted(TENANT, new KeyId(3), request, hold, NOON, deadlines);
    return Task.create(id, accepted, new Task.Custody("node-a", 1));
  }

  static Task in(TaskState state, int progress) {
    var task = queued();
    var at = NOON.plusSeconds(60);
    var marks = new Task.Marks(progress, false, Optional.empty(), Optional.empty(), 1, at);
    return new Task(task.id(), task.accepted(), 3, task.custody(), state, marks);
  }

  /** Every state by its name, in the order of a life. */
  static Map<String, Task> all() {
    var tasks = new LinkedHashMap<String, Task>();
    tasks.put("queued", queued());
    tasks.put("submitting", in(new TaskState.Submitting(attempt(), Set.of()), 0));
    tasks.put("in_doubt", in(new TaskState.InDoubt(attempt(), NOON, "no answer"), 0));
    tasks.put("running", in(new TaskState.Running(job()), 42));
    tasks.put(
        "storing",
        in(
            new TaskState.Storing(job(), VideoResult.of(URI.create("https://up.example/v.mp4"))),
            100));
    tasks.put("succeeded", in(succeeded(), 100));
    tasks.put("refused", in(failed(ErrorCode.CONTENT_REFUSED, "It shows a person."), 10));
    tasks.put(
        "failed",
        in(failed(ErrorCode.UPSTREAM_FAILED, "See https://status.example for more."), 80));
    tasks.put("canceled", in(new TaskState.Canceled("you", Optional.empty(), NOON), 0));
    return tasks;
  }

  static Task named(String name) {
    return Objects.requireNonNull(all().get(name));
  }

  static TaskState succeeded() {
    var video = asset("01k6x15vhrff09dkkqjrzwhm61", AssetKind.VIDEO, "video/mp4");
    var poster = asset("01k6x15vhrff09dkkqjrzwhm62", AssetKind.POSTER, "image/jpeg");
    var output = new Output(video, Optional.of(poster), Optional.of("a cat, in daylight"));
    return new TaskState.Succeeded(job(), output, Money.parse("0.70"), NOON.plusSeconds(60));
  }

  static Asset asset(String id, AssetKind kind, String type) {
    return new Asset(
        new AssetId(id),
        kind,
        type,
        10,
        "ab".repeat(32),
        720,
        1280,
        15_000,
        NOON.plus(Duration.ofDays(7)),
        Optional.empty());
  }

  private static TaskState failed(ErrorCode code, String message) {
    return new TaskState.Failed(new Failure(code, message), Optional.of(job()), NOON);
  }

  private static Attempt attempt() {
    return new Attempt(
        1, new ChannelId(1), new CredentialId(1), "their-sora", "token-1", NOON.plusSeconds(1));
  }

  static Job job() {
    return new Job(attempt(), "up_123");
  }
}
