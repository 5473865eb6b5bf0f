package dev.reelay.provider.openai;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.RelayLists;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import java.util.List;
import java.util.Optional;

/** Reads one page of the account's videos: one call. */
record OpenAiList(Context context, Optional<String> after) implements Operation<Page> {
  @Override
  public Step<Page> begin() {
    var settings = OpenAiSettings.of(context);
    var uri = settings.list(context, RelayLists.PAGE_JOBS_MAX, after);
    var secrets = List.of(settings.credential(context));
    var call = new Call("GET", uri, List.of(), secrets, new Call.Body.None());
    return new Step.Send<>(call.with("Accept", "application/json"), new Step.NoState(), false);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(RelayLists.page(reply, context.now()));
  }
}
