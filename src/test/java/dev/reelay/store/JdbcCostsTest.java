package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.Secret;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.money.Ratio;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.Costs.CostVersion;
import dev.reelay.routing.Costs.NewCost;
import dev.reelay.routing.ModelName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcCostsTest {
  private static final String THEIRS = "kling-v3";
  private static final Price A_SECOND = new Price.PerSecond(Rates.flat(Money.parse("0.6")));
  private static final Price A_VIDEO = new Price.PerVideo(Rates.flat(Money.parse("3")));
  private static final Ratio YUAN = Ratio.parse("1/7.12");

  private final StoreKit kit = new StoreKit();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void what_a_provider_asks_comes_back_exactly_and_for_its_channel_alone() {
    var one = channel("one");
    var other = channel("other");

    kit.costs.set(List.of(cost(one, A_SECOND, Optional.empty())));

    var known = kit.catalogue.load();
    var rule = known.cost(one, THEIRS).orElseThrow();
    assertThat(rule.price()).isEqualTo(A_SECOND);
    assertThat(rule.exchange()).isEqualTo(YUAN);
    assertThat(rule.version()).isEqualTo(1);
    assertThat(known.cost(other, THEIRS)).isEmpty();
    assertThat(known.cost(one, "another")).isEmpty();
  }

  @Test
  void a_change_is_a_version_that_begins_when_it_is_said_to() {
    var channel = channel("one");
    var later = kit.clock.instant().plus(Duration.ofDays(1));
    kit.costs.set(List.of(cost(channel, A_SECOND, Optional.empty())));
    kit.costs.set(List.of(cost(channel, A_VIDEO, Optional.of(later))));

    var before = kit.catalogue.load().cost(channel, THEIRS).orElseThrow();
    kit.clock.move(Duration.ofDays(1));
    var after = kit.catalogue.load().cost(channel, THEIRS).orElseThrow();

    assertThat(before.price()).isEqualTo(A_SECOND);
    assertThat(after.price()).isEqualTo(A_VIDEO);
    assertThat(kit.costs.history(new CostKey(channel, THEIRS)))
        .extracting(CostVersion::validFrom)
        .containsExactly(later, later.minus(Duration.ofDays(1)));
  }

  @Test
  void costs_are_set_all_together_or_not_at_all() {
    var channel = channel("one");
    var nowhere = new ChannelId(Long.MAX_VALUE);

    assertThatThrownBy(
            () ->
                kit.costs.set(
                    List.of(
                        cost(channel, A_SECOND, Optional.empty()),
                        cost(nowhere, A_SECOND, Optional.empty()))))
        .isInstanceOf(RuntimeException.class);

    assertThat(kit.catalogue.load().costs()).isEmpty();
  }

  @Test
  void the_database_refuses_what_no_cost_or_factor_can_be() {
    kit.tenant("acme");
    var channel = channel("one").value();

    for (var wrong :
        List.of(
            "update tenant set factor_millionths = -1",
            "update tenant set factor_millionths = 1000000001",
            "update plan set factor_millionths = 1000000001",
            "insert into model (name, capability, preference, created_at)"
                + " values ('m', '{}', 'best', now())",
            insert(channel, "per_video", 0, 1),
            insert(channel, "per_video", 1, -1),
            insert(channel, "per_dream", 1, 1))) {
      assertThatThrownBy(() -> kit.execute(wrong)).as(wrong).hasMessageContaining("check");
    }
    kit.execute(insert(channel, "per_video", 1, 1));
  }

  private static String insert(long channel, String kind, int above, int below) {
    return """
    insert into cost_rule (channel_id, upstream_model, version, kind, body, exchange_numerator,
      exchange_denominator, valid_from, created_at)
    values (%d, 'm', 1, '%s', '{}', %d, %d, now(), now())\
    """
        .formatted(channel, kind, above, below);
  }

  private NewCost cost(ChannelId channel, Price price, Optional<Instant> from) {
    return new NewCost(new CostKey(channel, THEIRS), price, YUAN, from);
  }

  private ChannelId channel(String name) {
    var wanted =
        new Channels.NewChannel(
            name,
            "unified",
            URI.create("https://relay.example"),
            Channels.Terms.DEFAULT,
            Map.of(new ModelName("film"), THEIRS),
            Map.of());
    var added = kit.channels.add(wanted, "main", new Secret("sk-1234567890"));
    return ((Channels.Addition.Added) added).id();
  }
}
