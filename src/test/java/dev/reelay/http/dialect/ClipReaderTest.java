package dev.reelay.http.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reelay.asset.ClipLimits;
import dev.reelay.asset.ClipProbe;
import dev.reelay.http.ApiError;
import dev.reelay.http.ApiRefusal;
import dev.reelay.media.ClipHead;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import dev.reelay.testkit.SampleClips;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of the clips of a create is decided before any model is looked at. */
class ClipReaderTest {
  private static final int BODY_BYTES_MAX = 1 << 20;
  private final ClipReader reader = new ClipReader(new ClipHead(), UploadedFiles.Own.NONE, true);
  private final ClipReader hidden = new ClipReader(new ClipHead(), UploadedFiles.Own.NONE, false);

  @Test
  void the_order_of_each_kind_is_kept_and_the_callers_name_is_known() {
    var sentAs = new HashMap<String, String>();

    var clips = reader.read(fields("'audio_url':'A','videos':['C','B'],'video_url':'C'"), sentAs);

    assertThat(clips)
        .containsExactly(
            new AskedClip.Web("https://a.example/C", ClipKind.VIDEO),
            new AskedClip.Web("https://a.example/B", ClipKind.VIDEO),
            new AskedClip.Web("https://a.example/A", ClipKind.AUDIO));
    assertThat(sentAs)
        .containsOnly(
            Map.entry("reference_videos", "videos"), Map.entry("reference_audios", "audio_url"));
  }

  @Test
  void what_is_null_or_empty_is_not_there() {
    assertThat(read("'video_url':null,'audio_url':'','videos':[],'video':[null,' ']")).isEmpty();
  }

  @Test
  void the_same_file_counts_once_however_it_is_named() {
    var url = dataUrl(SampleClips.mp3());

    assertThat(read("'audio_url':'" + url + "','audios':['" + url + "']")).hasSize(1);
  }

  @Test
  void where_this_relay_has_no_public_address_a_file_is_refused_and_an_address_is_not() {
    var file = "'audio_url':'" + dataUrl(SampleClips.mp3()) + "'";

    var error = refusal(hidden, file);

    assertThat(error.param()).contains("audio_url");
    assertThat(error.english()).contains("REELAY_PUBLIC_URL").contains("send an http or https URL");
    assertThat(error.chinese()).contains("REELAY_PUBLIC_URL");
    assertThat(hidden.read(fields("'audio_url':'A'"), new HashMap<>())).hasSize(1);
  }

  @Test
  void a_file_is_of_the_kind_that_its_bytes_are() {
    var sound = dataUrl(SampleClips.mp3());

    assertThat(refusal(reader, "'video_url':'" + sound + "'").code())
        .isEqualTo(ErrorCode.UNSUPPORTED_MEDIA);
  }

  @Test
  void a_file_of_more_than_the_bound_is_refused_before_it_is_looked_at() {
    var asked = new boolean[1];
    ClipProbe probe =
        _ -> {
          asked[0] = true;
          return Optional.empty();
        };
    var file = new SentFile(ByteBuffer.allocate(ClipLimits.BYTES_MAX + 1));

    assertThatExceptionOfType(ApiRefusal.class)
        .isThrownBy(
            () ->
                new ClipReader(probe, UploadedFiles.Own.NONE, true)
                    .given("video", file, ClipKind.VIDEO))
        .satisfies(refusal -> assertThat(refusal.error().english()).contains("50 MiB"));
    assertThat(asked[0]).isFalse();
  }

  @Test
  void of_each_kind_there_may_be_ten() {
    assertThat(read(many("videos", 10) + "," + many("audios", 10))).hasSize(20);
    assertThat(refusal(reader, many("videos", 11)).english()).contains("at most 10");
  }

  @Test
  void lists_in_lists_end_somewhere() {
    assertThat(refusal(reader, "'videos':[[[[[['A']]]]]]").english()).contains("must hold");
  }

  private List<AskedClip> read(String json) {
    return reader.read(fields(json), new HashMap<>());
  }

  private static ApiError refusal(ClipReader by, String json) {
    var thrown = new ApiError[1];
    assertThatExceptionOfType(ApiRefusal.class)
        .isThrownBy(() -> by.read(fields(json), new HashMap<>()))
        .satisfies(refusal -> thrown[0] = refusal.error());
    return thrown[0];
  }

  private static String many(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'https://a.example/" + i + "'")
        .collect(Collectors.joining(",", "'" + name + "':[", "]"));
  }

  private static String dataUrl(byte[] bytes) {
    return "data:audio/mpeg;base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private static Fields fields(String json) {
    var text =
        Arrays.stream(("{" + json + "}").split("'", -1))
            .map(part -> part.matches("[A-C]") ? "https://a.example/" + part : part)
            .collect(Collectors.joining("\""));
    return new Fields(new BodyReader(BODY_BYTES_MAX).read(text.getBytes(UTF_8), "").tree());
  }
}
