package dev.reelay.cli;

import dev.reelay.access.Accounts;
import dev.reelay.access.IssueKey;
import dev.reelay.access.Keys;
import dev.reelay.access.RotateKey;
import dev.reelay.access.Tenants;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.CatalogueSource;
import dev.reelay.routing.ChannelProxies;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Costs;
import dev.reelay.routing.HealthBoard;
import dev.reelay.routing.Models;
import dev.reelay.routing.Need;
import dev.reelay.task.AdvanceTask;
import dev.reelay.task.Doubts;
import dev.reelay.task.Margins;
import dev.reelay.task.Refunds;
import dev.reelay.task.TaskStore;
import dev.reelay.webhook.Deliveries;
import dev.reelay.webhook.Endpoints;
import dev.reelay.webhook.RotateSecret;
import dev.reelay.webhook.SigningSecret;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What an operator can do, over one open database. Whatever changes through it is told to running
 * relays before {@link #close} returns.
 */
public record Desk(
    People people,
    Offer offer,
    Work work,
    Hooks hooks,
    Supplier<DatabaseFacts> database,
    Runnable closing)
    implements AutoCloseable {

  /** Customers, their keys and their money. */
  public record People(
      Tenants tenants, Accounts accounts, Keys keys, IssueKey issueKey, RotateKey rotateKey) {}

  /** What is sold, for how much, and who makes it. */
  public record Offer(
      Models models,
      Costs costs,
      CatalogueSource catalogue,
      Channels channels,
      ChannelProxies proxies,
      HealthBoard health,
      Adapters adapters) {}

  /**
   * What adapters declare of themselves.
   *
   * @param signsWithSecret whether the provider of that name signs callbacks with a secret that an
   *     operator can give
   */
  public record Adapters(Need.Lacks lacks, Predicate<String> signsWithSecret) {}

  /** Tasks and the books. */
  public record Work(
      TaskStore tasks,
      Doubts doubts,
      AdvanceTask advance,
      Refunds refunds,
      Margins margins,
      Supplier<Reconcile.Facts> books) {}

  /**
   * Who is told of events.
   *
   * @param secrets makes a new one
   */
  public record Hooks(
      Endpoints endpoints,
      Deliveries deliveries,
      RotateSecret rotateSecret,
      Supplier<SigningSecret> secrets) {}

  /**
   * What the database says of itself.
   *
   * @param now its clock
   * @param relaysAlive how many relays hold a lease in it
   */
  public record DatabaseFacts(String version, Instant now, int relaysAlive) {}

  @Override
  public void close() {
    closing.run();
  }
}
