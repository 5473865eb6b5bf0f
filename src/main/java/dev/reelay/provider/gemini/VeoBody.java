package dev.reelay.provider.gemini;

import dev.reelay.provider.Json;
import dev.reelay.provider.Outcomes;
import dev.reelay.provider.Reply;
import dev.reelay.provider.SentPicture;
import dev.reelay.provider.Submission;
import dev.reelay.task.SubmitOutcome;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** A create of Veo and its answer, which are the same with an API key and at Vertex. */
public final class VeoBody {
  private VeoBody() {}

  /** What both take; {@code parameters} may be added to. */
  public static ObjectNode of(Submission submission) {
    var request = submission.request();
    var body = Json.body();
    var instance = body.putArray("instances").addObject();
    instance.put("prompt", request.prompt());
    submission.firstFrame().ifPresent(first -> put(instance.putObject("image"), first));
    submission.lastFrame().ifPresent(last -> put(instance.putObject("lastFrame"), last));
    if (!submission.references().isEmpty()) {
      var all = instance.putArray("referenceImages");
      for (var picture : submission.references()) {
        var one = all.addObject();
        put(one.putObject("image"), picture);
        one.put("referenceType", "asset");
      }
    }
    var parameters = body.putObject("parameters");
    parameters.put("aspectRatio", request.shape().ratio().toString());
    parameters.put("resolution", request.shape().resolution().toString());
    parameters.put("durationSeconds", request.shape().seconds());
    parameters.put("sampleCount", 1);
    request.option("negative_prompt").ifPresent(text -> parameters.put("negativePrompt", text));
    return body;
  }

  private static void put(ObjectNode to, SentPicture picture) {
    GeminiProvider.put(to, picture, "mimeType", "bytesBase64Encoded");
  }

  /**
   * What became of it.
   *
   * @param isName whether a text is the name of an operation that can be asked for
   */
  public static SubmitOutcome created(Reply reply, Predicate<String> isName) {
    return reply.isSuccess()
        ? Outcomes.accepted(
            Json.object(reply.body()).flatMap(tree -> Json.text(tree, "/name")).filter(isName))
        : GeminiErrors.refusal(reply)
            .map(code -> Outcomes.rejected(code, GeminiErrors.why(reply)))
            .orElseGet(() -> new SubmitOutcome.Ambiguous(GeminiErrors.why(reply)));
  }
}
