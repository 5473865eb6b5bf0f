package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetKind;
import dev.reelay.money.Resolution;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.FetchOutcome;
import dev.reelay.task.TaskId;
import dev.reelay.task.VideoResult;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Promise R22: what is no whole, playable video is never stored as a success. */
@Timeout(20)
class ResultFetcherTest {
  private static final TaskId TASK = new TaskId("01kbfq03gpe0wr9ge11z09xqrj");
  private static final ResultFetcher.Limits LIMITS =
      new ResultFetcher.Limits(1_000, 100, Duration.ofSeconds(2), Duration.ofDays(7));

  @TempDir private Path folder;
  private FakeUpstream cdn;
  private Outbound outbound;
  private FolderAssetFiles files;

  @BeforeEach
  void start() {
    cdn = FakeUpstream.start();
    outbound = ProviderKit.outbound(cdn.place());
    files = new FolderAssetFiles(folder);
  }

  @AfterEach
  void stop() {
    outbound.close();
    cdn.close();
  }

  private FetchOutcome fetch() {
    var clock = InstantSource.fixed(ProviderKit.NOW);
    var fetcher = new ResultFetcher(outbound, files, new FirstWord(), clock, LIMITS);
    var result =
        new VideoResult(
            URI.create(cdn.baseUrl() + "/v.mp4"),
            Optional.of(URI.create(cdn.baseUrl() + "/p.jpg")),
            Optional.of("A cat."),
            OptionalLong.of(42),
            Optional.empty());
    var home = Origin.of(URI.create("https://api.example"));
    return fetcher.fetch(
        new ResultFetcher.Order(
            TASK,
            result,
            home,
            ScriptedProvider.plain(result.video()),
            result.thumbnail().map(ScriptedProvider::plain)));
  }

  private List<String> names() throws IOException {
    try (var list = Files.list(folder)) {
      return list.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static FetchOutcome.Stored stored(FetchOutcome outcome) {
    assertThat(outcome).isInstanceOf(FetchOutcome.Stored.class);
    return (FetchOutcome.Stored) outcome;
  }

  private static void assertRefused(FetchOutcome outcome, ErrorCode code) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            FetchOutcome.Refused.class, r -> assertThat(r.failure().code()).isEqualTo(code));
  }

  @Test
  void a_video_and_its_poster_are_stored_with_their_facts() throws IOException {
    cdn.will(FakeUpstream.answer(200, "video bytes"), FakeUpstream.answer(200, "picture"));

    var stored = stored(fetch());

    var video = stored.output().video();
    assertThat(video.kind()).isEqualTo(AssetKind.VIDEO);
    assertThat(video.bytes()).isEqualTo(11);
    assertThat(video.sha256())
        .isEqualTo("96b050b919f3fca2fc8b6923537136a197ad13c583beb1438d1a12ccbc999c42");
    assertThat(video.expiresAt()).isEqualTo(ProviderKit.NOW.plus(Duration.ofDays(7)));
    assertThat(video.millis()).isEqualTo(5_040);
    assertThat(stored.output().poster().orElseThrow().contentType()).isEqualTo("image/jpeg");
    assertThat(stored.output().enhancedPrompt()).contains("A cat.");
    assertThat(stored.facts().millis()).isEqualTo(5_040);
    assertThat(stored.facts().resolution()).contains(Resolution.P720);
    assertThat(stored.facts().audio()).contains(true);
    assertThat(stored.facts().units()).hasValue(42);
    assertThat(names()).hasSize(2);
  }

  @Test
  void a_poster_that_fails_does_not_fail_the_video() throws IOException {
    cdn.will(FakeUpstream.answer(200, "video"), FakeUpstream.answer(200, "<html>"));

    assertThat(stored(fetch()).output().poster()).isEmpty();
    assertThat(names()).hasSize(1);
  }

  @Test
  void a_file_that_does_not_play_is_refused_and_leaves_nothing() throws IOException {
    cdn.will(FakeUpstream.answer(200, "<html>no video</html>"));

    assertRefused(fetch(), ErrorCode.RESULT_NOT_PLAYABLE);
    assertThat(names()).isEmpty();
  }

  @Test
  void a_file_beyond_the_bound_is_refused_and_says_so() throws IOException {
    cdn.will(new FakeUpstream.Script.Endless("HTTP/1.1 200 OK\r\n\r\nvideo"));

    var outcome = fetch();

    assertRefused(outcome, ErrorCode.RESULT_NOT_PLAYABLE);
    assertThat(outcome.toString()).contains("larger than 1000 bytes");
    assertThat(names()).isEmpty();
  }

  @Test
  void a_file_cut_short_is_tried_again() throws IOException {
    cdn.will(FakeUpstream.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nvideo"));

    assertThat(fetch()).isInstanceOf(FetchOutcome.Unanswered.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void only_gone_is_gone_for_good() {
    cdn.will(
        FakeUpstream.answer(403, ""), FakeUpstream.answer(404, ""), FakeUpstream.answer(500, ""));

    for (var i = 0; i < 3; i++) {
      assertThat(fetch()).isInstanceOf(FetchOutcome.Unanswered.class);
    }
    cdn.will(FakeUpstream.answer(410, ""));
    assertRefused(fetch(), ErrorCode.RESULT_UNREACHABLE);
  }

  @Test
  void a_full_storage_is_our_own_trouble() {
    files.willBeFull();

    assertThat(fetch()).isInstanceOf(FetchOutcome.Unanswered.class);
    assertThat(cdn.requests()).isEmpty();
  }

  @Test
  void a_repeat_after_a_crash_finds_its_own_file() throws IOException {
    var picture = FakeUpstream.answer(200, "picture");
    cdn.will(FakeUpstream.answer(200, "video bytes"), picture, picture);

    var first = stored(fetch());
    var again = stored(fetch());

    assertThat(again).isEqualTo(first);
    assertThat(cdn.requests()).filteredOn(r -> r.target().equals("/v.mp4")).hasSize(1);
    assertThat(names()).hasSize(2);
  }

  @Test
  void ids_follow_from_the_task_and_differ_by_kind() {
    var video = ResultIds.of(TASK, AssetKind.VIDEO);

    assertThat(ResultIds.of(TASK, AssetKind.VIDEO)).isEqualTo(video);
    assertThat(ResultIds.of(TASK, AssetKind.POSTER)).isNotEqualTo(video);
    assertThat(video.value()).startsWith(TASK.value().substring(0, 9));
  }

  @Test
  void a_resolution_is_the_usual_class_near_the_short_side() {
    assertThat(ResultFetcher.resolution(464)).contains(Resolution.P480);
    assertThat(ResultFetcher.resolution(704)).contains(Resolution.P720);
    assertThat(ResultFetcher.resolution(1_088)).contains(Resolution.P1080);
    assertThat(ResultFetcher.resolution(2_160)).contains(Resolution.P4K);
    assertThat(ResultFetcher.resolution(352)).contains(new Resolution(352));
    assertThat(ResultFetcher.resolution(0)).isEmpty();
  }
}
