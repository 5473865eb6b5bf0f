package dev.reelay.http.dialect.newapi;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiErrorShape;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.JsonText;
import dev.reelay.http.Problem;
import dev.reelay.http.Reply;
import dev.reelay.http.dialect.ErrorTerms;
import dev.reelay.http.dialect.ErrorTerms.Told;

/**
 * Errors as new-api's task routes have them, {@code {code,message,data:null}}, with OpenAI's object
 * beside them, which new-api itself uses for keys and routing on the same paths.
 */
public final class NewApiErrors implements ErrorShape, ApiErrorShape {
  private final ErrorTerms terms;

  public NewApiErrors(ErrorTerms terms) {
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
    var json = new JsonText().object().field("code", told.code()).field("message", told.message());
    json.nulls("data").object("error");
    told.writeNested(json);
    return new Reply.Ready(told.status(), json.endObject().endObject().bytes(), told.fields());
  }
}
