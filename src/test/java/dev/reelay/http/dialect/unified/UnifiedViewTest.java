package dev.reelay.http.dialect.unified;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.access.TenantAlias;
import dev.reelay.http.ResultAddresses;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.Golden;
import dev.reelay.testkit.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The answer to a query, state by state; the files are rewritten with {@code -Dgolden=write}. */
class UnifiedViewTest {
  private static final String BASE = "http://relay.example";
  private static final String ASKED = "sora-2:task_01k6x15vhrff09dkkqjrzwhm60";
  private static final Pattern URL = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);
  private static final MasterKey MASTER =
      MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2));
  private static final UnifiedView VIEW =
      new UnifiedView(
          new TenantAlias(MASTER)::of, new ResultAddresses(new ResultSignature(MASTER)), "USD");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "queued",
        "submitting",
        "in_doubt",
        "running",
        "storing",
        "succeeded",
        "refused",
        "failed",
        "canceled"
      })
  void each_state_answers_as_its_file_says(String name) throws IOException {
    var body = SampleJson.pretty(bytes(SampleTasks.named(name), ASKED));

    var file = Sources.ROOT.resolve("src/test/resources/unified/query-" + name + ".json");
    if (Golden.isRewriting()) {
      Files.writeString(file, body);
    }
    assertThat(body).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @CsvSource({
    "queued, pending",
    "submitting, pending",
    "in_doubt, processing",
    "running, processing",
    "storing, processing",
    "succeeded, completed",
    "refused, failed",
    "failed, failed",
    "canceled, failed"
  })
  void clients_read_only_the_four_words(String name, String word) {
    var body = tree(SampleTasks.named(name));

    assertThat(body.path("status").asString()).isEqualTo(word);
    assertThat(body.path("detail").path("status").asString()).isEqualTo(word);
  }

  @Test
  void a_pending_answer_has_every_key_of_the_published_page_in_its_type() throws IOException {
    var page = page("page-pending.json");

    var body = tree(SampleTasks.queued());

    assertThat(differences(page, body, "")).isEmpty();
  }

  @Test
  void a_completed_answer_has_the_address_wherever_clients_look_for_it() {
    var body = tree(SampleTasks.named("succeeded"));

    var address = body.path("video_url").asString();
    assertThat(address)
        .matches("http://relay\\.example/files/01k6x15vhrff09dkkqjrzwhm61/[A-Za-z0-9_-]{22}\\.mp4");
    var draft = body.path("detail").path("draft_info");
    assertThat(body.path("detail").path("url").asString()).isEqualTo(address);
    assertThat(draft.path("url").asString()).isEqualTo(address);
    assertThat(draft.path("downloadable_url").asString()).isEqualTo(address);
    assertThat(draft.path("encodings").path("source").path("path").asString()).isEqualTo(address);
    assertThat(draft.path("kind").asString()).isEqualTo("sora_draft");
    assertThat(body.path("detail").path("pending_info").isMissingNode()).isTrue();
    assertThat(body.path("error").isMissingNode()).isTrue();
  }

  @Test
  void a_failed_answer_gives_its_reason_wherever_clients_look_for_it() {
    var body = tree(SampleTasks.named("refused"));

    var reason = "It shows a person.";
    var detail = body.path("detail");
    assertThat(body.path("error").asString()).isEqualTo(reason);
    assertThat(body.path("fail_reason").asString()).isEqualTo(reason);
    assertThat(detail.path("pending_info").path("failure_reason").asString()).isEqualTo(reason);
    assertThat(detail.path("draft_info").path("reason_str").asString()).isEqualTo(reason);
    assertThat(detail.path("draft_info").path("kind").asString())
        .isEqualTo("sora_content_violation");
    assertThat(body.path("video_url").isNull()).isTrue();
  }

  @Test
  void a_failure_that_is_not_about_content_is_a_plain_error() {
    var draft = tree(SampleTasks.named("failed")).path("detail").path("draft_info");

    assertThat(draft.path("kind").asString()).isEqualTo("sora_error");
  }

  @Test
  void without_a_result_no_url_stands_anywhere_but_in_the_pictures_of_the_caller() {
    for (var task : SampleTasks.all().values()) {
      if (!(task.state() instanceof TaskState.Succeeded)) {
        var urls = new ArrayList<String>();
        urls(tree(task), "", urls);

        assertThat(urls).allMatch(path -> path.startsWith("/detail/input/images/")).hasSize(2);
      }
    }
  }

  @Test
  void whatever_a_caller_writes_it_puts_no_url_into_an_open_answer() {
    var random = new SplittableRandom(5);
    var parts = List.of("http", "HTTPS", "s", ":", "//", "/", "x", "http://", "https://a.example ");
    for (int i = 0; i < 2_000; i++) {
      var prompt = new StringBuilder("p");
      for (int n = random.nextInt(12); n >= 0; n--) {
        prompt.append(parts.get(random.nextInt(parts.size())));
      }
      var task = SampleTasks.queued(SampleTasks.ID, SampleTasks.request(prompt.toString()));

      var urls = new ArrayList<String>();
      urls(tree(task), "", urls);

      assertThat(urls).as(prompt.toString()).hasSize(2);
    }
  }

  @Test
  void a_create_answer_has_no_url_at_all() {
    var body = CreateView.of(SampleTasks.queued());

    assertThat(URL.matcher(body).find()).isFalse();
    assertThat(SampleJson.tree(body).path("images").isMissingNode()).isTrue();
  }

  @Test
  void a_prompt_that_looks_like_a_hole_or_ends_the_text_stays_a_prompt() {
    var prompt = "\u0000{{id}} \",\"video_url\":\"x\" %BASE_URL% ${id} \u2028 </script> \\\" ID";
    var task = SampleTasks.queued(SampleTasks.ID, SampleTasks.request(prompt));

    var body = tree(task);

    assertThat(body.path("detail").path("input").path("prompt").asString()).isEqualTo(prompt);
    assertThat(body.path("video_url").isNull()).isTrue();
    assertThat(body.path("id").asString()).isEqualTo(ASKED);
  }

  @Test
  void the_id_is_given_back_as_it_was_asked_for_even_if_it_is_strange() {
    var asked = "a\"b\\\u0001:task_01k6x15vhrff09dkkqjrzwhm60";

    var body = SampleJson.tree(bytes(SampleTasks.queued(), asked));

    assertThat(body.path("id").asString()).isEqualTo(asked);
    assertThat(body.path("task_id").asString()).isEqualTo(asked);
    assertThat(body.path("detail").path("id").asString())
        .isEqualTo("task_01k6x15vhrff09dkkqjrzwhm60");
  }

  @Test
  void progress_is_a_hundred_only_with_a_result() {
    assertThat(tree(SampleTasks.named("storing")).path("progress").asInt()).isEqualTo(99);
    assertThat(tree(SampleTasks.named("succeeded")).path("progress").asInt()).isEqualTo(100);
    var running = tree(SampleTasks.named("running"));
    assertThat(running.path("progress").asInt()).isEqualTo(42);
    assertThat(running.path("detail").path("pending_info").path("progress_pct").asDouble())
        .isEqualTo(0.42);
  }

  @Test
  void held_charged_and_released_make_up_what_was_held() {
    var usage = tree(SampleTasks.named("succeeded")).path("usage");

    assertThat(usage.path("held").asString()).isEqualTo("0.00");
    assertThat(usage.path("charged").asString()).isEqualTo("0.70");
    assertThat(usage.path("released").asString()).isEqualTo("0.05");
  }

  @Test
  void the_user_is_the_same_for_all_tasks_of_a_tenant_and_tells_no_number() {
    var user = tree(SampleTasks.queued()).path("detail").path("pending_info").path("user");

    assertThat(user.asString()).matches("user-[A-Za-z0-9]{24}");
    assertThat(tree(SampleTasks.named("running")).path("detail").path("pending_info").path("user"))
        .isEqualTo(user);
  }

  private static JsonNode tree(Task task) {
    return SampleJson.tree(bytes(task, ASKED));
  }

  private static byte[] bytes(Task task, String asked) {
    return VIEW.render(task).fill(asked, BASE);
  }

  private static JsonNode page(String name) throws IOException {
    try (InputStream in = UnifiedViewTest.class.getResourceAsStream("/unified/" + name)) {
      return SampleJson.tree(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Paths at which the body lacks a key of the page or has another type there. */
  private static List<String> differences(JsonNode page, JsonNode body, String path) {
    var found = new ArrayList<String>();
    if (page.getNodeType() != body.getNodeType()) {
      found.add(path + ": " + page.getNodeType() + " but here " + body.getNodeType());
    } else if (page.isObject()) {
      for (var entry : page.properties()) {
        found.addAll(
            differences(entry.getValue(), body.path(entry.getKey()), path + "/" + entry.getKey()));
      }
    } else if (page.isArray()) {
      for (int i = 0; i < page.size(); i++) {
        found.addAll(differences(page.get(i), body.path(i), path + "/" + i));
      }
    }
    return found;
  }

  private static void urls(JsonNode node, String path, List<String> found) {
    if (node.isObject()) {
      for (var entry : node.properties()) {
        if (URL.matcher(entry.getKey()).find()) {
          found.add(path);
        }
        urls(entry.getValue(), path + "/" + entry.getKey(), found);
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        urls(node.get(i), path + "/" + i, found);
      }
    } else if (node.isString() && URL.matcher(node.asString()).find()) {
      found.add(path);
    }
  }
}
