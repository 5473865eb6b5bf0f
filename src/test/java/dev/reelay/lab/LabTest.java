package dev.reelay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.lab.openai.OpenAiPart;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.testkit.ManualClock;
import dev.reelay.testkit.RelayClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lab itself, by the plainest of its parts. */
class LabTest {
  private static final LabPace PACE = new LabPace(Duration.ofSeconds(2), Duration.ofSeconds(8));
  private static final JsonNode NOTHING = JsonMapper.shared().createObjectNode();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock();
  private final Lab lab = Lab.start(0, clock, PACE, Lab.parts());
  private final RelayClient client = new RelayClient(lab.address(), LabPart.SECRET);

  static Stream<LabPart> parts() {
    return Lab.parts().stream();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private RelayClient.Answer create(String prompt) {
    return client.tryPost("/openai/v1/videos", body(prompt), Map.of()).orElseThrow();
  }

  private static String body(String prompt) {
    return "{\"model\":\"sora-2\",\"prompt\":\"" + prompt + "\",\"seconds\":\"4\"}";
  }

  private String status(String id) {
    return client.get("/openai/v1/videos/" + id).at("/status");
  }

  @Test
  void a_job_walks_through_its_states_as_time_goes_by() {
    var id = create("a fox").at("/id");

    assertThat(status(id)).isEqualTo("queued");
    clock.move(Duration.ofSeconds(3));
    assertThat(status(id)).isEqualTo("in_progress");
    clock.move(Duration.ofSeconds(7));
    assertThat(status(id)).isEqualTo("completed");
  }

  @Test
  void jobs_can_be_asked_for_together_where_their_provider_has_that() {
    var tasks = "/ark/api/v3/contents/generations/tasks";
    var order =
        "{\"model\":\"dreamina-seedance-2-0-260128\",\"duration\":5,"
            + "\"content\":[{\"type\":\"text\",\"text\":\"a fox\"}]}";
    var ids =
        Stream.generate(() -> client.tryPost(tasks, order, Map.of()).orElseThrow().at("/id"))
            .limit(3)
            .toList();

    var filter = "&filter.task_ids=" + ids.getFirst() + "&filter.task_ids=" + ids.getLast();
    var asked = client.get(tasks + "?page_num=1&page_size=2" + filter);

    assertThat(asked.json().at("/total").asInt()).isEqualTo(2);
    assertThat(List.of(asked.at("/items/0/id"), asked.at("/items/1/id")))
        .containsExactlyInAnyOrder(ids.getFirst(), ids.getLast());
  }

  @Test
  void a_result_plays() throws IOException {
    var id = create("[instant] a fox").at("/id");

    var content = client.get("/openai/v1/videos/" + id + "/content");

    var file = Files.write(folder.resolve("fox.mp4"), content.body());
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
  }

  @Test
  void a_fault_happens_once_and_nothing_was_made() {
    assertThat(create("[429] a fox").status()).isEqualTo(429);
    assertThat(create("[429] a fox").status()).isEqualTo(200);
    assertThat(create("[5xx] a fox").status()).isEqualTo(500);

    assertThat(lab.journal().made("openai")).hasSize(1);
  }

  @Test
  void a_cut_answer_leaves_a_job_behind() {
    var answer = client.tryPost("/openai/v1/videos", body("[cut] a fox"), Map.of());

    assertThat(answer).isEmpty();
    assertThat(lab.journal().made("openai", "[cut] a fox")).isEqualTo(1);
  }

  @Test
  void a_fault_can_be_ordered_whatever_the_prompt_says() {
    lab.misbehave("openai", LabWord.BUSY, 2);

    assertThat(create("a fox").status()).isEqualTo(429);
    assertThat(create("a fox").status()).isEqualTo(429);
    assertThat(create("a fox").status()).isEqualTo(200);
  }

  @Test
  void a_result_expires_and_is_no_place_for_a_credential() throws Exception {
    var desk = lab.desk("openai");
    var address = desk.video(desk.get(create("[instant] a fox").at("/id")));

    assertThat(fetch(HttpRequest.newBuilder(address)).statusCode()).isEqualTo(200);
    assertThat(fetch(HttpRequest.newBuilder(address).header("X-Key", "mine")).statusCode())
        .isEqualTo(400);
    assertThat(lab.journal().leaks()).hasSize(1);
    clock.move(new OpenAiPart().resultLife().plusSeconds(1));
    assertThat(fetch(HttpRequest.newBuilder(address)).statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> fetch(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void a_job_alike_runs_until_it_is_hurried_and_each_poll_of_it_is_told() {
    var desk = lab.desk("openai");
    var first = desk.get(create("[endless] a fox").at("/id"));
    var polled = new ArrayList<String>();

    desk.makeAlike(first, "video_alike");
    desk.watch(polled::add);
    clock.move(Duration.ofHours(1));

    assertThat(status("video_alike")).isEqualTo("in_progress");
    desk.hurry("video_alike");
    assertThat(status("video_alike")).isEqualTo("completed");
    assertThat(status(first.id())).isEqualTo("in_progress");
    assertThat(polled).containsExactly("video_alike", "video_alike", first.id());
    assertThat(lab.requests("openai")).isEqualTo(4);
  }

  @Test
  void jobs_are_listed_newest_first_and_a_name_is_its_oldest_jobs() {
    var desk = lab.desk("kling");
    var order = new LabOrder("k1", "m", "a fox", 5, Optional.of("name"), Optional.empty(), NOTHING);

    desk.make(order);
    desk.make(order.as("k2").named(Optional.of("name")));

    assertThat(desk.jobs()).extracting(LabJob::id).containsExactly("k2", "k1");
    assertThat(desk.named("name")).map(LabJob::id).contains("k1");
    assertThat(desk.named("other")).isEmpty();
  }

  /** Some vendors have no status for these, but a code or a word in the body. */
  private static final Set<LabRefusal.Kind> SAID_IN_A_SUCCESS =
      Set.of(LabRefusal.Kind.BUSINESS, LabRefusal.Kind.NO_JOB);

  @ParameterizedTest
  @MethodSource("parts")
  void every_part_says_each_refusal_in_its_own_words(LabPart part) {
    for (var kind : LabRefusal.Kind.values()) {
      var answer = part.refuse(LabRefusal.of(kind, "because"));

      assertThat(answer).as("%s", kind).isInstanceOf(LabAnswer.Whole.class);
      assertThat(((LabAnswer.Whole) answer).status())
          .as("%s", kind)
          .isBetween(SAID_IN_A_SUCCESS.contains(kind) ? 200 : 400, 599);
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void every_part_refuses_an_address_that_it_does_not_have(LabPart part) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(lab.address() + "/" + part.name() + "/nothing"));

    assertThat(fetch(request).statusCode()).isBetween(400, 499);
  }

  @Test
  void every_adapter_of_a_part_exists_and_no_part_stands_there_twice() {
    assertThat(Lab.parts().stream().map(LabPart::name)).doesNotHaveDuplicates();
    assertThat(Lab.parts()).allSatisfy(part -> assertThat(part.card().title()).isNotBlank());
    assertThat(List.of(LabWord.values()).stream().map(LabWord::text)).doesNotHaveDuplicates();
  }
}
