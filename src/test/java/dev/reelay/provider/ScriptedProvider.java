package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Upstream;
import dev.reelay.task.VideoResult;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/** An adapter whose operations take scripted steps; it asks {@code /step} each time. */
final class ScriptedProvider implements Provider {
  static final String NAME = "scripted";
  private final Queue<Function<Context, Step<SubmitOutcome>>> submits = new ArrayDeque<>();
  private CallbackSigning signing = CallbackSigning.NONE;
  private PictureForm form = PictureForm.ANY;
  private List<SentPicture> given = List.of();
  private List<SentClip> clips = List.of();
  private boolean logsIn;
  private PollOutcome polled = new PollOutcome.Canceled();

  ScriptedProvider thenCalls(boolean creates) {
    submits.add(c -> new Step.Send<>(call(c), new Step.NoState(), creates));
    return this;
  }

  ScriptedProvider thenEnds(SubmitOutcome outcome) {
    submits.add(_ -> new Step.Done<>(outcome));
    return this;
  }

  ScriptedProvider thenFails() {
    submits.add(
        _ -> {
          throw new IllegalStateException("a bug in an adapter");
        });
    return this;
  }

  ScriptedProvider stumblesOverCallbacks() {
    signing =
        (_, _, _) -> {
          throw new IllegalStateException("a bug in an adapter");
        };
    return this;
  }

  @Override
  public CallbackSigning signing() {
    return signing;
  }

  ScriptedProvider polls(PollOutcome outcome) {
    polled = outcome;
    return this;
  }

  /** Its calls show a token, which is what {@code /login} answers with 200; 400 refuses. */
  ScriptedProvider logsIn() {
    logsIn = true;
    return this;
  }

  ScriptedProvider takes(PictureForm pictures) {
    form = pictures;
    return this;
  }

  /** The pictures of the last submission. */
  List<SentPicture> given() {
    return given;
  }

  /** The clips of the last submission. */
  List<SentClip> clips() {
    return clips;
  }

  private static Call call(Context context) {
    return Call.get(context.at("/step"), context.bearer());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Card card() {
    return Card.of("a script", "any");
  }

  @Override
  public Upstream.Abilities abilities(Map<String, String> settings) {
    return Upstream.Abilities.NONE.withPictures(form);
  }

  @Override
  public Optional<Operation<Login>> login(Context context) {
    return logsIn ? Optional.of(new ScriptedLogin(context)) : Optional.empty();
  }

  private record ScriptedLogin(Context context) implements Operation<Login> {
    @Override
    public Step<Login> begin() {
      return new Step.Send<>(Call.get(context.at("/login")), new Step.NoState(), false);
    }

    @Override
    public Step<Login> next(Step.State state, Reply reply) {
      return new Step.Done<>(
          switch (reply.status()) {
            case 200 -> new Login.Granted(new Secret(reply.body()), Duration.ofHours(1));
            case 400 -> new Login.Refused(reply.body());
            default -> new Login.Unanswered("busy", reply.retryAfter(context.now()));
          });
    }
  }

  @Override
  public Operation<SubmitOutcome> submit(Context context, Submission submission) {
    given = submission.pictures();
    clips = submission.clips();
    return new Operation<>() {
      @Override
      public Step<SubmitOutcome> begin() {
        return submits.remove().apply(context);
      }

      @Override
      public Step<SubmitOutcome> next(Step.State state, Reply reply) {
        return submits.remove().apply(context);
      }
    };
  }

  @Override
  public Operation<PollOutcome> poll(Context context, String upstreamId) {
    return new Operation<>() {
      @Override
      public Step<PollOutcome> begin() {
        return new Step.Send<>(call(context), new Step.NoState(), false);
      }

      @Override
      public Step<PollOutcome> next(Step.State state, Reply reply) {
        return new Step.Done<>(polled);
      }
    };
  }

  @Override
  public Optional<Operation<CancelOutcome>> cancel(Context context, String upstreamId) {
    return Optional.empty();
  }

  @Override
  public Call download(Context context, VideoResult result) {
    return Call.get(result.video(), context.bearer());
  }

  @Override
  public Optional<Call> downloadPoster(Context context, VideoResult result) {
    return result.thumbnail().map(ScriptedProvider::plain);
  }

  static Call plain(URI uri) {
    return new Call("GET", uri, List.of(), List.of(), new Call.Body.None());
  }
}
