package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.PictureLimits;
import dev.reelay.media.PictureHead;
import dev.reelay.provider.WebPictures.Fetched;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PictureFetcherTest {
  private static final TaskId TASK = new TaskId("01kbfq03gpe0wr9ge11z09xqrj");
  private static final Instant UNTIL = ProviderKit.NOW.plus(Duration.ofHours(6));
  private static final byte[] CAT = SamplePictures.png(640, 480);

  @TempDir private Path folder;
  private final PictureRows rows = new PictureRows();
  private FakeUpstream server;
  private Outbound outbound;
  private FolderAssetFiles files;
  private PictureFetcher fetcher;

  @BeforeEach
  void start() {
    server = FakeUpstream.start();
    outbound = ProviderKit.outbound(server.place());
    files = new FolderAssetFiles(folder);
    fetcher = new PictureFetcher(outbound, files, rows, new PictureHead(), ProviderKit.CLOCK);
  }

  @AfterEach
  void stop() {
    outbound.close();
    server.close();
  }

  private Picture.Web web(String path, PictureRole role) {
    return new Picture.Web(server.baseUrl() + path, role);
  }

  private Picture.Web web(String path) {
    return web(path, PictureRole.FIRST_FRAME);
  }

  private Fetched fetch(Picture... pictures) {
    return fetcher.fetch(TASK, List.of(pictures), UNTIL);
  }

  @Test
  void a_picture_elsewhere_is_kept_with_its_task_by_what_its_bytes_are() throws IOException {
    server.will(FakeUpstream.answer(200, CAT, "Content-Type: text/html"));

    var fetched = fetch(web("/cat", PictureRole.LAST_FRAME));

    assertThat(fetched).isInstanceOf(Fetched.Here.class);
    var stored = (Picture.Stored) ((Fetched.Here) fetched).pictures().getFirst();
    assertThat(stored.role()).isEqualTo(PictureRole.LAST_FRAME);
    assertThat(stored.contentType()).isEqualTo("image/png");
    assertThat(Files.readAllBytes(files.open(stored.asset()).orElseThrow())).isEqualTo(CAT);
    var row = rows.find(stored.asset()).orElseThrow().asset();
    assertThat(row.kind()).isEqualTo(AssetKind.INPUT);
    assertThat(row.width()).isEqualTo(640);
    assertThat(row.expiresAt()).isEqualTo(UNTIL);
    assertThat(server.requests().getFirst().headers()).doesNotContainKey("authorization");
  }

  @Test
  void a_second_try_fetches_only_what_the_first_did_not_get() {
    server.will(FakeUpstream.answer(200, CAT), FakeUpstream.answer(503, ""));
    var first = fetch(web("/a"), web("/b", PictureRole.LAST_FRAME));
    server.will(FakeUpstream.answer(200, CAT));

    var second = fetch(web("/a"), web("/b", PictureRole.LAST_FRAME));
    var third = fetch(web("/a"), web("/b", PictureRole.LAST_FRAME));

    assertThat(first).isInstanceOf(Fetched.Missing.class);
    assertThat(second).isInstanceOf(Fetched.Here.class);
    assertThat(third).isEqualTo(second);
    assertThat(server.requests())
        .extracting(FakeUpstream.Request::target)
        .containsExactly("/a", "/b", "/b");
  }

  @Test
  void a_picture_whose_file_is_gone_is_fetched_again() {
    server.will(FakeUpstream.answer(200, CAT), FakeUpstream.answer(200, CAT));
    fetch(web("/a"));
    files.kept().forEach(files::remove);

    assertThat(fetch(web("/a"))).isInstanceOf(Fetched.Here.class);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void kept_pictures_stay_as_they_are_and_nothing_is_fetched_for_them() {
    var id = new AssetId("01kbfq03gpe0wr9ge11z09xqrj");
    var stored = new Picture.Stored(id, "image/png", 3, "ab".repeat(32));

    assertThat(fetch(stored)).isEqualTo(new Fetched.Here(List.of(stored)));
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410, 204})
  void an_address_that_will_never_answer_is_named_without_what_may_be_secret(int status) {
    server.will(FakeUpstream.answer(status, ""));

    var fetched = fetch(web("/cat.png?signature=hush"));

    assertNever(fetched, "picture 1 (first_frame)", "/cat.png", "HTTP " + status);
    assertThat(((Fetched.Never) fetched).failure().message()).doesNotContain("hush");
    assertThat(files.kept()).isEmpty();
  }

  @Test
  void what_is_no_picture_or_has_too_many_pixels_or_bytes_is_the_callers_fault() {
    var large = new byte[PictureLimits.BYTES_MAX + 1];
    System.arraycopy(CAT, 0, large, 0, CAT.length);
    server.will(
        FakeUpstream.answer(200, "<html>not found</html>"),
        FakeUpstream.answer(200, SamplePictures.png(20_000, 20_000)),
        FakeUpstream.answer(200, large));

    assertNever(fetch(web("/1")), "no PNG, JPEG, WebP or GIF");
    assertNever(fetch(web("/2")), "20000 x 20000 pixels");
    assertNever(fetch(web("/3")), "larger than 20 MiB");
    assertThat(files.kept()).isEmpty();
    assertThat(rows.rows).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, 408})
  void a_passing_fault_is_borne_a_few_times(int status) {
    for (var i = 1; i < PictureFetcher.MISSES_MAX; i++) {
      server.will(FakeUpstream.answer(status, ""));
      assertThat(fetch(web("/a"))).isInstanceOf(Fetched.Missing.class);
    }
    server.will(FakeUpstream.answer(status, ""));

    assertNever(fetch(web("/a")), "HTTP " + status);
  }

  @Test
  void a_cut_connection_is_borne_and_leaves_no_half_of_a_picture() {
    server.will(new FakeUpstream.Script.Cut());

    assertThat(fetch(web("/a"))).isInstanceOf(Fetched.Missing.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_inner_address_is_refused_and_never_dialled() {
    try (var closed = ProviderKit.outbound()) {
      var guarded = new PictureFetcher(closed, files, rows, new PictureHead(), ProviderKit.CLOCK);

      var fetched = guarded.fetch(TASK, List.of(web("/a")), UNTIL);

      assertNever(fetched, "picture 1");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void a_full_disk_is_our_own_fault_however_often() {
    files.willBeFull();

    for (var i = 0; i <= PictureFetcher.MISSES_MAX; i++) {
      assertThat(fetch(web("/a"))).isEqualTo(new Fetched.Missing("our storage is full"));
    }
    assertThat(server.connections()).isZero();
  }

  @Test
  void a_store_that_is_away_is_no_send_and_never_thrown() {
    server.will(FakeUpstream.answer(200, CAT));
    rows.breaks = true;

    assertThat(fetch(web("/a"))).isEqualTo(new Fetched.Missing("a picture could not be kept"));
  }

  private static void assertNever(Fetched fetched, String... words) {
    assertThat(fetched).isInstanceOf(Fetched.Never.class);
    var failure = ((Fetched.Never) fetched).failure();
    assertThat(failure.code()).isEqualTo(ErrorCode.PICTURE_UNAVAILABLE);
    assertThat(failure.message()).contains(words);
  }
}
