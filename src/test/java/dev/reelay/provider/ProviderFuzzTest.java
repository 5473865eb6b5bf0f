package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.access.Secret;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.Provenance;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Spoiled answers through every operation of every adapter: nothing is thrown, nothing that cannot
 * be read becomes a verdict, and no success is without an address. At worst a poll is asked again.
 */
class ProviderFuzzTest {
  private static final int ANSWERS = 2_000;
  private static final int ANSWERS_LONG = 100_000;
  private static final String ID = "up_1";

  @TestFactory
  Stream<DynamicTest> no_answer_makes_an_adapter_stumble() {
    return fuzzed(ANSWERS);
  }

  @TestFactory
  @Tag("proof")
  Stream<DynamicTest> no_answer_of_very_many_makes_an_adapter_stumble() {
    return fuzzed(ANSWERS_LONG);
  }

  /** Those without which a signature is refused before it is looked at. */
  private static final List<String> SIGNATURE_HEADERS =
      List.of(
          "webhook-id",
          "webhook-timestamp",
          "webhook-signature",
          "x-fal-webhook-request-id",
          "x-fal-webhook-user-id",
          "x-fal-webhook-timestamp",
          "x-fal-webhook-signature",
          "date",
          "x-request-nonce",
          "x-hmac-signature");

  private static Stream<DynamicTest> fuzzed(int answers) {
    var seed = Long.getLong("reelay.fuzz.seed", new SecureRandom().nextLong());
    System.out.printf("fuzz: -Dreelay.fuzz.seed=%d%n", seed);
    return Providers.all().list().stream()
        .map(
            provider ->
                dynamicTest(
                    provider.name(),
                    () -> new Fuzz(provider, new SplittableRandom(seed)).run(answers)));
  }

  /** One adapter under all of its settings. */
  private static final class Fuzz {
    private final Provider provider;
    private final SplittableRandom random;
    private final AnswerMutator mutator;
    private final List<Reply> seeds;
    private final List<Context> contexts;

    Fuzz(Provider provider, SplittableRandom random) {
      this.provider = provider;
      this.random = random;
      this.mutator = new AnswerMutator(random);
      this.seeds = ProviderCases.replies(provider);
      this.contexts = ProviderCases.contexts(provider).stream().filter(this::isUsable).toList();
    }

    /** Some cases show a channel whose settings are wrong, which no answer can do. */
    private boolean isUsable(Context context) {
      try {
        return provider.poll(context, ID) != null;
      } catch (IllegalStateException e) {
        return false;
      }
    }

    void run(int answers) {
      for (var i = 0; i < answers; i++) {
        play(contexts.get(random.nextInt(contexts.size())), random.nextInt(6));
      }
    }

    private void play(Context context, int what) {
      switch (what) {
        case 0 -> end(provider.submit(context, submission()), ProviderFuzzTest::assertSubmit);
        case 1 -> end(provider.poll(context, ID), ProviderFuzzTest::assertPoll);
        case 2 ->
            provider
                .pollAll(context, List.of(ID, "up_2"))
                .ifPresentOrElse(
                    operation -> end(operation, ProviderFuzzTest::assertPolls),
                    () -> end(provider.poll(context, ID), ProviderFuzzTest::assertPoll));
        case 3 ->
            provider
                .cancel(context, ID)
                .ifPresent(operation -> end(operation, ProviderFuzzTest::assertCancel));
        case 4 -> {
          provider
              .find(context, ProviderKit.TOKEN)
              .ifPresent(operation -> end(operation, ProviderFuzzTest::assertFind));
          provider
              .list(context, Optional.empty())
              .ifPresent(operation -> end(operation, ProviderFuzzTest::assertPage));
        }
        default -> assertNoFault("callback", List.of(), () -> callBack(context));
      }
    }

    private void callBack(Context context) {
      var reply = mutator.spoiled(seed());
      var _ = provider.named(new Callback("", reply.body()), context.settings());
      assertNeverGenuine(context, reply);
    }

    /** What the fuzz has for a signature, a secret and public keys is none. */
    private void assertNeverGenuine(Context context, Reply reply) {
      var headers = new HashMap<String, String>();
      for (var name : SIGNATURE_HEADERS) {
        if (random.nextInt(8) > 0) {
          headers.put(name, clipped(mutator.spoiled(seed()).body()));
        }
      }
      var raw = ByteBuffer.wrap(reply.body().getBytes(UTF_8));
      var callback = new Callback("POST", "/callback", "", headers, raw);
      var means =
          new CallbackSigning.Means(
              Optional.of(new Secret("x" + reply.body())),
              Optional.of(mutator.spoiled(seed()).body()));

      assertThat(provider.signing().check(context, callback, means))
          .isNotInstanceOf(Provenance.Genuine.class);
    }

