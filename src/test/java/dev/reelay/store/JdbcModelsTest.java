package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rate;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.routing.Alias;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Preference;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcModelsTest {
  private static final ModelName NAME = new ModelName("film-1");
  private static final Model MODEL =
      new Model(
          NAME,
          new Capability(
              List.of(5, 10),
              List.of(Resolution.P720, Resolution.P4K),
              List.of(AspectRatio.PORTRAIT, new AspectRatio(21, 9)),
              List.of(true, false),
              new Capability.Pictures(true, true, 3, true)));

  private final StoreKit kit = new StoreKit();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void a_model_comes_back_as_it_was_saved_and_changes_by_name() {
    kit.models.save(MODEL);
    var first = kit.catalogue.load().find(NAME);
    var shorter =
        new Model(
            NAME,
            new Capability(
                List.of(5),
                List.of(Resolution.P480),
                List.of(AspectRatio.SQUARE),
                List.of(false),
                Capability.Pictures.NONE));

    kit.models.save(shorter);

    assertThat(first).contains(MODEL);
    assertThat(kit.catalogue.load().find(NAME)).contains(shorter);
    assertThat(kit.models.remove(NAME)).isTrue();
    assertThat(kit.models.remove(NAME)).isFalse();
    assertThat(kit.catalogue.load()).isEqualTo(Catalogue.EMPTY);
  }

  @Test
  void what_a_model_prefers_is_kept() {
    var cheapest = new Model(NAME, MODEL.capability(), Preference.CHEAPEST);

    kit.models.save(MODEL);
    var usual = kit.catalogue.load().find(NAME).orElseThrow().preference();
    kit.models.save(cheapest);

    assertThat(usual).isEqualTo(Preference.WEIGHT);
    assertThat(kit.catalogue.load().find(NAME)).contains(cheapest);
  }

  @Test
  void an_alias_keeps_the_order_of_its_targets() {
    var alias = new Alias(new ModelName("film"), List.of(NAME, new ModelName("a,\"b\\")));

    kit.models.saveAlias(alias);

    assertThat(kit.catalogue.load().aliases().get(alias.name())).isEqualTo(alias);
    assertThat(kit.models.removeAlias(alias.name())).isTrue();
    assertThat(kit.models.removeAlias(alias.name())).isFalse();
  }

  @Test
  void every_kind_of_price_comes_back_exactly() {
    var table =
        new Rates(
            List.of(
                Rate.flat(Money.ofMicros(1)),
                new Rate(Optional.of(Resolution.P1080), Optional.of(true), Money.parse("0.123456")),
                new Rate(
                    Optional.empty(), Optional.empty(), Optional.of(true), Money.parse("0.2"))));
    var prices =
        List.<Price>of(
            new Price.PerVideo(table),
            new Price.PerSecond(table),
            new Price.PerToken(Money.parse("3"), 500_000),
            new Price.PerUnit(Money.parse("0.01"), 80),
            new Price.ReportedCost(120, Money.parse("9")));

    for (var price : prices) {
      kit.models.setPrice(NAME, price);

      var now = kit.catalogue.load().price(NAME).orElseThrow();
      assertThat(now.price()).isEqualTo(price);
    }

    assertThat(kit.models.priceHistory(NAME))
        .extracting(version -> version.rule().version())
        .containsExactly(5, 4, 3, 2, 1);
    assertThat(kit.models.priceHistory(NAME).getFirst().validFrom()).isEqualTo(kit.clock.instant());
  }

  @Test
  void a_price_of_a_kind_from_the_future_is_not_guessed() {
    kit.execute("alter table price_rule drop constraint price_rule_kind_check");
    kit.execute(
        """
        insert into price_rule (model, version, kind, body, valid_from, created_at)
        values ('film-1', 1, 'per_dream', '{}', now(), now())\
        """);

    assertThatThrownBy(kit.catalogue::load)
        .isInstanceOf(StoreBroken.class)
        .hasMessageContaining("per_dream");
  }

  @Test
  void a_catalogue_that_cannot_be_loaded_leaves_the_last_one_in_force() {
    var away = new AtomicBoolean();
    var cache =
        CatalogueCache.open(
            () -> {
              if (away.get()) {
                throw new StoreUnavailable("away", new IllegalStateException());
              }
              return kit.catalogue.load();
            });
    kit.models.save(MODEL);
    cache.changed(new Change.OfCatalogue());
    away.set(true);

    assertThatThrownBy(cache::refresh).isInstanceOf(StoreUnavailable.class);
    assertThat(cache.get().find(NAME)).contains(MODEL);
  }
}
