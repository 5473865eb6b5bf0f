package dev.reelay.store;

import dev.reelay.access.KeyId;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.access.TenantId;
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
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Callback;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.HearCallback;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskStore;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.CrashProvider;
import dev.reelay.testkit.CrashProvider.Kind;
import dev.reelay.testkit.CrashUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What outlives a crash, and the provider behind real sockets with a journal of its own. */
final class CrashWorld implements AutoCloseable {
  static final Duration FINISH = Duration.ofMinutes(8);
  private static final Outbound.Limits QUICK =
      new Outbound.Limits(
          Duration.ofSeconds(1), Duration.ofMillis(150), Duration.ofMillis(400), 1 << 20);

  final CrashGround ground = new CrashGround();
  final CrashUpstream upstream;
  private final ManualClock clock = ground.clock;
  private final JdbcTaskStoreKit kit = ground.kit;
  private final Engine engine;
  private final Outbound outbound;
  private final HearCallback hear;
  private final Map<Kind, Channel> channels = new EnumMap<>(Kind.class);
  private final TenantId tenant = kit.tenant(Money.parse("1000000"));
  private final KeyId key = kit.key(tenant, Optional.empty());
  private Kind kind = Kind.NOTHING;
  private int created;

  CrashWorld() {
    var journal = ground.folder().resolve("theirs.journal");
    upstream = new CrashUpstream(journal, clock, this::called);
    for (var each : Kind.values()) {
      channels.put(each, channel(each));
    }
    var place = HostPort.parse(upstream.place());
    outbound =
        new Outbound(() -> Set.of(place), host -> List.of(InetAddress.getAllByName(host)), QUICK);
    var addresses =
        new CallbackAddresses(
            MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2)),
            Optional.of(URI.create("https://relay.example")));
    engine = engine(addresses);
    hear = new HearCallback(addresses, ground.tasks, engine, ground.doubts, _ -> {}, clock);
  }

  private Engine engine(CallbackAddresses addresses) {
    var files = new FolderAssetFiles(ground.folder());
    var wiring =
        new Wiring(
            this::catalogue,
            _ -> Optional.of(new Secret("a secret of the provider")),
            new Providers(List.of(new CrashProvider())),
            new Budgets(clock),
            files,
            addresses);
    var fetcher =
        new ResultFetcher(outbound, files, new NoMedia(), clock, ResultFetcher.Limits.DEFAULT);
    return new Engine(wiring, outbound, fetcher, clock);
  }

  private Channel channel(Kind of) {
    var id = kit.channel();
    return new Channel(
        id,
        of.name(),
        CrashProvider.NAME,
        URI.create("http://" + upstream.place()),
        true,
        Channel.Weight.DEFAULT,
        Channel.Limits.DEFAULT,
        Map.of(TaskSamples.request().served(), "model-of-" + of),
        Map.of("kind", of.name()),
        List.of(new CredentialId(id.value())));
  }

  /** All channels are known; only that of the case takes new work. */
  Catalogue catalogue() {
    return new Catalogue(Map.of(), Map.of(), Map.of(), List.of(known(kind)));
  }

  private Channel known(Kind of) {
    return Optional.ofNullable(channels.get(of)).orElseThrow();
  }

  ChannelId channel() {
    return known(kind).id();
  }

  /** The next life of the node. */
  CrashLife live() {
    return new CrashLife(ground, engine, this::catalogue, CrashLife.Walked.LEASE);
  }

  /** A provider calls the address it was given, before it answers. */
  private void called(String address, String upstreamId) {
    var parts = URI.create(address).getPath().split("/");
    var task = new TaskId(parts[2]);
    var attempt = Integer.parseInt(parts[3]);
    if (hear.isOurs(task, attempt, parts[4])) {
      hear.hear(task, attempt, new Callback("", upstreamId));
      hear.hear(task, attempt, new Callback("", upstreamId));
    }
  }

  /** A task of its own prompt, accepted by the caller before anything goes wrong. */
  Task create(Kind of, Task.Custody owner) {
    kind = of;
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
    var now = clock.instant();
    var accepted =
        new Task.Accepted(
            tenant,
            key,
            request,
            TaskSamples.holdPerVideo(CrashGround.HOLD),
            now,
            new Task.Deadlines(now.plus(FINISH), now.plus(FINISH)));
    var task = Task.create(id, accepted, owner);
    ground.tasks.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    return task;
  }

  /** How many jobs the provider really made for a task. */
  long madeFor(Task task) {
    var prompt = task.request().prompt();
    return upstream.made().stream().filter(job -> job.prompt().equals(prompt)).count();
  }

  @Override
  public void close() {
    upstream.close();
    outbound.close();
    ground.close();
  }

  private static final class NoMedia implements MediaCheck {
    @Override
    public Optional<Video> video(Path file) {
      return Optional.empty();
    }

    @Override
    public Optional<Picture> picture(Path file) {
      return Optional.empty();
    }
  }
}
