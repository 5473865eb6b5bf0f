package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.asset.AssetKind;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.vertex.LabAccount;
import dev.reelay.lab.vertex.VertexPart;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.money.Resolution;
import dev.reelay.provider.vertex.VertexProvider;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Shape;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real engine and the real adapter at a Vertex that is played, with a clock that is moved. */
@Timeout(30)
class VertexLabTest {
  private static final LabPart PART = new VertexPart();
  private static final Task TASK = TaskSamples.queued();
  private static final LabPace PACE = new LabPace(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock();
  private final Lab lab = Lab.start(0, clock, PACE, List.of(PART));

  /** Patient, since the lab renders a video when it is first asked for. */
  private final Outbound outbound =
      new Outbound(
          () -> Set.of(HostPort.parse(lab.address().getAuthority())),
          host -> List.of(InetAddress.getAllByName(host)),
          Outbound.Limits.DEFAULT);

  @AfterEach
  void close() {
    outbound.close();
    lab.close();
  }

  private Engine engine(String credential, Map<String, String> more) {
    var settings = new HashMap<>(PART.channel().settings());
    settings.putAll(more);
    var channel = ProviderKit.channel(VertexProvider.NAME, lab.baseUrl(PART).toString(), settings);
    var catalogue = new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
    var files = new FolderAssetFiles(folder);
    var wiring =
        new Wiring(
            () -> catalogue,
            _ -> Optional.of(new Secret(credential)),
            new Providers(List.of(new VertexProvider())),
            new Budgets(clock),
            files,
            ProviderKit.CALLBACKS);
    var fetcher =
        new ResultFetcher(outbound, files, new AnyFile(), clock, ResultFetcher.Limits.DEFAULT);
    return new Engine(wiring, outbound, fetcher, clock);
  }

  /** What it is, the test finds out by itself. */
  private static final class AnyFile implements MediaCheck {
    @Override
    public Optional<Video> video(Path file) {
      return Optional.of(new Video("video/mp4", 160, 90, 8_000, true));
    }

    @Override
    public Optional<Picture> picture(Path file) {
      return Optional.empty();
    }
  }

  private static VideoRequest request() {
    return ProviderKit.request(
        "a fox", new Shape(8, Resolution.P720, AspectRatio.LANDSCAPE, false));
  }

  private static SubmitOutcome submit(Engine engine) {
    return engine.submit(request(), ProviderKit.attempt(PART.channel().model()));
  }

  private VideoResult made(Engine engine) {
    var submitted = submit(engine);
    assertThat(submitted).isInstanceOf(SubmitOutcome.Accepted.class);
    var job = job(((SubmitOutcome.Accepted) submitted).upstreamId());
    clock.move(Duration.ofSeconds(6));
    var polled = engine.poll(job);
    assertThat(polled).isInstanceOf(PollOutcome.Succeeded.class);
    return ((PollOutcome.Succeeded) polled).result();
  }

  private static Job job(String id) {
    return new Job(ProviderKit.attempt(PART.channel().model()), id);
  }

  private void assertPlays(Engine engine, VideoResult result) {
    assertThat(engine.fetch(TASK, job("any"), result)).isInstanceOf(FetchOutcome.Stored.class);
    var kept = new FolderAssetFiles(folder).open(ResultIds.of(TASK.id(), AssetKind.VIDEO));
    assertThat(kept).isPresent();
    assertThat(Mp4Probe.probe(kept.get())).isInstanceOf(ProbeResult.Playable.class);
  }

  @Test
  void a_video_in_the_answer_is_taken_out_of_it() {
    var engine = engine(LabAccount.file(), Map.of());

    var result = made(engine);

    assertThat(result.video().getFragment()).isEqualTo("/response/videos/0/bytesBase64Encoded");
    assertPlays(engine, result);
  }

  @Test
  void a_video_in_the_operators_own_bucket_is_fetched_from_there() {
    var engine = engine(LabAccount.file(), Map.of("storage_uri", "gs://lab-bucket/of mine/"));
    assertThat(submit(engine)).isInstanceOf(SubmitOutcome.NotSent.class);

    engine = engine(LabAccount.file(), Map.of("storage_uri", "gs://lab-bucket/of-mine/"));
    var result = made(engine);

    assertThat(result.video().toString())
        .endsWith("/storage/lab-bucket/of-mine/op1/sample%200.mp4");
    assertPlays(engine, result);
  }

  @Test
  void a_token_that_has_ended_is_renewed_before_a_call_is_made() {
    var engine = engine(LabAccount.file(), Map.of());
    var result = made(engine);

    clock.move(LabAccount.TOKEN_LIFE.plusMinutes(1));

    assertPlays(engine, result);
    assertThat(submit(engine)).isInstanceOf(SubmitOutcome.Accepted.class);
  }

  @Test
  void a_key_that_google_does_not_know_is_our_accounts_fault_and_nothing_is_made() {
    var foreign = LabAccount.file().replace("lab-key-1", "another-key");
    var engine = engine(foreign, Map.of());

    assertThat(submit(engine))
        .isInstanceOfSatisfying(
            SubmitOutcome.Rejected.class,
            rejected -> {
              assertThat(rejected.ourAccount()).isTrue();
              assertThat(rejected.failure().message()).contains("invalid_grant");
            });
    assertThat(lab.desk(VertexProvider.NAME).jobs()).isEmpty();
  }

  @Test
  void the_file_that_is_stored_is_all_that_is_left_in_the_folder() throws IOException {
    var engine = engine(LabAccount.file(), Map.of());
    assertPlays(engine, made(engine));

    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
