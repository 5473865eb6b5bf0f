package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.TaskId;

/** What one process tells the others has changed in the database. */
public sealed interface Change {
  record OfTask(TaskId task) implements Change {}

  /** A provider called back: the owner of the task looks at it now. */
  record OfHint(TaskId task) implements Change {}

  /** API keys, tenants or plans. */
  record OfKeys() implements Change {}

  /** Models, aliases, prices, channels or credentials. */
  record OfCatalogue() implements Change {}

  /** The operator says that a channel is well. */
  record OfHealth(ChannelId channel) implements Change {}

  record OfAccount(TenantId tenant) implements Change {}

  /** Too much to name, or words of a later version: nothing in memory may be trusted. */
  record OfEverything() implements Change {}
}
