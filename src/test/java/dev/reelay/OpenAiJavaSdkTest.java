package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.models.videos.ImageInputReferenceParam;
import com.openai.models.videos.Video;
import com.openai.models.videos.VideoCreateParams;
import com.openai.models.videos.VideoDownloadContentParams;
import com.openai.models.videos.VideoEditParams;
import com.openai.models.videos.VideoListParams;
import com.openai.models.videos.VideoModel;
import com.openai.models.videos.VideoRemixParams;
import com.openai.models.videos.VideoSeconds;
import com.openai.models.videos.VideoSize;
import dev.reelay.access.KeyLimits;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * OpenAI's own SDK for Java, unmodified: only base URL, key and model are ours. It marks everything
 * about videos as deprecated, since OpenAI's own service was shut down.
 */
@SuppressWarnings("deprecation")
class OpenAiJavaSdkTest {
  private static final int POLLS_MAX = 300;

  private static RelayKit kit;
  private static OpenAIClient client;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    kit = new RelayKit();
    client = client(kit.key(kit.tenant("java", "5.00"), KeyLimits.NONE));
  }

  @AfterAll
  static void stop() {
    client.close();
    kit.close();
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder().baseUrl(kit.address() + "/v1").apiKey(key).build();
  }

  @Test
  void a_video_is_created_polled_and_downloaded_to_a_file_that_plays() throws IOException {
    var created = client.videos().create(known("[instant] a fox"));
    var done = awaitEnd(created);

    assertThat(created.validate().status()).isEqualTo(Video.Status.QUEUED);
    assertThat(done.validate().status()).isEqualTo(Video.Status.COMPLETED);
    assertThat(done.id()).isEqualTo(created.id()).startsWith("video_");
    assertThat(done.progress()).isEqualTo(100);
    assertThat(done.seconds()).isEqualTo(VideoSeconds._4);
    assertThat(done.size()).isEqualTo(VideoSize._720X1280);
    assertThat(done.completedAt()).isPresent();
    assertThat(done.expiresAt()).isPresent();
    var file = folder.resolve("fox.mp4");
    try (var content = client.videos().downloadContent(done.id())) {
      Files.copy(content.body(), file);
    }
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
  }

  @Test
  void a_video_is_created_with_a_picture_and_has_a_thumbnail() throws IOException {
    var picture = ImageInputReferenceParam.builder().imageUrl("https://a.example/fox.png").build();

    var video =
        awaitEnd(client.videos().create(params("[instant] x").inputReference(picture).build()));

    assertThat(video.status()).isEqualTo(Video.Status.COMPLETED);
    var thumbnail =
        VideoDownloadContentParams.builder()
            .videoId(video.id())
            .variant(VideoDownloadContentParams.Variant.THUMBNAIL)
            .build();
    try (var content = client.videos().downloadContent(thumbnail)) {
      assertThat(content.headers().values("content-type").getFirst()).startsWith("image/");
      assertThat(content.body().readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void a_picture_comes_as_a_file_or_as_bytes_without_a_name() throws IOException {
    var file = Files.write(folder.resolve("fox.png"), SamplePictures.png(854, 480));

    var named = client.videos().create(params("[instant] x").inputReference(file).build());
    var bare =
        client
            .videos()
            .create(params("[instant] y").inputReference(SamplePictures.jpeg(854, 480)).build());

    assertThat(awaitEnd(named).status()).isEqualTo(Video.Status.COMPLETED);
    assertThat(awaitEnd(bare).status()).isEqualTo(Video.Status.COMPLETED);
  }

  @Test
  void a_list_is_read_through_its_pages() {
    var mine = client(kit.key(kit.tenant("pages", "1.00"), KeyLimits.NONE));
    var made = new ArrayList<String>();
    for (int n = 0; n < 5; n++) {
      made.add(mine.videos().create(params("[instant] " + n).build()).id());
    }

    var oldest = VideoListParams.builder().limit(2).order(VideoListParams.Order.ASC).build();
    var listed = mine.videos().list(oldest).autoPager().stream().map(Video::id).toList();
    var newest = mine.videos().list(VideoListParams.builder().limit(2).build());

    assertThat(listed).containsExactlyElementsOf(made);
    assertThat(newest.autoPager().stream().map(Video::id))
        .containsExactlyElementsOf(made.reversed());
  }

  @Test
  void a_video_is_remixed_and_deleted() {
    var parent = awaitEnd(client.videos().create(params("[instant] a fox").build()));

    var prompt = VideoRemixParams.builder().prompt("[instant] in snow").build();
    var remix = awaitEnd(client.videos().remix(parent.id(), prompt));
    var deleted = client.videos().delete(parent.id());

    assertThat(remix.status()).isEqualTo(Video.Status.COMPLETED);
    assertThat(remix.remixedFromVideoId()).contains(parent.id());
    assertThat(deleted.deleted()).isTrue();
    assertThat(failed(NotFoundException.class, () -> client.videos().retrieve(parent.id())))
        .isEqualTo("task_not_found");
  }

  @Test
  void a_refused_video_is_failed_with_the_code_that_openai_had() {
    var video = awaitEnd(client.videos().create(known("[refuse] a fox")));

    assertThat(video.validate().status()).isEqualTo(Video.Status.FAILED);
    assertThat(video.error().orElseThrow().code()).isEqualTo("moderation_blocked");
  }

  @Test
  void each_class_of_errors_is_the_exception_that_programs_catch() {
    var open = client.videos().create(params("[slow 3600s] a fox").build());
    var poor = client(kit.key(kit.tenant("poor", "0.001"), KeyLimits.NONE));
    var one =
        client(
            kit.key(
                kit.tenant("one", "1.00"),
                new KeyLimits(Optional.empty(), Optional.empty(), OptionalInt.of(1))));
    one.videos().create(params("[slow 3600s] a fox").build());

    assertThat(failed(BadRequestException.class, () -> create(client, "sora-2", "[instant] x", 99)))
        .isEqualTo("invalid_field");
    assertThat(failed(BadRequestException.class, () -> client.videos().edit(edit(open.id()))))
        .isEqualTo("operation_not_supported");
    assertThat(failed(UnauthorizedException.class, () -> client("wrong").videos().list()))
        .endsWith("api_key");
    assertThat(failed(NotFoundException.class, () -> create(client, "no-model", "x", 1)))
        .isEqualTo("model_not_found");
    assertThat(
            failed(
                UnexpectedStatusCodeException.class, () -> create(poor, "sandbox-video", "x", 1)))
        .isEqualTo("insufficient_balance");
    assertThat(
            failed(RateLimitException.class, () -> once(one).videos().create(params("x").build())))
        .isEqualTo("open_task_limit");
    assertThat(
            failed(
                UnexpectedStatusCodeException.class,
                () -> once(client).videos().downloadContent(open.id())))
        .isEqualTo("video_not_ready");
  }

  @Test
  void a_key_that_may_not_a_key_used_otherwise_and_our_own_trouble_have_their_exceptions() {
    kit.addUnservedModel("nobody-makes-it");
    var bound = kit.keyFor(kit.tenant("bound", "1.00"), "sandbox-video");
    var keyed = params("[instant] x").putAdditionalHeader("Idempotency-Key", "sdk-1");
    client.videos().create(keyed.build());
    var otherwise = keyed.prompt("[instant] y").build();

    assertThat(
            failed(PermissionDeniedException.class, () -> create(client(bound), "sora-2", "x", 4)))
        .isEqualTo("model_not_allowed");
    assertThat(failed(UnprocessableEntityException.class, () -> client.videos().create(otherwise)))
        .isEqualTo("idempotency_mismatch");
    assertThat(
            failed(
                InternalServerException.class,
                () -> create(once(client), "nobody-makes-it", "x", 4)))
        .isEqualTo("no_channel");
  }

  /** Without the SDK's own repeats, which only cost time here. */
  private static OpenAIClient once(OpenAIClient client) {
    return client.withOptions(options -> options.maxRetries(0));
  }

  private static String failed(
      Class<? extends OpenAIServiceException> type, ThrowingCallable call) {
    var error = catchThrowableOfType(type, call);
    assertThat(error).isNotNull();
    return error.code().orElseThrow();
  }

  private static VideoEditParams edit(String id) {
    var reference = VideoEditParams.Video.VideoReferenceInputParam.builder().id(id).build();
    return VideoEditParams.builder().prompt("in snow").video(reference).build();
  }

  private static void create(OpenAIClient client, String model, String prompt, int seconds) {
    client
        .videos()
        .create(
            VideoCreateParams.builder()
                .model(model)
                .prompt(prompt)
                .seconds(VideoSeconds.of(String.valueOf(seconds)))
                .build());
  }

  /** Only values that the SDK knows, so that it can be asked to validate the answer. */
  private static VideoCreateParams known(String prompt) {
    return VideoCreateParams.builder()
        .model(VideoModel.SORA_2)
        .prompt(prompt)
        .seconds(VideoSeconds._4)
        .size(VideoSize._720X1280)
        .build();
  }

  private static VideoCreateParams.Builder params(String prompt) {
    return VideoCreateParams.builder()
        .model("sandbox-video")
        .prompt(prompt)
        .seconds(VideoSeconds.of("1"))
        .size(VideoSize.of("854x480"));
  }

  private static Video awaitEnd(Video created) {
    var video = created;
    for (int poll = 0; poll < POLLS_MAX; poll++) {
      if (!video.status().equals(Video.Status.QUEUED)
          && !video.status().equals(Video.Status.IN_PROGRESS)) {
        return video;
      }
      Pauses.of(Duration.ofMillis(100));
      video = client.videos().retrieve(created.id());
    }
    throw new AssertionError("not final: " + video);
  }
}
