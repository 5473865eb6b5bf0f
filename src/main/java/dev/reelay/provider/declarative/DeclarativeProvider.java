package dev.reelay.provider.declarative;

import dev.reelay.provider.Call;
import dev.reelay.provider.Card;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.Provider;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Any provider that takes a JSON create and answers polls, as the channel's setting {@value
 * #DESCRIPTION} describes it. The description is the channel's own text, so that every node that
 * reads the channel has it.
 */
public final class DeclarativeProvider implements Provider {
  public static final String NAME = "declarative";
  public static final String DESCRIPTION = "description";
  private static final int REMEMBERED_MAX = 200;

  /** Read once: the text is the key, so that a changed one is another. */
  private final Map<String, Description> read = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return Card.of("any provider that a YAML file describes", "what its API takes in one header")
        .settings(
            new Card.Setting(
                DESCRIPTION,
                "the description itself: YAML, see [declarative](declarative.md)",
                List.of("<yaml>")))
        .can(
            Card.Feature.FIRST_FRAME,
            Card.Feature.LAST_FRAME,
            Card.Feature.REFERENCES,
            Card.Feature.REFERENCE_VIDEO,
            Card.Feature.REFERENCE_AUDIO,
            Card.Feature.AUDIO,
            Card.Feature.SEED,
            Card.Feature.NEGATIVE_PROMPT)
        .results(Duration.ZERO, false)
        .cost(Card.Cost.MONEY)
        .notes(
            "What a channel can do follows from its description.",
            "Token, look-up by reference, list, callback and cancel are there where it has them.",
            "A picture or clip that the description has no place for is refused, and nothing is"
                + " sent.");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return switch (reading(settings)) {
      case Reading.Read(var description) -> description.abilities();
      case Reading.Unreadable _ -> Upstream.Abilities.NONE;
    };
  }

  /** What a channel's description is. */
  private sealed interface Reading {
    record Read(Description description) implements Reading {}

    record Unreadable(String why) implements Reading {}
  }

  private Reading reading(Map<String, String> settings) {
    var yaml = settings.getOrDefault(DESCRIPTION, "");
    var known = read.get(yaml);
    if (known != null) {
      return new Reading.Read(known);
    }
    try {
      var fresh = Description.parse(yaml);
      if (read.size() >= REMEMBERED_MAX) {
        read.clear();
      }
      read.put(yaml, fresh);
      return new Reading.Read(fresh);
    } catch (DescriptionException e) {
      return new Reading.Unreadable("the channel's description: " + e.getMessage());
    }
  }

  private <O> Operation<O> asDescribed(
      Context context, Function<Description, Operation<O>> described, Function<String, O> not) {
    return switch (reading(context.settings())) {
      case Reading.Read(var description) -> described.apply(description);
      case Reading.Unreadable(String why) -> new Ended<>(not.apply(why));
    };
  }

  private Optional<Description> find(Map<String, String> settings) {
    return switch (reading(settings)) {
      case Reading.Read(var description) -> Optional.of(description);
      case Reading.Unreadable _ -> Optional.empty();
    };
  }

  /** Ends without a call. */
  private record Ended<O>(O outcome) implements Operation<O> {
    @Override
    public Step<O> begin() {
      return new Step.Done<>(outcome);
    }

    @Override
    public Step<O> next(Step.State state, Reply reply) {
      return new Step.Done<>(outcome);
    }
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    return asDescribed(
        context,
        description -> new DeclarativeSubmit(description, context, submission),
        SubmitOutcome.NotSent::new);
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return asDescribed(
        context,
        description -> new DeclarativePoll(description, context, upstreamId),
        why -> new PollOutcome.Unanswered(why, Optional.empty()));
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return find(context.settings())
        .flatMap(
            description ->
                description
                    .cancel()
                    .map(call -> new DeclarativeCancel(description, call, context, upstreamId)));
  }

  @Override
  public Optional<Operation<FindOutcome>> find(Context context, String reference) {
    return find(context.settings())
        .flatMap(
            description ->
                description
                    .find()
                    .map(find -> new DeclarativeFind(description, find, context, reference)));
  }

  @Override
  public Optional<Operation<Page>> list(Context context, Optional<String> after) {
    return find(context.settings())
        .flatMap(
            description ->
                description
                    .list()
                    .map(list -> new DeclarativeList(description, list, context, after)));
  }

  @Override
  public Optional<String> named(Callback callback, Map<String, String> settings) {
    return find(settings)
        .flatMap(Description::callback)
        .flatMap(places -> Json.object(callback.body()).flatMap(places::text));
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return fetch(context, result.video());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(uri -> fetch(context, uri));
  }

  private Call fetch(Context context, URI uri) {
    return find(context.settings())
        .filter(description -> description.poll().resultKey())
        .map(description -> Call.get(uri, description.auth().of(context)))
        .orElseGet(() -> Call.get(uri));
  }
}
