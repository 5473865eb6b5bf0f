package dev.reelay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PriceTest {
  private static final Ratio PLAIN = new Ratio(1, 1);
  private static final Usage FIVE_SECONDS = Usage.of(5_000, Resolution.P720, false);
  private static final Usage UNKNOWN =
      new Usage(5_000, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());

  @Test
  void references_have_the_price_that_was_asked_for_whatever_the_facts_say() {
    var rates =
        new Rates(
            List.of(
                Rate.flat(new Money(100)),
                new Rate(Optional.empty(), Optional.empty(), Optional.of(true), new Money(300)),
                new Rate(
                    Optional.of(Resolution.P4K),
                    Optional.empty(),
                    Optional.of(true),
                    new Money(900))));
    var rule = new PriceRule(1, "m", 1, new Price.PerSecond(rates));
    var facts = Usage.of(2_000, Resolution.P720, false);

    var plain = Quote.hold(rule, Factors.ONE, FIVE_SECONDS).orElseThrow();
    var given = Quote.hold(rule, Factors.ONE, FIVE_SECONDS.withReferences(true)).orElseThrow();

    assertThat(plain.max()).isEqualTo(new Money(500));
    assertThat(given.max()).isEqualTo(new Money(1_500));
    assertThat(plain.chargeFor(facts)).isEqualTo(new Money(200));
    assertThat(given.chargeFor(facts)).isEqualTo(new Money(600));
  }

  @Test
  void seconds_are_charged_to_the_millisecond() {
    var price = new Price.PerSecond(Rates.flat(new Money(100_000)));

    assertThat(price.amountFor(Usage.of(4_321, Resolution.P720, false), PLAIN))
        .contains(new Money(432_100));
  }

  @Test
  void a_plan_factor_and_a_length_are_rounded_together() {
    // 3 micros a second for half a second at half price: 0.75 -> 1. Rounded in between: 2 * 0.5 =
    // 1;
    // and 1 micro: 0.25 -> 0, in between it would be 1 * 0.5 -> 1.
    var price = new Price.PerSecond(Rates.flat(new Money(1)));

    assertThat(price.amountFor(Usage.of(500, Resolution.P720, false), new Ratio(1, 2)))
        .contains(Money.ZERO);
  }

  @Test
  void the_line_with_the_most_conditions_wins() {
    var price =
        new Price.PerVideo(
            new Rates(
                List.of(
                    Rate.flat(new Money(9)),
                    new Rate(Optional.of(Resolution.P720), Optional.empty(), new Money(2)),
                    new Rate(Optional.of(Resolution.P720), Optional.of(true), new Money(3)))));

    assertThat(price.amountFor(FIVE_SECONDS, PLAIN)).contains(new Money(2));
    assertThat(price.amountFor(Usage.of(1, Resolution.P720, true), PLAIN)).contains(new Money(3));
    assertThat(price.amountFor(Usage.of(1, Resolution.P4K, true), PLAIN)).contains(new Money(9));
    assertThat(price.amountFor(UNKNOWN, PLAIN)).contains(new Money(9));
  }

  @Test
  void a_table_without_a_line_for_it_has_no_price() {
    var rates =
        new Rates(List.of(new Rate(Optional.of(Resolution.P4K), Optional.empty(), new Money(2))));

    assertThat(new Price.PerVideo(rates).amountFor(FIVE_SECONDS, PLAIN)).isEmpty();
    assertThat(Quote.hold(rule(new Price.PerVideo(rates)), Factors.ONE, FIVE_SECONDS)).isEmpty();
    assertThatThrownBy(() -> new Rates(List.of(Rate.flat(Money.ZERO), Rate.flat(Money.ZERO))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokens_units_and_reported_cost_hold_their_bound_and_settle_on_what_is_said() {
    var tokens = hold(new Price.PerToken(new Money(2_000_000), 500_000));
    var units = hold(new Price.PerUnit(new Money(10), 7));
    var cost = hold(new Price.ReportedCost(150, new Money(1_000)));

    assertThat(List.of(tokens.max(), units.max(), cost.max()))
        .containsExactly(new Money(1_000_000), new Money(70), new Money(1_000));
    assertThat(tokens.chargeFor(said(250_000, 0))).isEqualTo(new Money(500_000));
    assertThat(units.chargeFor(said(3, 0))).isEqualTo(new Money(30));
    assertThat(cost.chargeFor(said(0, 301))).isEqualTo(new Money(452));
    assertThat(cost.chargeFor(UNKNOWN)).isEqualTo(new Money(1_000));
  }

  @Test
  void a_settlement_uses_the_snapshot_and_its_factor() {
    var price = new Price.PerSecond(Rates.flat(new Money(100)));
    var hold = Quote.hold(rule(price), Factors.ofPlan(1_500_000), FIVE_SECONDS).orElseThrow();

    assertThat(hold.max()).isEqualTo(new Money(750));
    assertThat(hold.chargeFor(Usage.of(4_000, Resolution.P720, false))).isEqualTo(new Money(600));
  }

  @Test
  void facts_without_a_line_are_charged_as_what_was_asked_for() {
    var rates =
        new Rates(List.of(new Rate(Optional.of(Resolution.P720), Optional.empty(), new Money(2))));
    var hold = hold(new Price.PerVideo(rates));

    assertThat(hold.chargeFor(Usage.of(5_000, Resolution.P1080, false))).isEqualTo(new Money(2));
  }

  @Test
  void whatever_comes_back_the_charge_is_never_above_the_hold_and_the_rest_is_released() {
    var seed = 20_261_123L;
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 2_000; i++) {
      var price = new Price.PerSecond(Rates.flat(new Money(random.nextLong(1_000_000))));
      var factor = random.nextLong(3_000_000);
      var hold = Quote.hold(rule(price), Factors.ofPlan(factor), FIVE_SECONDS).orElseThrow();
      var facts = Usage.of(random.nextLong(20_000), Resolution.P720, random.nextBoolean());

      var closing = Closing.settle(hold, facts);

      assertThat(closing.charged().plus(closing.released()))
          .as("seed %d", seed)
          .isEqualTo(hold.max());
      assertThat(closing.charged().isNegative() || closing.released().isNegative()).isFalse();
      assertThat(closing.entries().stream().filter(LedgerEntry::closes).count())
          .isEqualTo(hold.max().isZero() ? 0 : 1);
    }
  }

  @Test
  void a_hold_is_closed_by_one_entry_whatever_the_charge() {
    var hold = hold(new Price.PerSecond(Rates.flat(new Money(100))));

    assertThat(Closing.settle(hold, FIVE_SECONDS).entries())
        .extracting(LedgerEntry::kind)
        .containsExactly(EntryKind.SETTLE);
    assertThat(Closing.settle(hold, Usage.of(0, Resolution.P720, false)).entries())
        .extracting(LedgerEntry::kind, LedgerEntry::closes)
        .containsExactly(tuple(EntryKind.RELEASE, true));
    assertThat(Closing.release(hold, "failed").entries())
        .extracting(LedgerEntry::kind, LedgerEntry::closes)
        .containsExactly(tuple(EntryKind.RELEASE, true));
    assertThat(Closing.open(hold(new Price.PerVideo(Rates.flat(Money.ZERO))))).isEmpty();
  }

  private static PriceRule rule(Price price) {
    return new PriceRule(1, "m", 1, price);
  }

  private static Hold hold(Price price) {
    return Quote.hold(rule(price), Factors.ONE, FIVE_SECONDS).orElseThrow();
  }

  private static Usage said(long units, long cost) {
    return new Usage(
        5_000,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(units),
        Optional.of(new Money(cost)));
  }
}
