package dev.reelay.http.dialect.unified;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiErrorShape;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.JsonText;
import dev.reelay.http.Problem;
import dev.reelay.http.Reply;
import dev.reelay.http.dialect.ErrorTerms;
import dev.reelay.http.dialect.ErrorTerms.Told;
import dev.reelay.task.ErrorCode;

/**
 * Errors in the union shape: nested as OpenAI has it and at the top level as new-api's task routes
 * have it, since half of the clients read only one of them. Every code: docs/errors.md.
 */
public final class UnifiedErrors implements ErrorShape, ApiErrorShape {
  private final ErrorTerms terms;

  /**
   * Makes the shape.
   *
   * @param isLowBalanceForbidden answers 403 instead of 402 when money is short, as new-api does
   */
  public UnifiedErrors(boolean isLowBalanceForbidden) {
    this.terms = new ErrorTerms(isLowBalanceForbidden);
  }

  @Override
  public Reply.Ready shape(Context context, ApiError error) {
    return reply(terms.of(context, error));
  }

  @Override
  public Reply.Ready shape(Context context, Problem problem) {
    return reply(terms.of(context, problem));
  }

  /**
   * What stands in a list in place of a task that the caller does not have: the same for a foreign
   * id, a deleted one and one that never was.
   */
  static String missing(String askedId, String acceptLanguage) {
    var context = new Context("", "", acceptLanguage);
    var told = new ErrorTerms(false).of(context, ApiError.of(ErrorCode.TASK_NOT_FOUND));
    var json = new JsonText().object().field("id", askedId).field("object", "error");
    json.field("status_code", told.status()).object("error");
    told.write(json);
    return json.endObject().endObject().toString();
  }

  private static Reply.Ready reply(Told told) {
    var json = new JsonText().object().object("error");
    told.writeNested(json);
    json.endObject();
    json.field("message", told.message()).field("code", told.code()).endObject();
    return new Reply.Ready(told.status(), json.bytes(), told.fields());
  }
}