    private static String clipped(String text) {
      return text.substring(0, Math.min(text.length(), Callback.HEADER_CHARS_MAX));
    }

    private static Submission submission() {
      return new Submission(
          ProviderKit.request(),
          List.of(),
          ProviderKit.TOKEN,
          Optional.of(URI.create("https://r.example/c")));
    }

    private Reply seed() {
      return seeds.get(random.nextInt(seeds.size()));
    }

    /** Drives as the engine does, with an answer made up for each call. */
    private <O> void end(Operation<O> operation, Judge<O> judge) {
      var replies = new ArrayList<Reply>();
      assertNoFault(
          operation.getClass().getSimpleName(),
          replies,
          () -> {
            var step = operation.begin();
            while (step instanceof Step.Send<O> send && replies.size() < Drive.STEPS_MAX) {
              var reply = random.nextInt(3) == 0 ? seed() : mutator.spoiled(seed());
              replies.add(reply);
              step = operation.next(send.state(), reply);
            }
            if (step instanceof Step.Done<O>(O outcome)) {
              judge.hold(outcome, replies);
            }
          });
    }

    private void assertNoFault(String what, List<Reply> replies, Runnable played) {
      try {
        played.run();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(provider.name() + " " + what + " stumbled over " + replies, e);
      }
    }
  }

  private interface Judge<O> {
    void hold(O outcome, List<Reply> replies);
  }

  private static boolean isReadable(List<Reply> replies) {
    return replies.stream().anyMatch(reply -> Json.object(reply.body()).isPresent());
  }

  private static void assertSubmit(SubmitOutcome outcome, List<Reply> replies) {
    switch (outcome) {
      case SubmitOutcome.Accepted(String id) -> {
        assertThat(id)
            .as("%s", replies)
            .isNotBlank()
            .hasSizeLessThanOrEqualTo(Job.UPSTREAM_ID_CHARS_MAX);
        assertThat(isReadable(replies)).as("%s", replies).isTrue();
      }
      case SubmitOutcome.Rejected _ ->
          assertThat(replies.isEmpty() || isReadable(replies) || last(replies).status() >= 300)
              .as("a refusal of what cannot be read: %s", replies)
              .isTrue();
      case SubmitOutcome.NotSent _, SubmitOutcome.Ambiguous _ -> {}
    }
  }

  private static Reply last(List<Reply> replies) {
    return replies.getLast();
  }

  private static void assertPolls(Map<String, PollOutcome> outcomes, List<Reply> replies) {
    assertThat(outcomes.keySet()).isSubsetOf(ID, "up_2");
    outcomes.values().forEach(outcome -> assertPoll(outcome, replies));
  }

  private static void assertPoll(PollOutcome outcome, List<Reply> replies) {
    switch (outcome) {
      case PollOutcome.Succeeded(VideoResult result) -> assertResult(result, replies);
      case PollOutcome.Failed _, PollOutcome.Canceled _ ->
          assertThat(isReadable(replies) || last(replies).status() == 410)
              .as("a verdict from what cannot be read: %s", replies)
              .isTrue();
      case PollOutcome.Unrecognized(String raw) -> assertThat(raw).isNotNull();
      case PollOutcome.Pending(var percent) ->
          percent.ifPresent(number -> assertThat(number).isBetween(0, 100));
      case PollOutcome.Unanswered _ -> {}
    }
  }

  private static void assertResult(VideoResult result, List<Reply> replies) {
    assertThat(result.video().getScheme()).as("%s", replies).isIn("http", "https");
    assertThat(isReadable(replies)).as("%s", replies).isTrue();
    result.units().ifPresent(units -> assertThat(units).as("%s", replies).isNotNegative());
    result.cost().ifPresent(cost -> assertThat(cost.micros()).as("%s", replies).isNotNegative());
  }

  private static void assertCancel(CancelOutcome outcome, List<Reply> replies) {
    assertThat(outcome).as("%s", replies).isNotNull();
  }

  private static void assertFind(FindOutcome outcome, List<Reply> replies) {
    switch (outcome) {
      case FindOutcome.Found(String id) ->
          assertThat(id)
              .as("%s", replies)
              .isNotBlank()
              .hasSizeLessThanOrEqualTo(Job.UPSTREAM_ID_CHARS_MAX);
      case FindOutcome.Absent _ ->
          assertThat(isReadable(replies))
              .as("an absence from what cannot be read: %s", replies)
              .isTrue();
      case FindOutcome.Unanswered _ -> {}
    }
  }

  private static void assertPage(Page page, List<Reply> replies) {
    switch (page) {
      case Page.Jobs _ ->
          assertThat(last(replies).isSuccess() && isReadable(replies))
              .as("a list from what cannot be read: %s", replies)
              .isTrue();
      case Page.Unanswered _ -> {}
    }
  }
}
