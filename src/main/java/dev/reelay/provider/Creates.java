package dev.reelay.provider;

import dev.reelay.task.Attempt;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.Clip;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureForm;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends creates: nothing leaves before there is a place, a token, and whatever has to go along. An
 * attempt may be sent again while it is in doubt; then what stops us here says nothing of the job
 * that the earlier call may have made, so that it is never a refusal.
 */
final class Creates {
  private final Lines lines;
  private final Logins logins;
  private final HealthSigns signs;
  private final Inputs inputs;
  private final PictureLoader pictures;
  private final CallbackAddresses callbacks;

  Creates(Wiring wiring, Lines lines, Logins logins, HealthSigns signs) {
    this.lines = lines;
    this.logins = logins;
    this.signs = signs;
    this.inputs = wiring.inputs();
    this.pictures = new PictureLoader(inputs, Engine.SUBMIT_PATIENCE);
    this.callbacks = wiring.callbacks();
  }

  /**
   * What is to be sent.
   *
   * @param callback offered where the adapter declares callbacks
   * @param again an earlier call of the attempt may have made a job
   */
  record Order(VideoRequest request, Attempt attempt, Optional<URI> callback, boolean again) {
    Order with(List<Picture> images) {
      return new Order(request.withImages(images), attempt, callback, again);
    }
  }

  SubmitOutcome submit(Task task, Attempt attempt) {
    var callback = callbacks.of(task.id(), attempt.number());
    var again = task.state() instanceof TaskState.InDoubt;
    var order = new Order(task.request(), attempt, callback, again);
    return lines.to(attempt) instanceof Lines.Line.Open line
            && line.abilities().pictures() == PictureForm.BYTES
        ? withBytes(task, order)
        : submit(order);
  }

  /**
   * Nothing is sent before the pictures are here, so that what goes wrong with them says nothing of
   * the channel.
   */
  private SubmitOutcome withBytes(Task task, Order order) {
    var until = task.accepted().deadlines().finishBy().plus(SubmitTask.PICTURES_KEPT_LONGER);
    return switch (inputs.elsewhere().fetch(task.id(), order.request().images(), until)) {
      case WebPictures.Fetched.Missing(String why) -> new SubmitOutcome.NotSent(why);
      case WebPictures.Fetched.Never(Failure failure) ->
          order.again()
              ? new SubmitOutcome.NotSent(failure.message())
              : new SubmitOutcome.Rejected(failure, false);
      case WebPictures.Fetched.Here(var here) -> submit(order.with(here));
    };
  }

  SubmitOutcome submit(Order order) {
    return switch (lines.to(order.attempt())) {
      case Lines.Line.Gone(String why) -> new SubmitOutcome.NotSent(why);
      case Lines.Line.Open line -> submit(line, order);
    };
  }

  private SubmitOutcome submit(Lines.Line.Open line, Order order) {
    var request = order.request();
    var abilities = line.abilities();
    if (request.extras().parent().isPresent() && !abilities.remix()) {
      return new SubmitOutcome.NotSent("this channel can no longer remix");
    }
    var clips = clips(request);
    if (clips.isEmpty()) {
      return new SubmitOutcome.NotSent("this relay has no public address for a kept clip");
    }
    var free = line.budget().calls().take(Engine.SUBMIT_PATIENCE);
    if (free.isEmpty()) {
      return new SubmitOutcome.NotSent("too many calls are under way on this credential");
    }
    try (var _ = free.get()) {
      return switch (pictures.load(request.images(), abilities.pictures())) {
        case PictureLoader.Loaded.Missing(String why) -> new SubmitOutcome.NotSent(why);
        case PictureLoader.Loaded.Here here -> {
          var offered = order.callback().filter(_ -> abilities.recovery().callback());
          var token = order.attempt().token();
          yield send(
              line,
              here,
              new Submission(request, here.pictures(), clips.get(), token, offered),
              order);
        }
      };
    }
  }

  /** Where the clips can be read; empty if one is kept here and nobody can read it from outside. */
  private Optional<List<SentClip>> clips(VideoRequest request) {
    var sent = new ArrayList<SentClip>();
    for (var clip : request.clips()) {
      var url =
          switch (clip) {
            case Clip.Web web -> Optional.of(web.url());
            case Clip.Stored stored -> inputs.address(stored.asset(), stored.contentType());
          };
      if (url.isEmpty()) {
        return Optional.empty();
      }
      sent.add(new SentClip(url.get(), clip.kind()));
    }
    return Optional.of(List.copyOf(sent));
  }

  private SubmitOutcome send(
      Lines.Line.Open line, PictureLoader.Loaded.Here here, Submission submission, Order order) {
    try (here) {
      var question =
          new Question<>(
              Optional.of(line.budget().creates()),
              open -> open.provider().submit(open.context(), submission),
              Creates::unsubmitted,
              shut -> unsubmitted(shut, order.again()),
              outcome -> outcome instanceof SubmitOutcome.Rejected);
      var ended = logins.ask(line, question);
      signs.submitted(order.attempt(), ended.outcome(), ended.unreached());
      return noted(line, ended.outcome());
    }
  }

  private static SubmitOutcome unsubmitted(Logins.Entry.Shut shut, boolean again) {
    return switch (shut.reason()) {
      case REFUSED ->
          again
              ? new SubmitOutcome.NotSent(shut.why())
              : Outcomes.rejected(ErrorCode.UPSTREAM_ACCOUNT, shut.why());
      case UNANSWERED, UNDER_WAY -> new SubmitOutcome.NotSent(shut.why());
    };
  }

  /** Whether the provider is there at all is known best by those who just called it. */
  private static SubmitOutcome noted(Lines.Line.Open line, SubmitOutcome outcome) {
    switch (outcome) {
      case SubmitOutcome.Accepted _, SubmitOutcome.Rejected _ -> line.budget().creates().answered();
      case SubmitOutcome.NotSent _, SubmitOutcome.Ambiguous _ ->
          line.budget().creates().unanswered();
    }
    return outcome;
  }

  private static SubmitOutcome unsubmitted(boolean mayExist, String why) {
    return mayExist ? new SubmitOutcome.Ambiguous(why) : new SubmitOutcome.NotSent(why);
  }
}
