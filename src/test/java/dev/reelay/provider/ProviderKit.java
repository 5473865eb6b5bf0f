package dev.reelay.provider;

import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.Attempt;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.Job;
import dev.reelay.task.Parent;
import dev.reelay.task.TaskId;
import dev.reelay.task.VideoRequest;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The real engine over loopback, with limits short enough for tests. */
final class ProviderKit {
  static final String SECRET = "up-secret-0123456789abcdef";
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final ChannelId CHANNEL = new ChannelId(1);
  static final String TOKEN = "token-0001";
  static final Outbound.Limits SHORT =
      new Outbound.Limits(
          Duration.ofSeconds(2), Duration.ofMillis(300), Duration.ofSeconds(2), 65_536);
  static final CallbackAddresses CALLBACKS =
      new CallbackAddresses(
          MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2)),
          Optional.of(URI.create("https://relay.example")));
  private static final Attempt OLD_ATTEMPT = attempt("sora-2");

  private ProviderKit() {}

  static Outbound outbound(String... listed) {
    return outbound(host -> List.of(InetAddress.getAllByName(host)), listed);
  }

  static Outbound outbound(Names names, String... listed) {
    var places = Set.copyOf(List.of(listed).stream().map(HostPort::parse).toList());
    return new Outbound(() -> places, names, SHORT);
  }

  /** Waits 200 ms for a connection and for TLS. */
  static Outbound impatient(String listed) {
    var limits = new Outbound.Limits(Duration.ofMillis(200), SHORT.idle(), SHORT.call(), 65_536);
    return new Outbound(
        () -> Set.of(HostPort.parse(listed)),
        host -> List.of(InetAddress.getAllByName(host)),
        limits);
  }

  static Channel channel(String provider, String baseUrl, Map<String, String> settings) {
    return new Channel(
        CHANNEL,
        "channel",
        provider,
        URI.create(baseUrl),
        true,
        Channel.Weight.DEFAULT,
        Channel.Limits.DEFAULT,
        Map.of(new ModelName("sora-2"), "sora-2"),
        settings,
        List.of(new CredentialId(7)));
  }

  static Engine engine(Channel channel, Providers providers, Outbound outbound) {
    return engine(channel, providers, outbound, new NoFiles());
  }

  static Engine engine(Channel channel, Providers providers, Outbound outbound, Given given) {
    var budgets = new Budgets(CLOCK);
    return engine(wiring(channel, providers, budgets, given.inputs(), given.secret()), outbound);
  }

  static Engine engine(Channel channel, Providers providers, Outbound outbound, AssetFiles inputs) {
    return engine(channel, providers, outbound, new Given(inputs, SECRET));
  }

  /** What an engine is given beside its channel. */
  record Given(Inputs inputs, String secret) {
    Given(AssetFiles inputs, String secret) {
      this(Inputs.of(inputs), secret);
    }
  }

  static Engine engine(Channel channel, Providers providers, Outbound outbound, Budgets budgets) {
    return engine(wiring(channel, providers, budgets, Inputs.of(new NoFiles()), SECRET), outbound);
  }

  static Engine engine(Channel channel, Providers providers, Outbound outbound, Inputs inputs) {
    return engine(channel, providers, outbound, new Given(inputs, SECRET));
  }

  private static Wiring wiring(
      Channel channel, Providers providers, Budgets budgets, Inputs inputs, String secret) {
    var catalogue = new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
    Credentials known = id -> id.value() == 7 ? Optional.of(new Secret(secret)) : Optional.empty();
    return new Wiring(() -> catalogue, known, providers, budgets, inputs, CALLBACKS);
  }

  static Engine engine(
      Catalogue catalogue, Credentials credentials, Providers providers, Outbound outbound) {
    var budgets = new Budgets(CLOCK);
    return engine(
        new Wiring(() -> catalogue, credentials, providers, budgets, new NoFiles(), CALLBACKS),
        outbound);
  }

  /** Its clock stands, so that it believes in one answer what else takes two. */
  private static Engine engine(Wiring wiring, Outbound outbound) {
    var fetcher =
        new ResultFetcher(
            outbound, new NoFiles(), new NoCheck(), CLOCK, ResultFetcher.Limits.DEFAULT);
    return new Engine(wiring, outbound, fetcher, CLOCK, Duration.ZERO);
  }

  /** A finished job of the attempt's own account. */
  static Parent parent(String upstreamId) {
    var attempt = attempt();
    return new Parent(
        new TaskId("01k6x15vhrff09dkkqjrzwhm60"),
        request().served(),
        attempt.channel(),
        attempt.credential(),
        upstreamId);
  }

  static Attempt attempt() {
    return OLD_ATTEMPT;
  }

  static Attempt attempt(Duration age) {
    return attempt("sora-2", age);
  }

  /** One that asks for a model by the provider's name of it. */
  static Attempt attempt(String upstreamModel) {
    return attempt(upstreamModel, Duration.ofMinutes(10));
  }

  private static Attempt attempt(String upstreamModel, Duration age) {
    return new Attempt(
        1, new ChannelId(1), new CredentialId(7), upstreamModel, TOKEN, NOW.minus(age));
  }

  static Job job(String upstreamId) {
    return new Job(attempt(), upstreamId);
  }

  static VideoRequest request() {
    return request("a cat on a piano", new Shape(10, Resolution.P720, AspectRatio.PORTRAIT, true));
  }

  static VideoRequest request(String prompt, Shape shape) {
    var model = new ModelName("sora-2");
    return new VideoRequest(
        new VideoRequest.Form("unified", model, "small", "portrait"),
        model,
        prompt,
        shape,
        List.of(),
        Map.of(),
        VideoRequest.Extras.NONE);
  }

  private static final class NoFiles implements AssetFiles {
    @Override
    public Optional<Path> open(AssetId id) {
      return Optional.empty();
    }

    @Override
    public Path draft(AssetId id) {
      throw new StorageFull("this test keeps nothing");
    }

    @Override
    public void keep(AssetId id, Path draft) {
      throw new StorageFull("this test keeps nothing");
    }

    @Override
    public void remove(AssetId id) {}

    @Override
    public void requireSpace() {}
  }

  private static final class NoCheck implements MediaCheck {
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
