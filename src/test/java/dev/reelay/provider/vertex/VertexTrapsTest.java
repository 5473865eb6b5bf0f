package dev.reelay.provider.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traps 4, 5 and 13, as they are at Vertex. */
class VertexTrapsTest {
  private static final String GOOGLE = "https://us-central1-aiplatform.googleapis.com";
  private static final String NAME =
      "projects/p1/locations/us-central1/publishers/google/models/veo-3.1-generate-001"
          + "/operations/op1";

  private final VertexProvider vertex = new VertexProvider();

  private static Context at(String base, Map<String, String> settings) {
    return new Context(
        URI.create(base),
        new Secret("ya29.token-0123456789"),
        "veo-3.1-generate-001",
        settings,
        Instant.parse("2026-11-26T10:00:00Z"));
  }

  private PollOutcome polled(Context context, String body) {
    var poll = vertex.poll(context, NAME);
    var asking = (Step.Send<PollOutcome>) poll.begin();
    var done = (Step.Done<PollOutcome>) poll.next(asking.state(), new Reply(200, List.of(), body));
    return done.outcome();
  }

  private static String done(String video) {
    return "{\"name\":\"n\",\"done\":true,\"response\":{\"videos\":[" + video + "]}}";
  }

  private static VideoResult result(PollOutcome outcome) {
    assertThat(outcome).isInstanceOf(PollOutcome.Succeeded.class);
    return ((PollOutcome.Succeeded) outcome).result();
  }

  @Test
  void a_job_is_asked_for_by_a_call_to_its_model_that_takes_only_the_beginning_of_a_video() {
    var asking = (Step.Send<PollOutcome>) vertex.poll(at(GOOGLE, Map.of()), NAME).begin();

    assertThat(asking.call().method()).isEqualTo("POST");
    assertThat(asking.call().uri().toString()).endsWith("-001:fetchPredictOperation");
    assertThat(asking.call().answer()).isEqualTo(new Call.Answer.Skimmed());
  }

  @Test
  void a_video_in_the_answer_is_fetched_by_the_same_question_and_from_its_place() {
    var context = at(GOOGLE, Map.of());
    var asking = (Step.Send<PollOutcome>) vertex.poll(context, NAME).begin();
    var body = done("{\"bytesBase64Encoded\":\"AAAA\"}");

    var call = vertex.download(context, result(polled(context, body)));

    assertThat(call.uri()).isEqualTo(asking.call().uri());
    assertThat(call.body()).isEqualTo(asking.call().body());
    assertThat(call.answer())
        .isEqualTo(new Call.Answer.Inside("/response/videos/0/bytesBase64Encoded"));
  }

  @Test
  void a_video_so_long_that_nothing_behind_it_was_read_is_a_video() {
    var body = "{\"response\":{\"videos\":[{\"bytesBase64Encoded\":\"AAAA\"}]}}";

    assertThat(polled(at(GOOGLE, Map.of()), body)).isInstanceOf(PollOutcome.Succeeded.class);
  }

  @Test
  void a_stored_video_is_fetched_from_googles_own_storage_with_the_token() {
    var context = at(GOOGLE, Map.of("project", "p1", "storage_uri", "gs://bucket-1/a"));
    var body = done("{\"gcsUri\":\"gs://bucket-1/a/../#?.mp4\"}");

    var call = vertex.download(context, result(polled(context, body)));

    assertThat(call.uri())
        .isEqualTo(URI.create("https://storage.googleapis.com/bucket-1/a/%2E%2E/%23%3F.mp4"));
    assertThat(call.secrets()).extracting(Call.SecretHeader::name).containsExactly("Authorization");
    assertThat(call.answer()).isEqualTo(new Call.Answer.AsItIs());
  }

  @ParameterizedTest
  @CsvSource({
    "https://us-central1-aiplatform.googleapis.com,'',us-central1",
    "https://europe-west4-aiplatform.googleapis.com,'',europe-west4",
    "https://aiplatform.googleapis.com,'',global",
    "https://aiplatform.googleapis.com,us-east5,us-east5",
    "https://proxy.example,'',us-central1"
  })
  void the_region_is_the_setting_or_what_the_host_says(String base, String set, String region) {
    assertThat(VertexPlace.of(at(base, Map.of("project", "p1", "region", set))))
        .isInstanceOfSatisfying(
            VertexPlace.Reading.Usable.class,
            usable -> assertThat(usable.place().region()).isEqualTo(region));
  }

  @ParameterizedTest
  @CsvSource({
    "'','','',project",
    "a/../b,'','',project",
    "p1,us/x,'',region",
    "p1,'',https://bucket/x,storage_uri",
    "p1,'',gs://b,storage_uri",
    "p1,'',gs://bucket/a b,storage_uri"
  })
  void a_setting_that_is_wrong_is_named(String project, String region, String storage, String why) {
    var settings = Map.of("project", project, "region", region, "storage_uri", storage);

    assertThat(VertexPlace.of(at(GOOGLE, settings)))
        .isInstanceOfSatisfying(
            VertexPlace.Reading.Unusable.class,
            unusable -> assertThat(unusable.why()).contains("`" + why + "`"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "op1",
        "models/veo/operations/op1",
        "projects/p/locations/l/publishers/google/models/m/operations/..",
        "projects/p/locations/../publishers/google/models/m/operations/o",
        "projects/p/locations/l/publishers/google/models/m/operations/o/x",
        "projects/p/locations/l/publishers/google/models/m/operations/o?x=1"
      })
  void what_could_lead_elsewhere_is_no_name_of_a_job(String name) {
    assertThat(VertexJob.find(name)).isEmpty();
  }
}
