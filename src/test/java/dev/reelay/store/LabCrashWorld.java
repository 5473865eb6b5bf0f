package dev.reelay.store;

import dev.reelay.access.KeyId;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.access.TenantId;
import dev.reelay.asset.AssetId;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.money.Money;
import dev.reelay.provider.Engine;
import dev.reelay.provider.HostPort;
import dev.reelay.provider.MediaCheck;
import dev.reelay.provider.Outbound;
import dev.reelay.provider.Providers;
import dev.reelay.provider.ResultFetcher;
import dev.reelay.provider.Wiring;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.Recovery;
import dev.reelay.task.Task;
import dev.reelay.task.TaskStore;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.TaskSamples;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What outlives a crash, and one provider of the lab with its real adapter. The relay has no public
 * address, so that no callback helps.
 */
final class LabCrashWorld implements AutoCloseable {
  /** Longer than two doubts take, one after the other. */
  static final Duration FINISH = Duration.ofMinutes(10);

  /** Jobs show in lists so late; adapters declare a minute. */
  private static final LabPace PACE =
      new LabPace(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(55));

  private static final Money PER_SECOND = Money.parse("0.10");
  private static final long FREE_BYTES_MIN = 1 << 20;
  private static final Outbound.Limits QUICK =
      new Outbound.Limits(
          Duration.ofSeconds(1), Duration.ofMillis(250), Duration.ofMillis(500), 1 << 20);

  final CrashGround ground = new CrashGround();
  final Lab lab;
  final LabPart part;
  private final Providers providers = Providers.all();
  private final Channel channel;
  private final Outbound outbound;
  private final TenantId tenant = ground.kit.tenant(Money.parse("1000000"));
  private final KeyId key = ground.kit.key(tenant, Optional.empty());
  private int created;

  LabCrashWorld(LabPart part) {
    this.part = part;
    this.lab = Lab.start(0, ground.clock, PACE, List.of(part));
    this.channel = channelAt();
    var places =
        Set.of(
            HostPort.parse(lab.address().getAuthority()),
            HostPort.parse(lab.filesAddress().getAuthority()));
    this.outbound =
        new Outbound(() -> places, host -> List.of(InetAddress.getAllByName(host)), QUICK);
  }

  private Channel channelAt() {
    var id = ground.kit.channel();
    var played = part.channel();
    return new Channel(
        id,
        part.name(),
        part.name(),
        lab.baseUrl(part),
        true,
        Channel.Weight.DEFAULT,
        Channel.Limits.DEFAULT,
        Map.of(TaskSamples.request().served(), played.model()),
        played.settings(),
        List.of(new CredentialId(id.value())));
  }

  /** The next life of the node; nothing that the last one had in memory is there. */
  CrashLife live() {
    return new CrashLife(ground, engine(), this::catalogue, CrashLife.Walked.FILE);
  }

  private Engine engine() {
    var files = files();
    files.sweepDrafts();
    var wiring =
        new Wiring(
            this::catalogue,
            _ -> Optional.of(new Secret(part.channel().secret())),
            providers,
            new Budgets(ground.clock),
            files,
            new CallbackAddresses(
                MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2)), Optional.empty()));
    var fetcher =
        new ResultFetcher(
            outbound, files, new Playable(), ground.clock, ResultFetcher.Limits.DEFAULT);
    return new Engine(wiring, outbound, fetcher, ground.clock);
  }

  private DiskAssetFiles files() {
    return DiskAssetFiles.open(ground.folder().resolve("files"), "node-a", FREE_BYTES_MIN);
  }

  private Catalogue catalogue() {
    return new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
  }

  /** What the adapter declares of this channel. */
  Recovery recovery() {
    var provider = providers.find(part.name()).orElseThrow();
    return provider.abilities(channel.settings()).recovery();
  }

  /** A task of its own prompt and five seconds, accepted before anything goes wrong. */
  Task create(Task.Custody owner) {
    var id = TaskSamples.taskId(++created);
    var like = TaskSamples.request();
    var request =
        new VideoRequest(
            like.form(),
            like.served(),
            "prompt of " + id,
            like.shape(),
            like.images(),
            like.options(),
            like.extras());
    var now = ground.clock.instant();
    var accepted =
        new Task.Accepted(
            tenant,
            key,
            request,
            TaskSamples.holdPerSecond(PER_SECOND),
            now,
            new Task.Deadlines(now.plus(FINISH), now.plus(FINISH)));
    var task = Task.create(id, accepted, owner);
    ground.tasks.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  /** How many jobs the provider really made for a task. */
  long madeFor(Task task) {
    return lab.journal().made(part.name(), task.request().prompt());
  }

  /** Whether what a task made can be given out. */
  boolean isKept(AssetId id) {
    return files().open(id).isPresent();
  }

  @Override
  public void close() {
    lab.close();
    outbound.close();
    ground.close();
  }

  private static final class Playable implements MediaCheck {
    @Override
    public Optional<Video> video(Path file) {
      return Mp4Probe.probe(file) instanceof ProbeResult.Playable(var facts)
          ? Optional.of(
              new Video(
                  "video/mp4",
                  facts.width(),
                  facts.height(),
                  facts.durationMillis(),
                  facts.audio()))
          : Optional.empty();
    }

    @Override
    public Optional<Picture> picture(Path file) {
      return Optional.empty();
    }
  }
}
