package dev.reelay.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.money.Cost.Basis;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final Usage ASKED = Usage.of(5_000, Resolution.P720, true);
  private static final Ratio YUAN = Ratio.parse("0.14");
  private static final Price A_SECOND =
      new Price.PerSecond(
          new Rates(
              List.of(
                  new Rate(Optional.of(Resolution.P720), Optional.of(true), Money.parse("0.10")),
                  new Rate(Optional.of(Resolution.P720), Optional.of(false), Money.parse("0.08")),
                  new Rate(
                      Optional.of(Resolution.P720),
                      Optional.of(true),
                      Optional.of(true),
                      Money.parse("0.30")))));

  @Test
  void a_made_video_costs_what_the_rule_asks_for_the_facts() {
    var silent = Usage.of(4_000, Resolution.P720, false);

    assertThat(made(A_SECOND, ASKED, ASKED)).contains(byRule("0.50"));
    assertThat(made(A_SECOND, ASKED, silent)).contains(byRule("0.32"));
    assertThat(made(A_SECOND, ASKED.withReferences(true), ASKED)).contains(byRule("1.50"));
  }

  @Test
  void frames_beyond_what_was_asked_for_cost_nothing() {
    assertThat(made(A_SECOND, ASKED, Usage.of(5_042, Resolution.P720, true)))
        .contains(byRule("0.50"));
  }

  @Test
  void a_size_that_no_list_names_costs_what_was_asked_for() {
    assertThat(made(A_SECOND, ASKED, Usage.of(5_000, new Resolution(704), true)))
        .contains(byRule("0.50"));
  }

  @Test
  void what_the_provider_reports_comes_before_any_rule_and_is_converted_by_its_rate() {
    var facts = told(OptionalLong.empty(), "2.00");

    assertThat(Cost.ofMade(Optional.of(rule(A_SECOND, YUAN)), ASKED, facts))
        .contains(reported("0.28"));
    assertThat(Cost.ofMade(Optional.empty(), ASKED, facts)).contains(reported("2.00"));
    assertThat(made(new Price.ReportedCost(150, Money.parse("1")), ASKED, facts))
        .contains(reported("3.00"));
  }

  @Test
  void what_nobody_knows_is_unknown_and_not_nothing() {
    var tokens = new Price.PerToken(Money.parse("7"), 1_000_000);
    var unclear = new Usage(5_000, Optional.empty(), Optional.empty(), OptionalLong.empty(), NONE);

    assertThat(Cost.ofMade(Optional.empty(), ASKED, ASKED)).isEmpty();
    assertThat(made(tokens, ASKED, ASKED)).isEmpty();
    assertThat(made(new Price.ReportedCost(100, Money.parse("1")), ASKED, ASKED)).isEmpty();
    assertThat(made(A_SECOND, unclear, unclear)).isEmpty();
    assertThat(made(tokens, ASKED, told(OptionalLong.of(100_000), ""))).contains(byRule("0.70"));
  }

  @Test
  void a_failed_job_costs_only_what_the_provider_says_it_takes() {
    var units = new Price.PerUnit(Money.parse("0.14"), 100);

    assertThat(Cost.ofFailed(Optional.of(rule(A_SECOND, Ratio.ONE)), Bill.SILENT)).isEmpty();
    assertThat(Cost.ofFailed(Optional.empty(), Bill.ofUnits(OptionalLong.of(0))))
        .contains(reported("0"));
    assertThat(Cost.ofFailed(Optional.empty(), Bill.ofUnits(OptionalLong.of(3)))).isEmpty();
    assertThat(Cost.ofFailed(Optional.of(rule(units, Ratio.ONE)), Bill.ofUnits(OptionalLong.of(3))))
        .contains(byRule("0.42"));
    assertThat(
            Cost.ofFailed(Optional.of(rule(A_SECOND, Ratio.ONE)), Bill.ofUnits(OptionalLong.of(3))))
        .isEmpty();
    assertThat(Cost.ofFailed(Optional.empty(), Bill.ofCost(Optional.of(Money.parse("0.2")))))
        .contains(reported("0.20"));
  }

  @Test
  void a_number_beyond_all_reason_is_no_cost_and_stops_nothing() {
    var tokens = new Price.PerToken(Money.parse("70"), 1_000_000);
    var huge = told(OptionalLong.of(999_999_999_999_999_999L), "");
    var hold = new Hold(Money.parse("1"), snapshot(tokens));

    assertThat(made(tokens, ASKED, huge)).isEmpty();
    assertThat(hold.chargeFor(huge)).isEqualTo(Money.parse("1"));
  }

  @Test
  void what_to_expect_is_the_bound_of_what_only_the_end_will_tell() {
    var tokens = new Price.PerToken(Money.parse("7"), 200_000);

    assertThat(rule(A_SECOND, YUAN).expected(ASKED)).contains(Money.parse("0.07"));
    assertThat(rule(tokens, YUAN).expected(ASKED)).contains(Money.parse("0.196"));
    assertThat(rule(A_SECOND, YUAN).expected(Usage.of(1, Resolution.P4K, true))).isEmpty();
  }

  @Test
  void a_rate_is_exact_and_is_written_as_it_is_read() {
    for (var text : List.of("0.14", "1", "7.12", "25/178", "0.000001", "1/3")) {
      assertThat(Ratio.parse(text)).hasToString(text);
      assertThat(Ratio.parse(Ratio.parse(text).toString())).isEqualTo(Ratio.parse(text));
    }
    assertThat(Ratio.parse("1/7.12")).isEqualTo(new Ratio(25, 178));
    for (var text : List.of("0", "-1", "", "1/0", "1/2/3", "x", "1e3", "0.000000000001/999999")) {
      assertThatThrownBy(() -> Ratio.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatever_comes_back_a_cost_is_unknown_or_between_nothing_and_what_was_asked() {
    var seed = 20_261_126L;
    var random = new SplittableRandom(seed);
    for (var i = 0; i < 5_000; i++) {
      var a = Money.ofMicros(random.nextLong(10_000_000));
      var rate = new Ratio(1 + random.nextLong(1_000), 1 + random.nextLong(1_000));
      var price = random.nextBoolean() ? new Price.PerVideo(Rates.flat(a)) : perSecond(a);
      var rule = rule(price, rate);
      var facts = Usage.of(random.nextLong(20_000), Resolution.P720, random.nextBoolean());

      var cost = Cost.ofMade(Optional.of(rule), ASKED, facts).orElseThrow();

      assertThat(cost.basis()).isEqualTo(Basis.RULE);
      assertThat(cost.amount()).as("seed %d", seed).isBetween(Money.ZERO, expected(rule));
    }
  }

  @Test
  void a_rate_and_a_length_are_rounded_together() {
    var half = Usage.of(500, Resolution.P720, true);

    // 3 micros a second for half a second at half: 0.75 becomes 1, and 1 micro becomes 0.
    assertThat(Cost.ofMade(Optional.of(rule(perSecond(new Money(3)), HALF)), half, half))
        .contains(new Cost(new Money(1), Basis.RULE));
    assertThat(Cost.ofMade(Optional.of(rule(perSecond(new Money(1)), HALF)), half, half))
        .contains(new Cost(Money.ZERO, Basis.RULE));
  }

  private static final Ratio HALF = new Ratio(1, 2);
  private static final Optional<Money> NONE = Optional.empty();

  private static Price perSecond(Money amount) {
    return new Price.PerSecond(Rates.flat(amount));
  }

  private static Money expected(CostRule rule) {
    return rule.expected(ASKED).orElseThrow();
  }

  private static Optional<Cost> made(Price price, Usage asked, Usage facts) {
    return Cost.ofMade(Optional.of(rule(price, Ratio.ONE)), asked, facts);
  }

  private static CostRule rule(Price price, Ratio rate) {
    return new CostRule(1, "theirs", 1, price, rate);
  }

  private static PriceSnapshot snapshot(Price price) {
    return new PriceSnapshot(new PriceRule(1, "m", 1, price), Factors.ONE, ASKED);
  }

  private static Usage told(OptionalLong units, String cost) {
    var amount = cost.isEmpty() ? NONE : Optional.of(Money.parse(cost));
    return new Usage(5_000, Optional.of(Resolution.P720), Optional.of(true), units, amount);
  }

  private static Cost byRule(String amount) {
    return new Cost(Money.parse(amount), Basis.RULE);
  }

  private static Cost reported(String amount) {
    return new Cost(Money.parse(amount), Basis.REPORTED);
  }
}
