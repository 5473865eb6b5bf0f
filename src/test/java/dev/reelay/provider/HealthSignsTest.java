package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart;
import dev.reelay.routing.HealthPart.OfChannel;
import dev.reelay.routing.HealthPart.OfCredential;
import dev.reelay.routing.HealthPart.OfModel;
import dev.reelay.task.Attempt;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What outcomes say of channel, credential and model; each as often as takes a channel out. */
class HealthSignsTest {
  private static final Attempt ATTEMPT = ProviderKit.attempt();
  private static final HealthPart CHANNEL = new OfChannel(ATTEMPT.channel());
  private static final HealthPart CREDENTIAL =
      new OfCredential(ATTEMPT.channel(), ATTEMPT.credential());
  private static final HealthPart MODEL = new OfModel(ATTEMPT.channel(), ATTEMPT.upstreamModel());

  private final HealthBook book = new HealthBook(ProviderKit.CLOCK);
  private final HealthSigns signs = new HealthSigns(book);

  @Test
  void silence_and_errors_of_their_server_are_the_channels_fault() {
    submit(new SubmitOutcome.Ambiguous("no answer came in time"), true);
    assertOut(CHANNEL);
  }

  @Test
  void an_error_of_their_server_is_the_channels_fault() {
    submit(new SubmitOutcome.Ambiguous("HTTP 500"), false);
    assertOut(CHANNEL);
  }

  @Test
  void a_connection_that_is_not_opened_is_the_channels_fault() {
    submit(new SubmitOutcome.NotSent("the connection was refused"), true);
    assertOut(CHANNEL);
  }

  @Test
  void being_busy_is_the_channels_fault() {
    submit(rejected(ErrorCode.UPSTREAM_BUSY, true), false);
    assertOut(CHANNEL);
  }

  @Test
  void a_bad_key_or_no_money_is_the_credentials_fault() {
    submit(rejected(ErrorCode.UPSTREAM_ACCOUNT, true), false);
    assertOut(CREDENTIAL);
  }

  @Test
  void a_model_that_is_gone_is_the_models_fault() {
    submit(rejected(ErrorCode.UPSTREAM_MODEL_GONE, true), false);
    assertOut(MODEL);
  }

  @Test
  void refused_content_and_refused_values_are_nobodys_fault_here() {
    submit(rejected(ErrorCode.CONTENT_REFUSED, false), false);
    submit(rejected(ErrorCode.UPSTREAM_REJECTED, false), false);
    assertOut();
  }

  @Test
  void what_never_left_for_our_own_reasons_is_no_sign() {
    submit(new SubmitOutcome.NotSent("the picture is gone"), false);
    assertOut();
  }

  @Test
  void polls_that_get_no_answer_are_the_channels_fault_and_those_that_get_a_bad_one_are_not() {
    poll(new PollOutcome.Unanswered("HTTP 500", Optional.empty()), false);
    assertOut();

    poll(new PollOutcome.Unanswered("no answer came in time", Optional.empty()), true);
    assertOut(CHANNEL);
  }

  @Test
  void a_failed_job_is_no_fault_of_its_channel() {
    poll(new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_FAILED)), false);
    poll(new PollOutcome.Pending(OptionalInt.empty()), false);
    assertOut();
  }

  private void submit(SubmitOutcome outcome, boolean unreached) {
    for (var n = 0; n < OfChannel.FAULTS_MAX; n++) {
      signs.submitted(ATTEMPT, outcome, unreached);
    }
  }

  private void poll(PollOutcome outcome, boolean unreached) {
    for (var n = 0; n < OfChannel.FAULTS_MAX; n++) {
      signs.polled(ATTEMPT, outcome, unreached);
    }
  }

  private static SubmitOutcome rejected(ErrorCode code, boolean ourAccount) {
    return new SubmitOutcome.Rejected(Failure.of(code), ourAccount);
  }

  private void assertOut(HealthPart... parts) {
    assertThat(book.outages()).extracting(HealthBook.Line::part).containsExactlyInAnyOrder(parts);
  }
}
