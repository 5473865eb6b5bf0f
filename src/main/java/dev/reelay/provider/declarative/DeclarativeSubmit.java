package dev.reelay.provider.declarative;

import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import dev.reelay.provider.Submission;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.SubmitOutcome;
import java.util.List;
import java.util.Optional;

/** Creates a job as the description says: one call. */
record DeclarativeSubmit(Description description, Context context, Submission submission)
    implements Operation<SubmitOutcome> {
  @Override
  public Step<SubmitOutcome> begin() {
    var unsent = unsent();
    if (unsent.isPresent()) {
      return Outcomes.impossible("this provider takes no " + unsent.get());
    }
    var values = Values.of(context, submission, description.maps());
    var call = description.create().request().call(context, description.auth(), values);
    return new Step.Send<>(call, new Step.NoState(), true);
  }

  /** An input that the create has no place for would make another video than was asked for. */
  private Optional<String> unsent() {
    return unsentPicture()
        .or(() -> unsentClip("reference_video", submission.referenceVideos()))
        .or(() -> unsentClip("reference_audio", submission.referenceAudios()));
  }

  /** A place for one is enough for one. */
  private Optional<String> unsentClip(String name, List<String> clips) {
    return clips.isEmpty() || sends(name + "s") || (clips.size() == 1 && sends(name))
        ? Optional.empty()
        : Optional.of((clips.size() == 1 ? name : name + "s").replace('_', ' '));
  }

  private Optional<String> unsentPicture() {
    if (description.create().request().sends("pictures")) {
      return Optional.empty();
    }
    if (submission.firstFrame().isPresent() && !sends("first_frame")) {
      return Optional.of("first frame");
    }
    if (submission.lastFrame().isPresent() && !sends("last_frame")) {
      return Optional.of("last frame");
    }
    return submission.references().isEmpty() || sends("references")
        ? Optional.empty()
        : Optional.of("references");
  }

  private boolean sends(String value) {
    return description.create().request().sends(value);
  }

  @Override
  public Step<SubmitOutcome> next(Step.State state, Reply reply) {
    return new Step.Done<>(outcome(reply));
  }

  /** Some put a refusal into a success; then a rule of the table knows its code or its words. */
  private SubmitOutcome outcome(Reply reply) {
    if (!reply.isSuccess()) {
      return refused(reply, description.errors().refusal(reply));
    }
    var id = Json.object(reply.body()).flatMap(description.create().id()::text);
    return id.isPresent()
        ? Outcomes.accepted(id)
        : description
            .errors()
            .ruled(reply)
            .map(means -> refused(reply, means))
            .orElseGet(() -> Outcomes.accepted(id));
  }

  private SubmitOutcome refused(Reply reply, ErrorTable.Meaning means) {
    var why = description.errors().why(reply);
    return switch (means) {
      case BUSY -> Outcomes.rejected(ErrorCode.UPSTREAM_BUSY, why);
      case ACCOUNT -> Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, why);
      case MODEL -> Outcomes.rejected(ErrorCode.UPSTREAM_MODEL_GONE, why);
      case CONTENT -> Outcomes.rejected(ErrorCode.CONTENT_REFUSED, why);
      case REJECTED -> Outcomes.rejected(ErrorCode.UPSTREAM_REJECTED, why);
      case DOUBT, GONE -> new SubmitOutcome.Ambiguous(why);
    };
  }
}
