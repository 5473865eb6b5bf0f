package dev.reelay.http.dialect.openai;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiErrorShape;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.JsonText;
import dev.reelay.http.Problem;
import dev.reelay.http.Reply;
import dev.reelay.http.dialect.ErrorTerms;
import dev.reelay.http.dialect.ErrorTerms.Told;
import dev.reelay.task.ErrorCode;
import java.util.List;

/**
 * Errors as OpenAI's SDKs read them: {@code {"error":{message,type,param,code}}}. The SDKs choose
 * their exception by the status and repeat 408, 409, 429 and every 5xx by themselves, twice unless
 * told otherwise; where that would be of no use, or could start a second job, {@code
 * x-should-retry: false} stops them.
 */
public final class OpenAiErrors implements ErrorShape, ApiErrorShape {
  private static final List<Integer> REPEATED_BY_SDKS = List.of(408, 409, 429);

  private final ErrorTerms terms;

  public OpenAiErrors(ErrorTerms terms) {
    this.terms = terms;
  }

  @Override
  public Reply.Ready shape(Context context, ApiError error) {
    return reply(terms.of(context, error));
  }

  @Override
  public Reply.Ready shape(Context context, Problem problem) {
    return reply(terms.of(context, problem));
  }

  private static Reply.Ready reply(Told told) {
    var json = new JsonText().object().object("error");
    told.writeNested(json);
    var bytes = json.endObject().endObject().bytes();
    var reply = new Reply.Ready(told.status(), bytes, told.fields());
    return isRepeatedInVain(told)
        ? reply.with(new Field(FieldName.X_SHOULD_RETRY, "false"))
        : reply;
  }

  private static boolean isRepeatedInVain(Told told) {
    return (told.status() >= 500 || REPEATED_BY_SDKS.contains(told.status()))
        && !isWorthRepeating(told.error().code(), told.context());
  }

  /** After these two nobody knows whether a create was committed; only a key makes it safe. */
  private static boolean isWorthRepeating(ErrorCode code, Context context) {
    return (code == ErrorCode.INTERNAL || code == ErrorCode.DATABASE_UNAVAILABLE)
        ? !context.mayRepeatAct()
        : code.retryable();
  }
}
