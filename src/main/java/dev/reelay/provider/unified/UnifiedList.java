package dev.reelay.provider.unified;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Page;
import dev.reelay.provider.RelayLists;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import java.net.URI;
import java.util.Optional;

/** Reads one page of the account's tasks, as Reelay lists them: one call. */
record UnifiedList(Context context, Optional<String> after) implements Operation<Page> {
  @Override
  public Step<Page> begin() {
    var call = Call.get(uri(), context.bearer()).with("Accept", "application/json");
    return new Step.Send<>(call, new Step.NoState(), false);
  }

  private URI uri() {
    var cursor = after.map(id -> "&after=" + UnifiedProvider.inQuery(id)).orElse("");
    return context.atVersion1("/v1/video/list?limit=" + RelayLists.PAGE_JOBS_MAX + cursor);
  }

  @Override
  public Step<Page> next(Step.State state, Reply reply) {
    return new Step.Done<>(RelayLists.page(reply, context.now()));
  }
}
