package dev.reelay.http;

import dev.reelay.http.dialect.unified.UnifiedEvents;
import dev.reelay.http.dialect.unified.UnifiedList;
import dev.reelay.http.dialect.unified.UnifiedOffers;
import dev.reelay.http.dialect.unified.UnifiedQuery;
import dev.reelay.http.dialect.unified.UnifiedRequests;
import java.util.List;
import java.util.stream.Stream;

/** Every route that clients have, on one screen. */
public final class ApiRoutes {
  private final Unified video;
  private final ModelList models;
  private final Billing billing;
  private final ResultFiles files;
  private final Health health;

  /** The handlers of the unified format. */
  public record Unified(
      UnifiedRequests changes,
      UnifiedQuery queries,
      UnifiedEvents events,
      UnifiedList lists,
      UnifiedOffers offers) {}

  public ApiRoutes(
      Unified video, ModelList models, Billing billing, ResultFiles files, Health health) {
    this.video = video;
    this.models = models;
    this.billing = billing;
    this.files = files;
    this.health = health;
  }

  /** The rows, each with its refusals in the shape of the clients. */
  public List<Route> rows(ErrorMapper errors) {
    return Stream.of(
            Route.post("/v1/video/create", video.changes()::create),
            Route.get("/v1/video/query", video.queries()::query),
            Route.get("/v1/video/list", video.lists()::list),
            Route.get("/v1/video/events", video.events()::events),
            Route.get("/v1/video/models", video.offers()::models),
            Route.post("/v1/video/quote", video.offers()::quote),
            Route.post("/v1/video/cancel", video.changes()::cancel),
            // The same for base URLs without the version.
            Route.post("/video/create", video.changes()::create),
            Route.get("/video/query", video.queries()::query),
            Route.get("/v1/models", models::list),
            Route.get("/v1/dashboard/billing/subscription", billing::subscription),
            Route.get("/v1/dashboard/billing/usage", billing::usage),
            Route.get("/dashboard/billing/subscription", billing::subscription),
            Route.get("/dashboard/billing/usage", billing::usage),
            Route.get("/api/usage/token", billing::token),
            Route.get("/files/{asset}/{name}", files::file),
            Route.get("/healthz", health::alive).closed(),
            Route.get("/readyz", health::ready).closed())
        .map(
            row ->
                new Route(row.method(), row.pattern(), row.isOpen(), errors.around(row.handler())))
        .toList();
  }
}
