package dev.reelay.provider.kling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.money.Resolution;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.Callback;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is easily got wrong with Kling. */
class KlingTrapsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final String PAIR = "access-key:secret-key";
  private static final String KEY = "kling-0123456789";
  private final KlingProvider kling = new KlingProvider();

  @Test
  void a_200_with_a_business_code_is_a_refusal() {
    var outcome = submit(200, "{\"code\":1301,\"message\":\"risk control\"}");

    assertThat(outcome).isEqualTo(refused(ErrorCode.CONTENT_REFUSED, "risk control", false));
  }

  @Test
  void a_429_for_a_used_up_pack_is_about_money_and_not_about_pace() {
    var money = submit(429, "{\"code\":1102,\"message\":\"balance not enough\"}");
    var pace = submit(429, "{\"code\":1302,\"message\":\"too fast\"}");

    assertThat(money).isEqualTo(refused(ErrorCode.UPSTREAM_ACCOUNT, "balance not enough", true));
    assertThat(pace).isEqualTo(refused(ErrorCode.UPSTREAM_BUSY, "too fast", true));
  }

  @Test
  void the_old_generation_says_succeed_and_the_new_one_succeeded() {
    var old =
        """
        {"code":0,"data":{"task_id":"77","task_status":"succeed",
         "task_result":{"videos":[{"url":"https://cdn.example/v.mp4"}]}}}\
        """;
    var now =
        """
        {"code":0,"data":[{"id":"77","status":"succeeded",
         "outputs":[{"type":"video","url":"https://cdn.example/v.mp4"}]}]}\
        """;

    assertThat(poll("text2video:77", old)).isInstanceOf(PollOutcome.Succeeded.class);
    assertThat(poll("77", now)).isInstanceOf(PollOutcome.Succeeded.class);
  }

  @Test
  void a_job_of_the_old_generation_is_asked_for_where_it_was_made() {
    assertThat(address("text2video:77")).hasPath("/v1/videos/text2video/77");
    assertThat(address("omni-video:77")).hasPath("/v1/videos/omni-video/77");
    assertThat(address("77")).hasPath("/tasks").hasQuery("task_ids=77");
  }

  @Test
  void a_callback_before_the_answer_names_a_job_that_can_be_asked_for() {
    var early =
        new Callback("kind=image2video", "{\"task_id\":\"77\",\"task_status\":\"succeed\"}");

    assertThat(kling.named(early)).contains("image2video:77");
    assertThat(address("image2video:77")).hasPath("/v1/videos/image2video/77");
  }

  @Test
  void nothing_but_the_id_is_taken_from_a_callback_and_no_kind_that_is_none() {
    var lies = new Callback("kind=../../x", "{\"id\":\"8801\",\"status\":\"failed\"}");

    assertThat(kling.named(lies)).contains("8801");
  }

  @Test
  void a_token_is_good_from_five_seconds_ago_since_their_clock_may_be_late() {
    var claims = claims(ask(PAIR).begin());

    assertThat(claims.at("/iss").asString()).isEqualTo("access-key");
    assertThat(claims.at("/nbf").asLong()).isEqualTo(NOW.minusSeconds(5).getEpochSecond());
    assertThat(claims.at("/exp").asLong()).isEqualTo(NOW.plusSeconds(1_800).getEpochSecond());
  }

  @Test
  void a_token_that_is_refused_for_its_times_is_renewed_once_by_their_clock() {
    var ask = ask(PAIR);
    var late = List.of(new Call.Header("Date", "Sun, 22 Nov 2026 09:50:00 GMT"));
    var refusal = new Reply(401, late, "{\"code\":1003,\"message\":\"not active\"}");
    var first = (Step.Send<PollOutcome>) ask.begin();

    var second = ask.next(first.state(), refusal);
    var third = ask.next(((Step.Send<PollOutcome>) second).state(), refusal);

    assertThat(claims(second).at("/nbf").asLong())
        .isEqualTo(Instant.parse("2026-11-22T09:48:00Z").getEpochSecond());
    assertThat(third).isInstanceOf(Step.Done.class);
  }

  @Test
  void a_plain_key_is_sent_as_it_is_and_never_again() {
    var ask = ask(KEY);
    var first = (Step.Send<PollOutcome>) ask.begin();

    var next = ask.next(first.state(), new Reply(401, List.of(), "{\"code\":1003}"));

    assertThat(first.call().secrets().getFirst().secret().reveal()).isEqualTo(KEY);
    assertThat(next).isInstanceOf(Step.Done.class);
  }

  @Test
  void bytes_of_a_picture_go_without_what_a_data_url_has_before_them() {
    var picture = new SentPicture.Bytes("image/png", ByteBuffer.wrap("PNG".getBytes(UTF_8)));
    var sent = (Step.Send<SubmitOutcome>) kling.submit(at(KEY), with(picture)).begin();

    var body = Json.object(((Call.Body.Text) sent.call().body()).text()).orElseThrow();

    assertThat(body.at("/image").asString()).isEqualTo("UE5H");
  }

  @Test
  void a_result_is_fetched_without_the_key_since_it_lies_elsewhere() {
    var result = VideoResult.of(URI.create("https://cdn.example/v.mp4"));

    assertThat(kling.download(at(KEY), result).secrets()).isEmpty();
  }

  @Test
  void a_job_that_an_answer_about_several_leaves_out_has_no_verdict() {
    var others = "{\"code\":0,\"data\":[{\"id\":\"78\",\"status\":\"failed\"}]}";

    assertThat(poll("77", others)).isInstanceOf(PollOutcome.Unanswered.class);
  }

  private SubmitOutcome submit(int status, String body) {
    var operation = kling.submit(at(KEY), with());
    var sent = (Step.Send<SubmitOutcome>) operation.begin();
    return done(operation.next(sent.state(), new Reply(status, List.of(), body)));
  }

  private PollOutcome poll(String upstreamId, String body) {
    var operation = kling.poll(at(KEY), upstreamId);
    var sent = (Step.Send<PollOutcome>) operation.begin();
    return done(operation.next(sent.state(), new Reply(200, List.of(), body)));
  }

  private static <O> O done(Step<O> step) {
    return ((Step.Done<O>) step).outcome();
  }

  private Operation<PollOutcome> ask(String credential) {
    return kling.poll(at(credential), "text2video:77");
  }

  private URI address(String upstreamId) {
    var sent = (Step.Send<PollOutcome>) kling.poll(at(KEY), upstreamId).begin();
    return sent.call().uri();
  }

  private static JsonNode claims(Step<PollOutcome> step) {
    var sent = (Step.Send<PollOutcome>) step;
    var token = sent.call().secrets().getFirst().secret().reveal();
    var claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
    return Json.object(new String(claims, UTF_8)).orElseThrow();
  }

  private static SubmitOutcome refused(ErrorCode code, String why, boolean ourAccount) {
    return new SubmitOutcome.Rejected(new Failure(code, why), ourAccount);
  }

  private static Submission with(SentPicture... pictures) {
    var model = new ModelName("kling");
    var shape = new Shape(5, Resolution.P720, AspectRatio.LANDSCAPE, true);
    var request =
        new VideoRequest(
            new VideoRequest.Form("unified", model, "", "landscape"),
            model,
            "a fox",
            shape,
            List.of(),
            Map.of(),
            VideoRequest.Extras.NONE);
    return new Submission(request, List.of(pictures), "token-1", Optional.empty());
  }

  private static Context at(String credential) {
    return new Context(
        URI.create("https://kling.example"), new Secret(credential), "kling-v2-6", Map.of(), NOW);
  }
}
