package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.task.Task;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * Answers the creates of every dialect: under its idempotency key a call is answered once and then
 * again with the same bytes, whatever has become of what it speaks of.
 */
public final class CreateCalls {
  private static final Field REPLAYED = new Field(FieldName.IDEMPOTENT_REPLAYED, "true");

  private final CreateVideo create;

  public CreateCalls(CreateVideo create) {
    this.create = create;
  }

  /** A call with its body, whose key counts already. */
  public record Call(Request request, Caller caller, JsonNode body) {}

  /**
   * A route as one dialect has it.
   *
   * @param route names it in idempotency records
   * @param view writes the answer
   */
  public record Format(String route, Function<Task, String> view) {}

  /** The answer to a create that speaks of nothing but its body. */
  public Reply answer(Call call, Format format, Supplier<VideoAsk> ask) {
    return answer(call, format.route(), format, ask);
  }

  /**
   * The answer to a create that speaks of another task.
   *
   * @param address the route with that task: the same key for another one is used otherwise
   * @param ask reads what is asked for; its refusals count only for a first call
   */
  public Reply answer(Call call, String address, Format format, Supplier<VideoAsk> ask) {
    var repeatable =
        IdempotencyKey.of(call.request())
            .map(
                key ->
                    new CreateVideo.Repeatable(
                        format.route(), key, Fingerprint.of(address, call.body())));
    var accepted = create.accept(call.caller(), ask, format.view(), repeatable);
    var reply = Reply.json(200, accepted.answer().getBytes(StandardCharsets.UTF_8));
    return accepted.isReplay() ? reply.with(REPLAYED) : reply;
  }
}
