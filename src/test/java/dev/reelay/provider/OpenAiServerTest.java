package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.openai.OpenAiProvider;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.TaskSamples;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One video from submit to file, at a server that speaks {@code /v1/videos}. */
@Timeout(20)
class OpenAiServerTest {
  private static final FakeUpstream.Script COMPLETED =
      FakeUpstream.answer(200, "{\"id\":\"video_1\",\"status\":\"completed\"}");
  private static final String KEY = "Bearer " + ProviderKit.SECRET;

  @TempDir private Path folder;
  private FakeUpstream server;
  private FakeUpstream elsewhere;
  private Outbound outbound;

  @BeforeEach
  void start() {
    server = FakeUpstream.start();
    elsewhere = FakeUpstream.start();
    outbound = ProviderKit.outbound(server.place(), elsewhere.place());
  }

  @AfterEach
  void stop() {
    outbound.close();
    elsewhere.close();
    server.close();
  }

  private Engine engine() {
    InstantSource clock = InstantSource.fixed(ProviderKit.NOW);
    var fetcher =
        new ResultFetcher(
            outbound,
            new FolderAssetFiles(folder),
            new FirstWord(),
            clock,
            ResultFetcher.Limits.DEFAULT);
    var channel = ProviderKit.channel(OpenAiProvider.NAME, server.baseUrl() + "/v1", Map.of());
    var catalogue = new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
    var secret = new Secret(ProviderKit.SECRET);
    return new Engine(
        new Wiring(
            () -> catalogue,
            _ -> Optional.of(secret),
            Providers.all(),
            new Budgets(clock),
            new FolderAssetFiles(folder),
            ProviderKit.CALLBACKS),
        outbound,
        fetcher,
        clock);
  }

  private VideoResult made(Engine engine) {
    server.will(COMPLETED);
    var outcome = engine.poll(ProviderKit.job("video_1"));
    assertThat(outcome).isInstanceOf(PollOutcome.Succeeded.class);
    return ((PollOutcome.Succeeded) outcome).result();
  }

  private static FetchOutcome.Stored fetched(Engine engine, VideoResult result) {
    var outcome = engine.fetch(TaskSamples.queued(), ProviderKit.job("video_1"), result);
    assertThat(outcome).isInstanceOf(FetchOutcome.Stored.class);
    return (FetchOutcome.Stored) outcome;
  }

  @Test
  void a_video_is_made_followed_and_fetched_with_the_key() {
    server.will(
        FakeUpstream.answer(200, "{\"id\":\"video_1\",\"status\":\"queued\"}"),
        FakeUpstream.answer(
            200, "{\"id\":\"video_1\",\"status\":\"in_progress\",\"progress\":40}"));
    var engine = engine();

    var submitted = engine.submit(ProviderKit.request(), ProviderKit.attempt());
    var running = engine.poll(new Job(ProviderKit.attempt(), "video_1"));
    var result = made(engine);
    server.will(FakeUpstream.answer(200, "video"), FakeUpstream.answer(200, "picture"));
    var stored = fetched(engine, result);

    assertThat(submitted).isEqualTo(new SubmitOutcome.Accepted("video_1"));
    assertThat(running).isEqualTo(new PollOutcome.Pending(OptionalInt.of(40)));
    assertThat(stored.output().poster()).isPresent();
    assertThat(server.requests())
        .extracting(FakeUpstream.Request::target)
        .containsExactly(
            "/v1/videos",
            "/v1/videos/video_1",
            "/v1/videos/video_1",
            "/v1/videos/video_1/content",
            "/v1/videos/video_1/content?variant=thumbnail");
    assertThat(server.requests())
        .allSatisfy(r -> assertThat(r.headers()).containsEntry("authorization", KEY));
  }

  @Test
  void a_content_that_lies_elsewhere_is_fetched_there_without_the_key() {
    var engine = engine();
    var result = made(engine);
    var place = "Location: " + elsewhere.baseUrl() + "/signed.mp4";
    server.will(FakeUpstream.answer(302, "", place), FakeUpstream.answer(404, "{}"));
    elsewhere.will(FakeUpstream.answer(200, "video"));

    var stored = fetched(engine, result);

    assertThat(stored.output().poster()).isEmpty();
    assertThat(elsewhere.requests()).hasSize(1);
    assertThat(elsewhere.requests().getFirst().headers()).doesNotContainKey("authorization");
  }

  @Test
  void a_server_that_sends_the_video_again_as_poster_only_costs_the_poster() {
    var engine = engine();
    var result = made(engine);
    server.will(FakeUpstream.answer(200, "video"), FakeUpstream.answer(200, "video"));

    var stored = fetched(engine, result);

    assertThat(stored.output().poster()).isEmpty();
  }
}
