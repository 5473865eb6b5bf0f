package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.limit.Tempo;
import dev.reelay.routing.Budgets;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Attempt;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.testkit.FakeUpstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EngineTest {
  private static final FakeUpstream.Script OK = FakeUpstream.answer(200, "{}");
  private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted("up_1");

  private FakeUpstream upstream;
  private Outbound outbound;
  private ScriptedProvider provider;

  private static final SubmitOutcome BUSY =
      new SubmitOutcome.Rejected(new Failure(ErrorCode.UPSTREAM_BUSY, "too many"), true);

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start();
    outbound = ProviderKit.outbound(upstream.place());
    provider = new ScriptedProvider();
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
  }

  private Engine engine() {
    return engine(Channel.Limits.DEFAULT);
  }

  private Engine engine(Channel.Limits limits) {
    var plain = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    return ProviderKit.engine(limited(plain, limits), new Providers(List.of(provider)), outbound);
  }

  private static Channel limited(Channel channel, Channel.Limits limits) {
    return new Channel(
        channel.id(),
        channel.name(),
        channel.provider(),
        channel.baseUrl(),
        true,
        channel.weight(),
        limits,
        channel.models(),
        channel.settings(),
        channel.credentials());
  }

  private SubmitOutcome submit() {
    return engine().submit(ProviderKit.request(), ProviderKit.attempt());
  }

  @Test
  void an_upload_that_got_lost_before_the_create_is_not_sent() {
    upstream.will(new FakeUpstream.Script.Cut());
    provider.thenCalls(false).thenCalls(true).thenEnds(ACCEPTED);

    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);
  }

  @Test
  void a_create_that_got_lost_after_an_upload_is_in_doubt() {
    upstream.will(OK, new FakeUpstream.Script.Cut());
    provider.thenCalls(false).thenCalls(true).thenEnds(ACCEPTED);

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
  }

  @Test
  void a_call_that_got_lost_after_a_create_leaves_it_in_doubt() {
    upstream.will(OK, new FakeUpstream.Script.Cut());
    provider.thenCalls(true).thenCalls(false).thenEnds(ACCEPTED);

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
  }

  @Test
  void several_calls_end_in_one_outcome() {
    upstream.will(OK, OK);
    provider.thenCalls(false).thenCalls(true).thenEnds(ACCEPTED);

    assertThat(submit()).isEqualTo(ACCEPTED);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void an_adapter_that_fails_on_a_creates_answer_leaves_it_in_doubt() {
    upstream.will(OK);
    provider.thenCalls(true).thenFails();

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
  }

  @Test
  void no_create_is_under_way_for_longer_than_is_waited_before_an_absence_is_believed() {
    var limits = Outbound.Limits.DEFAULT;
    var longest =
        PictureFetcher.TRY_MAX
            .plus(Engine.SUBMIT_PATIENCE.multipliedBy(2))
            .plus(limits.connect())
            .plus(limits.call());

    assertThat(longest).isLessThanOrEqualTo(Upstream.SEND_MAX);
  }

  @Test
  void an_adapter_that_fails_before_the_create_has_sent_nothing() {
    provider.thenFails();

    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);
  }

  @Test
  void an_operation_has_at_most_eight_calls() {
    for (var i = 0; i < 20; i++) {
      upstream.will(OK);
      provider.thenCalls(false);
    }

    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);
    assertThat(upstream.requests()).hasSize(Drive.STEPS_MAX);
  }

  @Test
  void a_channel_or_credential_that_is_gone_is_said_without_a_call() {
    var engine = engine();
    var noChannel = attempt(2, 7);
    var noCredential = attempt(1, 8);

    for (var attempt : List.of(noChannel, noCredential)) {
      var job = new Job(attempt, "up_1");
      assertThat(engine.submit(ProviderKit.request(), attempt))
          .isInstanceOf(SubmitOutcome.NotSent.class);
      assertThat(engine.poll(job)).isInstanceOf(PollOutcome.Unanswered.class);
      assertThat(engine.cancel(job)).isInstanceOf(CancelOutcome.Unanswered.class);
    }
    assertThat(engine.abilities(new ChannelId(2))).isEqualTo(Upstream.Abilities.NONE);
    assertThat(upstream.connections()).isZero();
  }

  private static Attempt attempt(long channel, long credential) {
    return new Attempt(
        1,
        new ChannelId(channel),
        new CredentialId(credential),
        "sora-2",
        ProviderKit.TOKEN,
        ProviderKit.NOW);
  }

  @Test
  void a_channel_inside_that_nobody_listed_is_not_sent() {
    provider.thenCalls(true).thenEnds(ACCEPTED);
    try (var closed = ProviderKit.outbound()) {
      var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
      var engine = ProviderKit.engine(channel, new Providers(List.of(provider)), closed);

      var outcome = engine.submit(ProviderKit.request(), ProviderKit.attempt());

      assertThat(outcome).isInstanceOf(SubmitOutcome.NotSent.class);
      assertThat(upstream.connections()).isZero();
    }
  }

  @Test
  void a_provider_that_cannot_cancel_says_so() {
    assertThat(engine().cancel(ProviderKit.job("up_1")))
        .isInstanceOf(CancelOutcome.NotSupported.class);
  }

  @Test
  void a_young_job_that_is_not_found_is_asked_for_again() {
    provider.polls(new PollOutcome.Failed(Failure.of(ErrorCode.UPSTREAM_EXPIRED)));
    upstream.will(OK, OK);
    var young = new Job(ProviderKit.attempt(Duration.ofSeconds(59)), "up_1");
    var old = new Job(ProviderKit.attempt(Duration.ofSeconds(60)), "up_1");
    var engine = engine();

    assertThat(engine.poll(young)).isInstanceOf(PollOutcome.Unanswered.class);
    assertThat(engine.poll(old)).isInstanceOf(PollOutcome.Failed.class);
  }

  @Test
  void an_unknown_word_is_kept_bounded_and_counted() {
    provider.polls(new PollOutcome.Unrecognized("x".repeat(1_000)));
    upstream.will(OK, OK);
    var engine = engine();

    engine.poll(ProviderKit.job("up_1"));
    var outcome = engine.poll(ProviderKit.job("up_1"));

    var word = "x".repeat(UnknownWords.WORD_CHARS_MAX);
    assertThat(outcome).isEqualTo(new PollOutcome.Unrecognized(word));
    assertThat(engine.unknownWords()).containsEntry("scripted:" + word, 2L);
  }

  @Test
  void an_answer_of_too_many_creates_pauses_the_creates_of_this_credential_and_no_polls() {
    provider.thenCalls(true).thenEnds(BUSY).polls(new PollOutcome.Pending(OptionalInt.empty()));
    upstream.will(FakeUpstream.answer(429, "{}", "Retry-After: 40"));
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    var budgets = new Budgets(ProviderKit.CLOCK);
    var engine = ProviderKit.engine(channel, new Providers(List.of(provider)), outbound, budgets);

    var outcome = engine.submit(ProviderKit.request(), ProviderKit.attempt());

    var asked = budgets.of(channel, new CredentialId(7));
    var other = budgets.of(channel, new CredentialId(8));
    assertThat(outcome).isEqualTo(BUSY);
    assertThat(asked.creates().take()).isEqualTo(Duration.ofSeconds(40));
    assertThat(asked.polls().take()).isZero();
    assertThat(other.creates().take()).isZero();
  }

  @Test
  void an_answer_of_too_many_polls_pauses_polls_and_a_mistaken_pause_is_cut() {
    provider.polls(new PollOutcome.Pending(OptionalInt.empty()));
    upstream.will(FakeUpstream.answer(429, "{}", "Retry-After: 3600"));
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    var budgets = new Budgets(ProviderKit.CLOCK);
    var engine = ProviderKit.engine(channel, new Providers(List.of(provider)), outbound, budgets);

    engine.poll(ProviderKit.job("up_1"));

    var asked = budgets.of(channel, new CredentialId(7));
    assertThat(asked.polls().take()).isEqualTo(Tempo.PAUSE_MAX);
    assertThat(asked.creates().take()).isZero();
  }

  @Test
  void a_hanging_provider_fills_its_own_places_and_slows_nobody_else() throws Exception {
    provider.polls(new PollOutcome.Pending(OptionalInt.empty()));
    try (var other = FakeUpstream.start().will(OK);
        var both = ProviderKit.outbound(upstream.place(), other.place())) {
      var engine = twoChannels(both, other.baseUrl());
      upstream.will(new FakeUpstream.Script.Hang());
      var stuck = CompletableFuture.supplyAsync(() -> engine.poll(ProviderKit.job("up_1")));
      awaitRequests(1);

      var full = engine.poll(ProviderKit.job("up_2"));
      var elsewhere = engine.poll(new Job(attempt(2, 8), "up_3"));

      assertThat(stuck).isNotDone();
      assertThat(full)
          .isEqualTo(
              new PollOutcome.Unanswered(
                  "too many calls are under way", Optional.of(Polls.FULL_RETRY)));
      assertThat(elsewhere).isInstanceOf(PollOutcome.Pending.class);
      assertThat(stuck.get(5, TimeUnit.SECONDS)).isInstanceOf(PollOutcome.Unanswered.class);
    }
  }

  private Engine twoChannels(Outbound both, String otherUrl) {
    var one =
        limited(
            ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of()),
            new Channel.Limits(1, 6_000));
    var plain = ProviderKit.channel(ScriptedProvider.NAME, otherUrl, Map.of());
    var two =
        new Channel(
            new ChannelId(2),
            "other",
            plain.provider(),
            plain.baseUrl(),
            true,
            plain.weight(),
            plain.limits(),
            plain.models(),
            Map.of(),
            List.of(new CredentialId(8)));
    var catalogue = new Catalogue(Map.of(), Map.of(), Map.of(), List.of(one, two));
    var secret = new Secret(ProviderKit.SECRET);
    return ProviderKit.engine(
        catalogue, _ -> Optional.of(secret), new Providers(List.of(provider)), both);
  }

  private void awaitRequests(int count) {
    while (upstream.requests().size() < count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void an_adapter_that_stumbles_before_it_sends_is_no_sign_of_the_channel() {
    var budgets = new Budgets(ProviderKit.CLOCK);
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    var engine = ProviderKit.engine(channel, new Providers(List.of(provider)), outbound, budgets);

    for (var n = 0; n < 5; n++) {
      engine.submit(ProviderKit.request(), ProviderKit.attempt());
    }

    assertThat(budgets.health().outages()).isEmpty();
  }

  @Test
  void connections_that_are_refused_take_the_channel_out_of_use() {
    var budgets = new Budgets(ProviderKit.CLOCK);
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    upstream.close();

    for (var n = 0; n < 5; n++) {
      var once = new ScriptedProvider().thenCalls(true).thenEnds(ACCEPTED);
      ProviderKit.engine(channel, new Providers(List.of(once)), outbound, budgets)
          .submit(ProviderKit.request(), ProviderKit.attempt());
    }

    assertThat(budgets.health().outages()).hasSize(1);
  }
}
