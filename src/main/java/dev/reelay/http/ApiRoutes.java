package dev.reelay.http;

import dev.reelay.http.dialect.FileUpload;
import dev.reelay.http.dialect.newapi.NewApiVideos;
import dev.reelay.http.dialect.newapi.PriceList;
import dev.reelay.http.dialect.openai.OpenAiContent;
import dev.reelay.http.dialect.openai.OpenAiList;
import dev.reelay.http.dialect.openai.OpenAiVideos;
import dev.reelay.http.dialect.unified.UnifiedEdits;
import dev.reelay.http.dialect.unified.UnifiedEvents;
import dev.reelay.http.dialect.unified.UnifiedList;
import dev.reelay.http.dialect.unified.UnifiedOffers;
import dev.reelay.http.dialect.unified.UnifiedQuery;
import dev.reelay.http.dialect.unified.UnifiedRequests;
import dev.reelay.http.docs.DocsPages;
import dev.reelay.http.webhook.DeliveryRequests;
import dev.reelay.http.webhook.EndpointRequests;
import dev.reelay.http.webhook.FeedRequests;
import java.util.List;
import java.util.stream.Stream;

/** Every route that clients have. */
public final class ApiRoutes {
  private static final String CALLBACK = "/callback/{task}/{attempt}/{secret}";

  private final Unified unified;
  private final OpenAi openAi;
  private final NewApi newApi;
  private final Webhooks webhooks;
  private final Common common;
  private final PublishedTexts texts = new PublishedTexts();
  private final DocsPages docs = new DocsPages();

  /** The handlers of the unified format. */
  public record Unified(
      UnifiedRequests changes,
      UnifiedQuery queries,
      UnifiedEvents events,
      UnifiedList lists,
      UnifiedOffers offers,
      UnifiedEdits edits) {}

  /** The handlers of OpenAI's Videos API. */
  public record OpenAi(OpenAiVideos videos, OpenAiList list, OpenAiContent content) {}

  /** The handlers of new-api's own routes. */
  public record NewApi(NewApiVideos videos, PriceList prices) {}

  /** The handlers of what tenants are told by themselves. */
  public record Webhooks(
      EndpointRequests endpoints, DeliveryRequests deliveries, FeedRequests feed) {}

  /** The handlers that belong to no format. */
  public record Common(
      ModelList models,
      Billing billing,
      ResultFiles files,
      FileUpload uploads,
      Health health,
      Callbacks callbacks) {}

  public ApiRoutes(
      Unified unified, OpenAi openAi, NewApi newApi, Webhooks webhooks, Common common) {
    this.unified = unified;
    this.openAi = openAi;
    this.newApi = newApi;
    this.webhooks = webhooks;
    this.common = common;
  }

  /** The rows, each with its refusals in the shape of the clients. */
  public List<Route> rows(ErrorMapper errors) {
    // Each also for base URLs without the version.
    var all =
        Stream.of(
                unified(""),
                unified("/v1"),
                openAi(""),
                openAi("/v1"),
                newApi(""),
                newApi("/v1"),
                webhooks(webhooks),
                common(""),
                common("/v1"),
                alone())
            .flatMap(rows -> rows);
    return all.map(
            row ->
                new Route(row.method(), row.pattern(), row.isOpen(), errors.around(row.handler())))
        .toList();
  }

  private Stream<Route> unified(String version) {
    return Stream.of(
        Route.post(version + "/video/create", unified.changes()::create),
        Route.get(version + "/video/query", unified.queries()::query),
        Route.get(version + "/video/list", unified.lists()::list),
        Route.get(version + "/video/events", unified.events()::events),
        Route.get(version + "/video/models", unified.offers()::models),
        Route.post(version + "/video/quote", unified.offers()::quote),
        Route.post(version + "/video/cancel", unified.changes()::cancel),
        Route.post(version + "/video/extend", unified.edits()::extend));
  }

  /** Fixed paths win over those with a parameter. */
  private Stream<Route> openAi(String version) {
    var videos = openAi.videos();
    return Stream.of(
        Route.post(version + "/videos", videos::create),
        Route.get(version + "/videos", openAi.list()::list),
        Route.post(version + "/videos/edits", videos::edit),
        Route.post(version + "/videos/extensions", videos::extend),
        Route.post(version + "/videos/characters", videos::characters),
        Route.get(version + "/videos/characters/{id}", videos::characters),
        Route.get(version + "/videos/{id}", videos::get),
        Route.delete(version + "/videos/{id}", videos::delete),
        Route.get(version + "/videos/{id}/content", openAi.content()::content),
        Route.post(version + "/videos/{id}/remix", videos::remix));
  }

  private Stream<Route> newApi(String version) {
    return Stream.of(
        Route.post(version + "/video/generations", newApi.videos()::create),
        Route.get(version + "/video/generations/{id}", newApi.videos()::get));
  }

  /** These have one spelling: no client had them before us. */
  public static Stream<Route> webhooks(Webhooks webhooks) {
    var endpoints = webhooks.endpoints();
    var deliveries = webhooks.deliveries();
    return Stream.of(
        Route.post("/v1/webhooks/endpoints", endpoints::create),
        Route.get("/v1/webhooks/endpoints", endpoints::list),
        Route.get("/v1/webhooks/endpoints/{id}", endpoints::show),
        Route.post("/v1/webhooks/endpoints/{id}", endpoints::change),
        Route.delete("/v1/webhooks/endpoints/{id}", endpoints::remove),
        Route.post("/v1/webhooks/endpoints/{id}/rotate", endpoints::rotate),
        Route.post("/v1/webhooks/endpoints/{id}/test", endpoints::test),
        Route.post("/v1/webhooks/endpoints/{id}/replay", endpoints::replay),
        Route.get("/v1/webhooks/callback", endpoints::callback),
        Route.post("/v1/webhooks/callback/rotate", endpoints::rotateCallback),
        Route.get("/v1/webhooks/deliveries", deliveries::list),
        Route.get("/v1/webhooks/deliveries/{id}", deliveries::show),
        Route.post("/v1/webhooks/deliveries/{id}/replay", deliveries::replay),
        Route.get("/v1/webhooks/feed", webhooks.feed()::read));
  }

  private Stream<Route> common(String version) {
    return Stream.of(
        Route.get(version + "/dashboard/billing/subscription", common.billing()::subscription),
        Route.get(version + "/dashboard/billing/usage", common.billing()::usage));
  }

  private Stream<Route> alone() {
    return Stream.of(
        Route.post("/sora/v1/characters", unified.edits()::characters),
        Route.get("/v1/models", common.models()::list),
        Route.get("/api/pricing", newApi.prices()::list),
        Route.get("/api/usage/token", common.billing()::token),
        Route.get("/files/{asset}/{name}", common.files()::file),
        Route.post("/api/upload", common.uploads()::upload),
        // Providers call by any method.
        Route.post(CALLBACK, common.callbacks()::heard).closed(),
        Route.get(CALLBACK, common.callbacks()::heard).closed(),
        new Route("PUT", CALLBACK, false, common.callbacks()::heard),
        Route.get("/openapi.yaml", texts::contract),
        Route.get("/llms.txt", texts::guide),
        Route.get("/docs", docs::front).closed(),
        Route.get("/docs/{page}", docs::page).closed(),
        Route.get("/healthz", common.health()::alive).closed(),
        Route.get("/readyz", common.health()::ready).closed());
  }
}
