package dev.reelay.testkit;

import dev.reelay.access.KeyId;
import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.Factors;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.Attempt;
import dev.reelay.task.Output;
import dev.reelay.task.Parent;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Ready-made tasks and their parts, all alike unless a test says otherwise. */
public final class TaskSamples {
  public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** Owns sample tasks; no store ever gives out this fence, so nobody living holds them. */
  public static final Task.Custody LONG_GONE = new Task.Custody("node-before", 1_000_000);

  private static final int SECONDS = 5;
  private static final long UUID_VERSION_7 = 0x0190_0000_0000_7000L;
  private static final long UUID_VARIANT = 0x8000_0000_0000_0000L;
  private static final int MILLIS_SHIFT = 16;

  private TaskSamples() {}

  /** The n-th id: a later n sorts later. */
  public static TaskId taskId(int n) {
    return new TaskId(idText(n, 0));
  }

  /** The n-th asset of a task. */
  public static AssetId assetId(TaskId task, int n) {
    var uuid = TimeOrderedIds.parse(task.value());
    return new AssetId(
        TimeOrderedIds.text(
            new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits() + n)));
  }

  private static String idText(int n, int low) {
    return TimeOrderedIds.text(
        new UUID(UUID_VERSION_7 + ((long) n << MILLIS_SHIFT), UUID_VARIANT + low));
  }

  /** Five seconds of 720p, as most callers ask for it. */
  public static VideoRequest request() {
    return new VideoRequest(
        new VideoRequest.Form("unified", new ModelName("sora-2"), "small", "landscape"),
        new ModelName("sandbox-video"),
        "a cat on a piano",
        new Shape(SECONDS, Resolution.P720, AspectRatio.LANDSCAPE, false),
        List.of(),
        Map.of(),
        VideoRequest.Extras.NONE);
  }

  /** A request that uses every field: the remix of a task that this channel made. */
  public static VideoRequest richRequest(TaskId parent, ChannelId channel) {
    var served = new ModelName("sandbox-video");
    var pinned = new Parent(parent, served, channel, new CredentialId(7), "up:\"1\"");
    var extras =
        new VideoRequest.Extras(
            Optional.of("order 17"),
            Map.of("shop", "north", "中文", "值 \"quoted\""),
            Optional.of(URI.create("https://hooks.example/x?a=1")),
            Optional.of(pinned),
            List.of("an unknown field was ignored: \"foo\"", "第二"));
    return new VideoRequest(
        new VideoRequest.Form("openai", new ModelName("sora-2"), "", "portrait"),
        served,
        "一只猫 🐈\n\"piano\" \\ tab\t",
        new Shape(8, Resolution.P1080, AspectRatio.PORTRAIT, true),
        List.of(
            new Picture.Web("https://pictures.example/a.png"),
            new Picture.Stored(
                new AssetId(idText(9, 9)), "image/png", 3, "ab".repeat(32), PictureRole.REFERENCE)),
        Map.of("watermark", "true", "style", ""),
        extras);
  }

  /** A hold for {@link #request()}: one amount a video. */
  public static Hold holdPerVideo(Money amount) {
    var rule = new PriceRule(7, "sandbox-video", 3, new Price.PerVideo(Rates.flat(amount)));
    return quoted(rule);
  }

  /** A hold for {@link #request()}: an amount a second. */
  public static Hold holdPerSecond(Money amount) {
    var rule = new PriceRule(8, "sandbox-video", 1, new Price.PerSecond(Rates.flat(amount)));
    return quoted(rule);
  }

  private static Hold quoted(PriceRule rule) {
    return Quote.hold(rule, Factors.ONE, request().shape().usage()).orElseThrow();
  }

  public static Task.Deadlines deadlines() {
    return new Task.Deadlines(NOON.plus(Duration.ofMinutes(10)), NOON.plus(Duration.ofHours(2)));
  }

  /** A queued task of the first tenant and key, accepted at noon. */
  public static Task queued() {
    return queued(taskId(1), new TenantId(1), new KeyId(1), holdPerVideo(Money.parse("0.50")));
  }

  public static Task queued(TaskId id, TenantId tenant, KeyId key, Hold hold) {
    return queued(id, new Task.Accepted(tenant, key, request(), hold, NOON, deadlines()));
  }

  public static Task queued(TaskId id, Task.Accepted accepted) {
    return Task.create(id, accepted, LONG_GONE);
  }

  public static Attempt attempt(TaskId task, int number, ChannelId channel) {
    return new Attempt(
        number,
        channel,
        new CredentialId(channel.value()),
        "their-model",
        "token-" + task.value() + "-" + number,
        NOON.plusSeconds(number));
  }

  public static Output output(TaskId task) {
    return new Output(
        asset(task, 1, AssetKind.VIDEO, "video/mp4"),
        Optional.of(asset(task, 2, AssetKind.POSTER, "image/jpeg")),
        Optional.of("a cat, brightly lit"));
  }

  public static Asset asset(TaskId task, int n, AssetKind kind, String contentType) {
    return new Asset(
        assetId(task, n),
        kind,
        contentType,
        1_000,
        "ab".repeat(32),
        1280,
        720,
        kind == AssetKind.VIDEO ? 5_000 : 0,
        NOON.plus(Duration.ofDays(7)),
        Optional.empty());
  }

  /** What came back: as long as asked for, or not. */
  public static Usage made(long millis) {
    return Usage.of(millis, Resolution.P720, false);
  }
}
