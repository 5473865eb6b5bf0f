package dev.reelay.provider.kling;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Looks a job of the old generation up by the {@code external_task_id} of its create, which may
 * stand in an address where an id does. Since that address names the kind, which nobody knows here,
 * each kind is asked in turn; only if none of them knows it there is none.
 */
record KlingFind(Context context, String reference) implements Operation<FindOutcome> {
  private record Place(KlingKind kind, boolean renewed) implements Step.State {}

  @Override
  public Step<FindOutcome> begin() {
    return ask(kinds().getFirst(), KlingKey.header(context), false);
  }

  private List<KlingKind> kinds() {
    return KlingProvider.isOmni(context.upstreamModel())
        ? List.of(KlingKind.OMNI)
        : List.of(KlingKind.TEXT, KlingKind.IMAGE, KlingKind.MULTI_IMAGE);
  }

  private Step<FindOutcome> ask(KlingKind kind, Call.SecretHeader key, boolean renewed) {
    var path = "/v1/videos/" + kind.word() + "/" + Context.segment(reference);
    var call = Call.get(context.atVersion1(path), key).with("Accept", "application/json");
    return new Step.Send<>(call, new Place(kind, renewed), false);
  }

  @Override
  public Step<FindOutcome> next(Step.State state, Reply reply) {
    var place = (Place) state;
    var key = KlingKey.renewed(context, reply).filter(_ -> !place.renewed());
    if (key.isPresent()) {
      return ask(place.kind(), key.get(), true);
    }
    var tree = Json.object(reply.body());
    if (tree.filter(KlingErrors::isUnknownJob).isPresent()) {
      return unknownAs(place);
    }
    return new Step.Done<>(
        tree.filter(answer -> KlingErrors.isDone(reply, answer))
            .map(answer -> found(place.kind(), answer))
            .orElseGet(() -> unanswered(context, reply)));
  }

  private Step<FindOutcome> unknownAs(Place place) {
    var further = kinds().indexOf(place.kind()) + 1;
    return further == kinds().size()
        ? new Step.Done<>(new FindOutcome.Absent())
        : ask(kinds().get(further), KlingKey.header(context), false);
  }

  private FindOutcome found(KlingKind kind, JsonNode tree) {
    var told = Json.text(tree, "/data/task_info/external_task_id");
    if (told.filter(text -> !text.equals(reference)).isPresent()) {
      return new FindOutcome.Unanswered("another job was shown", Optional.empty());
    }
    return found(
        Json.text(tree, "/data/task_id")
            .map(id -> new KlingJob(Optional.of(kind), id).upstreamId()));
  }

  /** An id that cannot be kept is none. */
  private static FindOutcome found(Optional<String> upstreamId) {
    return upstreamId
        .filter(id -> id.length() <= Job.UPSTREAM_ID_CHARS_MAX)
        .<FindOutcome>map(FindOutcome.Found::new)
        .orElseGet(() -> new FindOutcome.Unanswered("what was found has no id", Optional.empty()));
  }

  static FindOutcome unanswered(Context context, Reply reply) {
    return new FindOutcome.Unanswered(
        "HTTP " + reply.status() + ": " + KlingErrors.message(reply),
        reply.retryAfter(context.now()));
  }

  /** The same in the new generation, which has one place for all kinds. */
  static Operation<FindOutcome> ofNow(Context context, String reference) {
    var uri = context.atVersion1("/tasks?external_task_ids=" + Context.segment(reference));
    return new KlingAsk<>(
        context,
        key -> Call.get(uri, key),
        false,
        reply ->
            Json.object(reply.body())
                .filter(tree -> KlingErrors.isDone(reply, tree) && tree.at("/data").isArray())
                .map(tree -> found(tree.at("/data"), reference))
                .orElseGet(() -> unanswered(context, reply)));
  }

  /** A server that does not know the parameter would show others; that proves no absence. */
  private static FindOutcome found(JsonNode data, String reference) {
    if (data.isEmpty()) {
      return new FindOutcome.Absent();
    }
    var told = Json.text(data.get(0), "/external_task_id", "/external_id").orElse(reference);
    return data.size() == 1 && told.equals(reference)
        ? found(Json.text(data.get(0), "/id"))
        : new FindOutcome.Unanswered("other jobs were shown", Optional.empty());
  }
}
