package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.StateSamples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the engine does for adapters whose calls show a token. */
@Timeout(20)
class LoginsTest {
  private static final FakeUpstream.Script OK = FakeUpstream.answer(200, "{}");
  private static final FakeUpstream.Script UNAUTHORIZED = FakeUpstream.answer(401, "{}");
  private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted("up_1");
  private static final SubmitOutcome TURNED_AWAY =
      new SubmitOutcome.Rejected(new Failure(ErrorCode.UPSTREAM_ACCOUNT, "who are you"), true);
  private static final PollOutcome PENDING = new PollOutcome.Pending(OptionalInt.empty());

  private final ScriptedProvider provider = new ScriptedProvider().logsIn().polls(PENDING);
  private FakeUpstream upstream;
  private Outbound outbound;
  private Engine engine;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start();
    outbound = ProviderKit.outbound(upstream.place());
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    engine = ProviderKit.engine(channel, new Providers(List.of(provider)), outbound);
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
  }

  private static FakeUpstream.Script token(String token) {
    return FakeUpstream.answer(200, token);
  }

  private SubmitOutcome submit() {
    return engine.submit(ProviderKit.request(), ProviderKit.attempt());
  }

  private PollOutcome poll() {
    return engine.poll(ProviderKit.job("up_1"));
  }

  /** What was called, each with what it showed. */
  private List<String> calls() {
    return upstream.requests().stream()
        .map(r -> r.target() + " " + r.headers().getOrDefault("authorization", "nothing"))
        .toList();
  }

  @Test
  void calls_show_the_token_and_the_secret_stays_here() {
    upstream.will(token("token-a"), OK, OK);
    provider.thenCalls(true).thenEnds(ACCEPTED);

    assertThat(submit()).isEqualTo(ACCEPTED);
    assertThat(poll()).isEqualTo(PENDING);

    assertThat(calls())
        .containsExactly("/login nothing", "/step Bearer token-a", "/step Bearer token-a");
  }

  @Test
  void a_log_in_that_gets_lost_leaves_nothing_in_doubt() {
    upstream.will(new FakeUpstream.Script.Cut());

    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);

    assertThat(calls()).containsExactly("/login nothing");
  }

  @Test
  void a_log_in_that_is_refused_says_nothing_of_a_job_that_may_exist() {
    upstream.will(FakeUpstream.answer(400, "the key was deleted"));
    var attempt = ProviderKit.attempt();
    var doubt = new TaskState.InDoubt(attempt, ProviderKit.NOW, "no answer");

    assertThat(engine.submit(StateSamples.in(doubt), attempt))
        .isEqualTo(new SubmitOutcome.NotSent("the key was deleted"));
  }

  @Test
  void a_log_in_that_is_refused_is_our_accounts_fault() {
    upstream.will(FakeUpstream.answer(400, "the key was deleted"));

    assertThat(submit())
        .isEqualTo(
            new SubmitOutcome.Rejected(
                new Failure(ErrorCode.UPSTREAM_ACCOUNT, "the key was deleted"), true));
    assertThat(poll()).isInstanceOf(PollOutcome.Unanswered.class);
    assertThat(calls()).containsExactly("/login nothing");
  }

  @Test
  void a_poll_waits_as_long_as_the_log_in_asks_for() {
    upstream.will(FakeUpstream.answer(429, "", "Retry-After: 30"));

    assertThat(poll())
        .isInstanceOfSatisfying(
            PollOutcome.Unanswered.class,
            unanswered -> assertThat(unanswered.retryAfter()).contains(Duration.ofSeconds(30)));
  }

  @Test
  void a_kept_token_that_is_refused_is_renewed_and_the_question_asked_once_more() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, token("token-b"), OK, OK);

    poll();
    assertThat(poll()).isEqualTo(PENDING);
    poll();

    assertThat(calls())
        .containsExactly(
            "/login nothing",
            "/step Bearer token-a",
            "/step Bearer token-a",
            "/login nothing",
            "/step Bearer token-b",
            "/step Bearer token-b");
  }

  @Test
  void a_new_token_that_is_refused_is_not_tried_again_at_once() {
    upstream.will(token("token-a"), UNAUTHORIZED, token("token-b"), OK);

    poll();
    assertThat(calls()).hasSize(2);
    poll();

    assertThat(calls()).endsWith("/login nothing", "/step Bearer token-b");
  }

  @Test
  void a_create_that_a_kept_token_was_turned_away_with_made_nothing_and_is_asked_once_more() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, token("token-b"), OK);
    provider.thenCalls(true).thenEnds(TURNED_AWAY).thenCalls(true).thenEnds(ACCEPTED);

    poll();

    assertThat(submit()).isEqualTo(ACCEPTED);
    assertThat(calls()).hasSize(5).endsWith("/login nothing", "/step Bearer token-b");
  }

  @Test
  void the_second_create_is_the_last_and_what_becomes_of_it_counts() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, token("token-b"));
    upstream.will(new FakeUpstream.Script.Cut());
    provider.thenCalls(true).thenEnds(TURNED_AWAY).thenCalls(true).thenEnds(ACCEPTED);

    poll();

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
    assertThat(calls()).hasSize(5);
  }

  @Test
  void a_create_that_no_token_could_be_renewed_for_is_not_sent() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, new FakeUpstream.Script.Cut());
    provider.thenCalls(true).thenEnds(TURNED_AWAY);

    poll();

    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);
  }

  @Test
  void a_create_whose_refusal_does_not_surely_mean_that_nothing_was_made_is_never_repeated() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, OK);
    provider.thenCalls(true).thenEnds(new SubmitOutcome.Ambiguous("odd"));

    poll();

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
    assertThat(calls()).hasSize(3);
  }

  @Test
  void an_upload_before_a_lost_create_does_not_lead_to_a_second_one() {
    upstream.will(token("token-a"), OK, UNAUTHORIZED, new FakeUpstream.Script.Cut());
    provider.thenCalls(false).thenCalls(true).thenEnds(ACCEPTED);

    poll();

    assertThat(submit()).isInstanceOf(SubmitOutcome.Ambiguous.class);
    assertThat(calls()).hasSize(4);
  }
}
