package dev.reelay.provider.kling;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import java.util.function.Function;

/**
 * One call and its answer. Where the answer refuses our token for its times, the call is made once
 * more with a new one: such an answer has done nothing, so that even a create may be repeated.
 *
 * @param call made with a header that carries the key
 * @param creates as of {@link Step.Send}
 */
record KlingAsk<O>(
    Context context,
    Function<Call.SecretHeader, Call> call,
    boolean creates,
    Function<Reply, O> read)
    implements Operation<O> {
  private record Turn(boolean renewed) implements Step.State {}

  @Override
  public Step<O> begin() {
    return send(KlingKey.header(context), false);
  }

  private Step<O> send(Call.SecretHeader key, boolean renewed) {
    var made = call.apply(key).with("Accept", "application/json");
    return new Step.Send<>(made, new Turn(renewed), creates);
  }

  @Override
  public Step<O> next(Step.State state, Reply reply) {
    var isRenewed = state instanceof Turn(boolean renewed) && renewed;
    return KlingKey.renewed(context, reply)
        .filter(_ -> !isRenewed)
        .map(key -> send(key, true))
        .orElseGet(() -> new Step.Done<>(read.apply(reply)));
  }
}
