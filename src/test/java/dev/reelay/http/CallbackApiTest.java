package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Money;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.Callback;
import dev.reelay.task.Doubts.Named;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import dev.reelay.testkit.TaskDriver;
import dev.reelay.testkit.TaskSamples;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where providers tell of their jobs. */
class CallbackApiTest {
  private static final String BODY = "up-77";

  private final ApiKit kit = new ApiKit();
  private final TaskDriver driver = new TaskDriver(kit.store, kit.clock.instant());
  private Task sending = TaskSamples.queued();

  @BeforeEach
  void aTaskIsBeingSent() {
    var tenant = kit.store.addTenant(Money.parse("9"));
    var hold = TaskSamples.holdPerVideo(Money.parse("0.50"));
    var key = kit.store.addKey(tenant, Optional.empty());
    var task = TaskSamples.queued(TaskSamples.taskId(9), tenant, key, hold);
    kit.store.create(new TaskStore.NewTask(task, OptionalInt.empty(), Optional.empty()));
    sending = driver.submit(task, new ChannelId(1));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private HttpResponse<String> call(String path) {
    return kit.send(kit.request(path, "").POST(BodyPublishers.ofString(BODY)));
  }

  private String path() {
    return kit.callbacks.path(sending.id(), 1);
  }

  private List<Named> named() {
    return kit.callbacks.doubts.named(sending.id(), 1);
  }

  @Test
  void a_callback_before_the_answer_is_kept_and_hurries_the_task() {
    assertThat(call(path()).statusCode()).isEqualTo(200);

    assertThat(named()).extracting(Named::upstreamId).containsExactly(BODY);
    assertThat(kit.callbacks.hurried).containsExactly(sending.id());
  }

  @Test
  void a_question_about_our_address_is_answered_and_is_no_word_of_a_job() {
    var answer = ask(path());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"yes\":true}");
    assertThat(named()).isEmpty();
    assertThat(kit.callbacks.hurried).isEmpty();
  }

  @Test
  void a_question_about_an_address_is_answered_even_before_there_is_such_an_attempt() {
    assertThat(ask(kit.callbacks.path(sending.id(), 7)).statusCode()).isEqualTo(200);
  }

  @Test
  void a_question_about_an_address_that_is_not_ours_is_not_answered() {
    var wrong = path().substring(0, path().length() - 22) + "A".repeat(22);

    assertThat(ask(wrong).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> ask(String path) {
    return kit.send(kit.request(path, "").POST(BodyPublishers.ofString("who are you?")));
  }

  @Test
  void no_word_of_it_reaches_the_task() {
    call(path());

    assertThat(kit.store.find(sending.id())).contains(sending);
    assertThat(kit.store.ledger(sending.id())).hasSize(1);
  }

  @Test
  void a_callback_that_comes_twice_names_one_id() {
    call(path());
    call(path());

    assertThat(named()).hasSize(1);
  }

  @Test
  void a_callback_for_a_known_job_only_hurries() {
    driver.move(sending, new TaskEvent.Accepted(1, BODY));

    assertThat(call(path()).statusCode()).isEqualTo(200);

    assertThat(named()).isEmpty();
    assertThat(kit.callbacks.hurried).containsExactly(sending.id());
  }

  @Test
  void a_job_that_appears_after_the_end_is_kept_as_evidence() {
    var doubt = driver.move(sending, new TaskEvent.AnswerLost(1, "reset"));
    driver.move(doubt, new TaskEvent.RefundOrdered("kim", "too long"));

    call(path());

    assertThat(named()).hasSize(1);
    assertThat(kit.store.find(sending.id()).orElseThrow().state())
        .isInstanceOf(TaskState.Failed.class);
  }

  @Test
  void one_with_a_right_signature_is_heard() {
    assertThat(signed("right").statusCode()).isEqualTo(200);

    assertThat(named()).hasSize(1);
    assertThat(kit.callbacks.hurried).containsExactly(sending.id());
  }

  @Test
  void one_with_a_wrong_signature_is_refused_without_a_reason_and_changes_and_hurries_nothing() {
    var answer = signed("wrong");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(ApiKit.code(answer)).isEqualTo("callback_refused");
    assertThat(answer.body()).doesNotContain("it is wrong at");
    assertThat(named()).isEmpty();
    assertThat(kit.callbacks.hurried).isEmpty();
    assertThat(kit.store.find(sending.id())).contains(sending);
  }

  @Test
  void one_that_cannot_be_checked_now_is_to_come_again_and_hurries_nothing() {
    var answer = signed("later");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("retry-after")).contains("1");
    assertThat(named()).isEmpty();
    assertThat(kit.callbacks.hurried).isEmpty();
  }

  @Test
  void a_signature_longer_than_any_counts_as_none() {
    assertThat(signed("x".repeat(Callback.HEADER_CHARS_MAX + 1)).statusCode()).isEqualTo(200);
    assertThat(signed("x".repeat(Callback.HEADER_CHARS_MAX)).statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> signed(String signature) {
    return kit.send(
        kit.request(path(), "")
            .header("Webhook-Signature", signature)
            .POST(BodyPublishers.ofString(BODY)));
  }

  @Test
  void providers_may_call_by_any_method() {
    assertThat(kit.send(kit.request(path(), "").GET()).statusCode()).isEqualTo(200);
    assertThat(kit.send(kit.request(path(), "").PUT(BodyPublishers.ofString(BODY))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void foreign_missing_and_wrong_addresses_answer_as_one_that_is_not_there() {
    var id = sending.id().value();
    var secret = path().substring(path().lastIndexOf('/') + 1);
    var other = new TaskId(TaskSamples.taskId(5).value());
    var absent = bare(call("/callbacks/nothing/here"));

    assertThat(
            List.of(
                "/callback/" + id + "/1/" + "A".repeat(22),
                "/callback/" + id + "/2/" + secret,
                "/callback/" + other.value() + "/1/" + secret,
                "/callback/" + id + "/01/" + secret,
                "/callback/" + id + "/1/" + secret + "A",
                "/callback/nonsense/1/" + secret,
                kit.callbacks.path(other, 1),
                kit.callbacks.path(sending.id(), 2)))
        .allSatisfy(path -> assertThat(bare(call(path))).as(path).isEqualTo(absent));
    assertThat(kit.callbacks.hurried).isEmpty();
  }

  /** Status and body without the request's own id. */
  private static String bare(HttpResponse<String> answer) {
    var id = answer.headers().firstValue("x-request-id").orElseThrow();
    return answer.statusCode() + answer.body().replace(id, "");
  }

  @Test
  void no_web_page_may_call_it() {
    var answer = kit.send(kit.request(path(), "").header("Origin", "https://evil.example").GET());

    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void a_large_body_is_refused_and_nothing_is_kept() {
    var body = "x".repeat(Callbacks.BODY_BYTES_MAX + 1);
    var answer = kit.send(kit.request(path(), "").POST(BodyPublishers.ofString(body)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(named()).isEmpty();
  }
}
