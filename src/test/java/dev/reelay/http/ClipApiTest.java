package dev.reelay.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Model;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import dev.reelay.testkit.ApiContract;
import dev.reelay.testkit.SampleClips;
import dev.reelay.testkit.SamplePictures;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reference videos and audios over real sockets, in all client formats. */
@Timeout(60)
class ClipApiTest {
  private static final String DANCE = "https://clips.example/dance.mp4";
  private static final String VOICE = "https://clips.example/voice.mp3";
  private static final byte[] MP4 = SampleClips.mp4(1);
  private static final String UPLOAD = "/api/upload";

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reference_videos':['D']",
        "'reference_video':'D'",
        "'video_url':'D'",
        "'video_urls':['D']",
        "'videos':[{'url':'D'}]",
        "'videos':[{'type':'video_url','video_url':{'url':'D'}}]",
        "'video':{'url':'D'}",
        "'video_list':[{'video_url':'D'}]",
        "'reference_videos':'[\\\"D\\\"]'",
        "'reference_videos':['D'],'video_url':'D'"
      })
  void a_video_is_found_under_every_name_and_in_every_shape_once(String fields) {
    var id = kit.create(body(fields));

    assertThat(clips(id)).containsExactly(new Clip.Web(DANCE, ClipKind.VIDEO));
    assertThat(kit.query(id).path("warnings")).isEmpty();
  }

  @Test
  void every_client_format_has_a_place_for_clips() {
    var fields = body("'video_url':'D','audio_url':'V'");
    var inMetadata = body("'metadata':{'video_url':'D','audio_url':'V'}");

    var unified = kit.create(fields);
    var openAi = created(kit.post("/v1/videos", fields));
    var newApi = created(kit.post("/v1/video/generations", inMetadata));

    for (var id : List.of(unified, openAi, newApi)) {
      assertThat(clips(id))
          .containsExactly(
              new Clip.Web(DANCE, ClipKind.VIDEO), new Clip.Web(VOICE, ClipKind.AUDIO));
    }
    assertThat(kit.task(ApiKit.taskId(newApi)).request().extras().metadata()).isEmpty();
  }

  @Test
  void an_answer_shows_no_reference_that_could_be_taken_for_the_result() {
    var id = kit.create(body("'video_url':'D','audio_url':'V'"));

    var input = kit.query(id).at("/detail/input");

    assertThat(input.at("/reference_videos/0").asString())
        .isEqualTo("hxxps://clips.example/dance.mp4");
    assertThat(input.at("/reference_audios/0").asString())
        .isEqualTo("hxxps://clips.example/voice.mp3");
    assertThat(kit.query(id).toString()).doesNotContain("http");
  }

  @Test
  void a_file_is_kept_with_a_row_that_outlives_its_task_and_shown_by_its_hash() throws IOException {
    var id = kit.create(body("'reference_videos':['" + dataUrl("video/mp4", MP4) + "']"));

    var stored = (Clip.Stored) clips(id).getFirst();
    var row = kit.store.asset(stored.asset());
    var task = kit.task(ApiKit.taskId(id));
    assertThat(Files.readAllBytes(kit.inputs.open(stored.asset()).orElseThrow())).isEqualTo(MP4);
    assertThat(kit.store.assets(task.id())).containsExactly(stored.asset());
    assertThat(row.contentType()).isEqualTo("video/mp4");
    assertThat(row.width()).isEqualTo(64);
    assertThat(row.millis()).isEqualTo(1_000);
    assertThat(row.expiresAt()).isAfter(task.accepted().deadlines().finishBy());
    assertThat(kit.query(id).at("/detail/input/reference_videos/0").asString())
        .isEqualTo("data:video/mp4;sha256=" + row.sha256() + ";bytes=" + MP4.length);
  }

  @Test
  void an_upload_is_taken_by_id_and_by_address_as_the_kind_that_it_is() {
    var video = uploaded(MP4, "video/mp4");
    var sound = uploaded(SampleClips.mp3(), "application/octet-stream");

    var id =
        kit.create(
            body(
                "'videos':['%s'],'audio_url':{'file_id':'%s'}"
                    .formatted(video.path("url").asString(), sound.path("id").asString())));

    assertThat(video.path("url").asString()).endsWith(".mp4");
    assertThat(sound.path("url").asString()).endsWith(".mp3");
    assertThat(sound.path("width").asInt()).isZero();
    assertThat(clips(id))
        .extracting(Clip::shown)
        .containsExactly(
            "data:video/mp4;sha256=" + video.path("sha256").asString() + ";bytes=" + MP4.length,
            "data:audio/mpeg;sha256=" + sound.path("sha256").asString() + ";bytes=32");
  }

  @Test
  void an_upload_of_another_kind_or_of_another_tenant_is_refused() {
    var video = uploaded(MP4, "video/mp4").path("id").asString();
    var picture = uploaded(SamplePictures.png(64, 64), "image/png").path("id").asString();

    assertThat(code(body("'audio_url':'" + video + "'"))).isEqualTo("unsupported_media");
    assertThat(code(body("'image':'" + video + "'"))).isEqualTo("unsupported_media");
    assertThat(code(body("'video_url':'" + picture + "'"))).isEqualTo("unsupported_media");
    var foreign = kit.postAs(ApiKit.OTHER_KEY, ApiKit.CREATE, body("'video':'" + video + "'"));
    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(foreign.body()).contains("POST /api/upload");
    assertThat(kit.store.all()).isEmpty();
  }

  @Test
  void what_is_no_clip_is_refused_with_the_field_and_the_way_out() {
    var page = dataUrl("video/mp4", "<html>not found</html>".getBytes(ISO_8859_1));

    assertThat(code(body("'video_url':'" + page + "'"))).isEqualTo("unsupported_media");
    for (var wrong : List.of("5", "'dance.mp4'", "'file:///etc/passwd'", "{'name':'x'}", "'[1'")) {
      var reply = kit.post(ApiKit.CREATE, body("'video_url':" + wrong));

      assertThat(ApiKit.code(reply)).as(wrong).isEqualTo("invalid_field");
      assertThat(ApiKit.json(reply).at("/error/param").asString()).isEqualTo("video_url");
      assertThat(reply.body()).contains("http or https");
    }
  }

  @Test
  void a_model_that_does_not_take_them_says_what_it_takes_in_both_languages() {
    takes("sora-2", Capability.Clips.ofAudios(1, 0));

    var english = kit.post(ApiKit.CREATE, body("'video_url':'D'"));
    var chinese = kit.post(ApiKit.CREATE, body("'video_url':'D'"), "Accept-Language", "zh");

    var error = ApiKit.json(english).path("error");
    assertThat(english.statusCode()).isEqualTo(400);
    assertThat(error.path("code").asString()).isEqualTo("invalid_field");
    assertThat(error.path("param").asString()).isEqualTo("video_url");
    assertThat(error.path("message").asString())
        .isEqualTo(
            "`video_url`: 1 reference video is not possible with sora-2, which takes up to 1 audios"
                + " (`reference_audios`); see `GET /v1/video/models`.");
    assertThat(error.path("allowed").toString()).isEqualTo("[\"reference_audios\"]");
    assertThat(ApiKit.json(chinese).at("/error/message").asString())
        .contains("`video_url`：模型 sora-2 不支持这 1 个参考视频；该模型支持最多 1 个音频");
    assertThat(kit.store.all()).isEmpty();
  }

  @Test
  void a_clip_that_is_known_to_be_too_long_is_refused_before_anything_is_held() {
    takes("sora-2", Capability.Clips.ofAudios(1, 5));

    var shorter = dataUrl("audio/wav", SampleClips.wav(5));
    var longer = dataUrl("audio/wav", SampleClips.wav(7));

    assertThat(clips(kit.create(body("'audio_url':'" + shorter + "'")))).hasSize(1);
    var reply = kit.post(ApiKit.CREATE, body("'audio_url':'" + longer + "'"));
    assertThat(ApiKit.json(reply).at("/error/message").asString())
        .isEqualTo(
            "`audio_url`: with sora-2 one may be at most 5 seconds long; send a shorter one.");
  }

  @Test
  void behind_an_alias_a_clip_is_refused_rather_than_left_out() {
    takes("veo3.1-fast", Capability.Clips.NONE);

    var reply =
        kit.post(ApiKit.CREATE, "{'model':'veo3','prompt':'a','video_url':'" + DANCE + "'}");

    assertThat(ApiKit.code(reply)).isEqualTo("invalid_field");
    assertThat(reply.body()).contains("neither videos nor audio");
  }

  @Test
  void beside_a_clip_a_bare_picture_is_a_reference_and_a_frame_is_refused() {
    var id = kit.create(body("'video_url':'D','image':'https://pictures.example/cat.png'"));
    var frame =
        kit.post(
            ApiKit.CREATE,
            body("'video_url':'D','first_frame':'https://pictures.example/cat.png'"));

    assertThat(kit.task(ApiKit.taskId(id)).request().images())
        .extracting(picture -> picture.role())
        .containsExactly(PictureRole.REFERENCE);
    assertThat(ApiKit.json(frame).at("/error/message").asString())
        .contains("takes frames or references, not both")
        .contains("`reference_images`");
  }

  @Test
  void a_quote_counts_clips_and_models_say_what_they_take() {
    takes("sora-2", Capability.Clips.ofVideos(3, 15));

    var quote = ApiKit.json(kit.post("/v1/video/quote", body("'videos':['D','V']")));
    var model = ApiKit.json(kit.get("/v1/video/models?id=sora-2")).at("/data/0");

    assertThat(quote.path("reference_videos").asInt()).isEqualTo(2);
    assertThat(quote.path("reference_audios").asInt()).isZero();
    assertThat(model.path("clips").toString())
        .isEqualTo(
            "{\"videos_max\":3,\"video_seconds_max\":15,\"videos_beside_frames\":false,"
                + "\"audios_max\":0,\"audio_seconds_max\":0,\"audios_beside_frames\":false}");
    assertThat(model.at("/create_schema/properties/reference_videos/maxItems").asInt())
        .isEqualTo(3);
    assertThat(model.at("/create_schema/properties").has("reference_audios")).isFalse();
  }

  private void takes(String name, Capability.Clips clips) {
    var now = kit.catalogue;
    var models = new HashMap<>(now.models());
    models.replaceAll((known, model) -> known.value().equals(name) ? taking(model, clips) : model);
    kit.catalogue = new Catalogue(models, now.aliases(), now.prices(), now.channels());
  }

  private static Model taking(Model model, Capability.Clips clips) {
    var can = model.capability();
    return new Model(model.name(), can.taking(can.pictures(), clips));
  }

  private static String body(String fields) {
    return "{'model':'sora-2','prompt':'a',%s}"
        .formatted(fields)
        .replace("'D'", "'" + DANCE + "'")
        .replace("\"D\\", "\"" + DANCE + "\\")
        .replace("'V'", "'" + VOICE + "'");
  }

  private static String dataUrl(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  private String code(String body) {
    return ApiKit.code(kit.post(ApiKit.CREATE, body));
  }

  private static String created(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply).path("id").asString();
  }

  private List<Clip> clips(String id) {
    return kit.task(ApiKit.taskId(id)).request().clips();
  }

  private JsonNode uploaded(byte[] file, String type) {
    var reply = post(file, type);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    var body = ApiKit.json(reply);
    assertThat(ApiContract.read().faults("POST", UPLOAD, 200, body)).isEmpty();
    return body;
  }

  private HttpResponse<String> post(byte[] body, String type) {
    return kit.send(
        kit.request(UPLOAD, ApiKit.KEY)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body)));
  }
}
