package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Model;
import dev.reelay.task.Picture;
import dev.reelay.testkit.SamplePictures;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What pictures are used as, in all client formats, and what callers are told of others. */
class PictureRoleApiTest {
  private static final String A = "https://pictures.example/a.png";
  private static final String B = "https://pictures.example/b.png";

  private static final String OPEN_AI = "{'model':'sora-2','prompt':'a','input_reference':'A'}";

  private final ApiKit kit = new ApiKit();

  @AfterEach
  void stop() {
    kit.close();
  }

  @Test
  void a_task_has_a_role_for_each_picture_in_every_client_format() {
    var unified = kit.create(unified("veo3.1-fast", "'images':['A','B']"));
    var labelled = kit.create(unified("veo3.1-fast", "'tail_image':'A','reference_images':[]"));
    var openAi = id(kit.post("/v1/videos", addressed(OPEN_AI)));
    var newApi =
        id(
            kit.post(
                "/v1/video/generations",
                addressed(
                    "{'model':'sora-2','prompt':'a','image':'A','metadata':{'image_tail':'B'}}")));

    assertThat(pictures(unified)).isEqualTo("A first_frame, B last_frame");
    assertThat(pictures(labelled)).isEqualTo("A last_frame");
    assertThat(pictures(openAi)).isEqualTo("A first_frame");
    assertThat(pictures(newApi)).isEqualTo("A first_frame, B last_frame");
    assertThat(kit.task(ApiKit.taskId(newApi)).request().extras().metadata()).isEmpty();
  }

  @Test
  void a_model_without_frames_takes_a_picture_as_a_reference() {
    takes("sora-2", new Capability.Pictures(false, false, 2));

    var id = id(kit.post("/v1/videos", addressed(OPEN_AI)));

    assertThat(pictures(id)).isEqualTo("A reference");
  }

  @Test
  void asked_directly_a_picture_that_is_not_taken_is_refused_with_what_is() {
    takes("sora-2", new Capability.Pictures(true, false, 3));

    var reply = kit.post(ApiKit.CREATE, unified("sora-2", "'image':'A','tail_image':'B'"));

    assertThat(reply.statusCode()).isEqualTo(400);
    var error = ApiKit.json(reply).path("error");
    assertThat(error.path("code").asString()).isEqualTo("invalid_field");
    assertThat(error.path("param").asString()).isEqualTo("tail_image");
    assertThat(error.path("message").asString())
        .isEqualTo(
            "`tail_image`: this picture is not possible with sora-2, which takes a first frame"
                + " (`first_frame_image`), or else up to 3 references (`reference_images`).");
    assertThat(error.path("allowed").toString())
        .isEqualTo("[\"first_frame_image\",\"reference_images\"]");
    assertThat(kit.store.all()).isEmpty();
  }

  @Test
  void a_model_of_text_says_so_in_both_languages() {
    takes("sora-2", Capability.Pictures.NONE);

    var english = kit.post(ApiKit.CREATE, unified("sora-2", "'images':['A','B']"));
    var chinese =
        kit.post(ApiKit.CREATE, unified("sora-2", "'images':['A','B']"), "Accept-Language", "zh");

    assertThat(ApiKit.json(english).at("/error/message").asString())
        .isEqualTo(
            "`images`: these 2 pictures are not possible with sora-2, which takes no pictures.");
    assertThat(ApiKit.json(chinese).at("/error/message").asString())
        .contains("`images`：模型 sora-2 不支持这 2 张图片；该模型支持纯文本，不接受图片。");
  }

  @Test
  void through_an_alias_it_is_left_out_with_a_warning_and_its_bytes_are_not_kept() {
    takes("veo3.1-fast", new Capability.Pictures(true, false, 0));
    var data = SamplePictures.dataUrl(16);

    var id = kit.create(unified("veo3", "'image':'A','last_frame':'" + data + "'"));

    assertThat(pictures(id)).isEqualTo("A first_frame");
    assertThat(kit.query(id).path("warnings").toString())
        .contains("`last_frame`: veo3.1-fast does not take one of the pictures; it is left out.");
    assertThat(kit.inputs.kept()).isEmpty();
  }

  private void takes(String name, Capability.Pictures pictures) {
    var now = kit.catalogue;
    var models = new HashMap<>(now.models());
    models.replaceAll(
        (known, model) -> known.value().equals(name) ? taking(model, pictures) : model);
    kit.catalogue = new Catalogue(models, now.aliases(), now.prices(), now.channels());
  }

  private static Model taking(Model model, Capability.Pictures pictures) {
    var can = model.capability();
    return new Model(
        model.name(),
        new Capability(can.seconds(), can.resolutions(), can.ratios(), can.audio(), pictures));
  }

  private static String addressed(String json) {
    return json.replace("'A'", "'" + A + "'").replace("'B'", "'" + B + "'");
  }

  private static String unified(String model, String fields) {
    return addressed("{'model':'%s','prompt':'a',%s}".formatted(model, fields));
  }

  private String pictures(String id) {
    return kit.task(ApiKit.taskId(id)).request().images().stream()
        .map(PictureRoleApiTest::shown)
        .collect(Collectors.joining(", "));
  }

  private static String shown(Picture picture) {
    return picture.shown().replace(A, "A").replace(B, "B") + " " + picture.role().word();
  }

  private static String id(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return ApiKit.json(reply).path("id").asString();
  }
}
