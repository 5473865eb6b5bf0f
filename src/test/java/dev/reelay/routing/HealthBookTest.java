package dev.reelay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.HealthPart.OfChannel;
import dev.reelay.routing.HealthPart.OfCredential;
import dev.reelay.routing.HealthPart.OfModel;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.testkit.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a channel, a credential or a model is out of use, and how it comes back. */
class HealthBookTest {
  private final ManualClock clock = new ManualClock();
  private final HealthBook book = new HealthBook(clock);
  private final Candidate candidate = candidate(1, 10, "fast");

  @Test
  void faults_in_a_row_take_a_channel_out_of_use_and_one_success_between_them_does_not() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX - 1);
    note(Sign.WORKED, 1);
    note(Sign.FAILED, OfChannel.FAULTS_MAX - 1);
    assertThat(book.standing(candidate)).isInstanceOf(Standing.InUse.class);

    note(Sign.FAILED, 1);

    assertThat(book.standing(candidate))
        .isEqualTo(new Standing.OutOfUse("no answer", OfChannel.PROBE_PERIOD));
    assertThat(book.admit(candidate)).isEmpty();
    assertThat(book.standing(candidate(1, 11, "other")).isOpen()).isFalse();
    assertThat(book.standing(candidate(2, 10, "fast")).isOpen()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"ANSWERED", "POLLED", "WORKED"})
  void what_a_caller_did_wrong_takes_nothing_out_of_use(Sign sign) {
    note(sign, 1_000);

    assertThat(book.standing(candidate)).isInstanceOf(Standing.InUse.class);
    assertThat(book.outages()).isEmpty();
  }

  @Test
  void exactly_one_probe_goes_when_it_is_due() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfChannel.PROBE_PERIOD.minusMillis(1));
    assertThat(book.admit(candidate)).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(book.standing(candidate)).isEqualTo(new Standing.ProbeDue("no answer"));

    var probe = book.admit(candidate);

    assertThat(probe).isPresent();
    clock.move(Duration.ofHours(1));
    assertThat(book.admit(candidate)).isEmpty();
    assertThat(book.admit(candidate(1, 11, "other"))).isEmpty();
  }

  @Test
  void a_probe_that_works_puts_it_back_into_use() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfChannel.PROBE_PERIOD);
    var probe = book.admit(candidate).orElseThrow();

    note(Sign.WORKED, 1);
    book.settle(probe);

    assertThat(book.standing(candidate)).isInstanceOf(Standing.InUse.class);
    assertThat(book.outages()).isEmpty();
  }

  @Test
  void a_probe_that_fails_begins_another_period() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfChannel.PROBE_PERIOD);
    var probe = book.admit(candidate).orElseThrow();

    note(Sign.FAILED, 1);
    book.settle(probe);

    assertThat(book.standing(candidate).untilOpen()).isEqualTo(OfChannel.PROBE_PERIOD);
  }

  @Test
  void a_probe_that_found_out_nothing_is_due_again_at_once() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfChannel.PROBE_PERIOD);

    book.settle(book.admit(candidate).orElseThrow());

    assertThat(book.standing(candidate)).isInstanceOf(Standing.ProbeDue.class);
  }

  @Test
  void a_late_fault_of_before_neither_lengthens_the_period_nor_ends_anothers_probe() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfChannel.PROBE_PERIOD.minusSeconds(1));
    note(Sign.FAILED, 3);
    clock.move(Duration.ofSeconds(1));
    assertThat(book.admit(candidate)).isPresent();

    note(Sign.FAILED, 1);
    clock.move(OfChannel.PROBE_PERIOD);

    assertThat(book.admit(candidate)).as("the first probe is still under way").isEmpty();
  }

  @Test
  void one_refusal_of_our_account_takes_out_that_credential_alone() {
    note(Sign.ACCOUNT_REFUSED, 1);

    assertThat(book.standing(candidate).untilOpen()).isEqualTo(OfCredential.PROBE_PERIOD);
    assertThat(book.standing(candidate(1, 10, "other")).isOpen()).isFalse();
    assertThat(book.standing(candidate(1, 11, "fast")).isOpen()).isTrue();
  }

  @Test
  void a_model_that_is_gone_is_gone_on_that_channel_alone() {
    note(Sign.MODEL_GONE, 1);

    assertThat(book.standing(candidate).untilOpen()).isEqualTo(OfModel.PROBE_PERIOD);
    assertThat(book.standing(candidate(1, 11, "fast")).isOpen()).isFalse();
    assertThat(book.standing(candidate(1, 10, "other")).isOpen()).isTrue();
    assertThat(book.standing(candidate(2, 10, "fast")).isOpen()).isTrue();
  }

  @Test
  void a_refusal_of_the_caller_proves_the_channel_and_leaves_the_credential_to_be_probed() {
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    note(Sign.ACCOUNT_REFUSED, 1);
    note(Sign.FAILED, OfChannel.FAULTS_MAX);
    clock.move(OfCredential.PROBE_PERIOD);
    var probe = book.admit(candidate).orElseThrow();

    note(Sign.ANSWERED, 1);
    book.settle(probe);

    assertThat(book.outages())
        .extracting(HealthBook.Line::part)
        .containsExactly(new OfCredential(new ChannelId(1), new CredentialId(10)));
    assertThat(book.standing(candidate)).isInstanceOf(Standing.ProbeDue.class);
  }

  @Test
  void lost_polls_take_a_channel_out_of_use_and_an_answered_one_makes_its_probe_due() {
    note(Sign.POLL_LOST, OfChannel.FAULTS_MAX - 1);
    note(Sign.POLLED, 1);
    note(Sign.POLL_LOST, OfChannel.FAULTS_MAX);
    assertThat(book.admit(candidate)).isEmpty();

    note(Sign.POLLED, 1);

    assertThat(book.standing(candidate)).isInstanceOf(Standing.ProbeDue.class);
  }

  @Test
  void answered_polls_say_nothing_of_creates_that_fail() {
    for (var n = 0; n < OfChannel.FAULTS_MAX; n++) {
      note(Sign.FAILED, 1);
      note(Sign.POLLED, 1);
    }

    assertThat(book.admit(candidate)).isEmpty();
  }

  @Test
  void an_operator_can_put_a_channel_back_into_use_and_a_change_makes_its_probe_due() {
    note(Sign.MODEL_GONE, 1);
    note(Sign.ACCOUNT_REFUSED, 1);

    book.reconsider();
    assertThat(book.standing(candidate)).isInstanceOf(Standing.ProbeDue.class);
    book.forget(new ChannelId(2));
    assertThat(book.outages()).hasSize(2);
    book.forget(new ChannelId(1));

    assertThat(book.standing(candidate)).isInstanceOf(Standing.InUse.class);
  }

  @Test
  void the_edition_changes_when_something_goes_out_of_use_and_not_at_each_fault() {
    var first = book.edition();
    note(Sign.FAILED, OfChannel.FAULTS_MAX - 1);
    assertThat(book.edition()).isEqualTo(first);

    note(Sign.FAILED, 1);

    assertThat(book.edition()).isNotEqualTo(first);
  }

  private void note(Sign sign, int times) {
    for (var n = 0; n < times; n++) {
      book.note(
          candidate.channel().id(),
          candidate.credential(),
          candidate.upstreamModel(),
          sign,
          "no answer");
    }
  }

  private static Candidate candidate(long channel, long credential, String upstream) {
    var model = new ModelName("sora-2");
    return new Candidate(
        new Channel(
            new ChannelId(channel),
            "channel " + channel,
            "openai",
            URI.create("https://up.example"),
            true,
            Channel.Weight.DEFAULT,
            Channel.Limits.DEFAULT,
            Map.of(model, upstream),
            Map.of(),
            List.of(new CredentialId(credential))),
        new CredentialId(credential),
        upstream);
  }
}
