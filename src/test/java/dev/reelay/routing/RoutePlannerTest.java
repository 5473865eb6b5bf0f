package dev.reelay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.CostRule;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.money.Ratio;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.RoutePlanner.Ask;
import dev.reelay.routing.RoutePlanner.Outlook;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which account a task may go to. */
class RoutePlannerTest {
  private static final ModelName MODEL = new ModelName("sora-2");
  private static final CredentialId FIRST = new CredentialId(1);
  private static final CredentialId SECOND = new CredentialId(2);

  @Test
  void a_pinned_task_goes_to_its_own_account_and_nowhere_else() {
    var all = plan(Set.of());

    var only = all.only(new ChannelId(2), SECOND);

    assertThat(all.candidates()).hasSize(6);
    assertThat(only.candidates()).hasSize(1);
    assertThat(only.candidates().getFirst().channel().id()).isEqualTo(new ChannelId(2));
    assertThat(only.candidates().getFirst().credential()).isEqualTo(SECOND);
    assertThat(only.reasons()).anyMatch(reason -> reason.contains("remix"));
  }

  @Test
  void a_pin_on_an_account_that_is_gone_leads_nowhere() {
    assertThat(plan(Set.of()).only(new ChannelId(2), new CredentialId(9)).candidates()).isEmpty();
    assertThat(plan(Set.of()).only(new ChannelId(9), FIRST).candidates()).isEmpty();
    assertThat(plan(Set.of(new ChannelId(2))).only(new ChannelId(2), FIRST).candidates()).isEmpty();
  }

  @Test
  void what_is_out_of_use_is_waited_for_and_its_reason_told() {
    var route = plan(outage(2, new Standing.OutOfUse("no answer", Duration.ofSeconds(12))));

    assertThat(route.candidates()).extracting(c -> c.channel().id().value()).doesNotContain(2L);
    assertThat(route.waiting()).extracting(c -> c.channel().id().value()).containsOnly(2L);
    assertThat(route.reasons())
        .contains(
            "channel 2: out of use, priority 0, weight 1,"
                + " back in 12 s at the soonest (no answer)");
  }

  @Test
  void a_pinned_task_waits_for_its_own_account_while_others_are_well() {
    var route =
        plan(outage(2, new Standing.OutOfUse("no answer", Duration.ofSeconds(12))))
            .only(new ChannelId(2), SECOND);

    assertThat(route.candidates()).isEmpty();
    assertThat(route.waiting()).extracting(c -> c.credential()).containsExactly(SECOND);
    assertThat(route.isEmpty()).isFalse();
  }

  @Test
  void a_probe_goes_before_its_equals_and_never_before_higher_ones() {
    var due = outage(2, new Standing.ProbeDue("no answer"));
    var among = plan(due);
    var higher = channel(3, new Channel.Weight(1, 1));
    var below =
        RoutePlanner.plan(catalogue(List.of(channel(1), channel(2), higher)), ask(Set.of()), due);

    assertThat(among.candidates().getFirst().channel().id()).isEqualTo(new ChannelId(2));
    assertThat(below.candidates().getFirst().channel().id()).isEqualTo(new ChannelId(3));
    assertThat(below.candidates().get(2).channel().id()).isEqualTo(new ChannelId(2));
  }

  @Test
  void a_channel_that_cannot_take_a_picture_is_left_out_and_says_so() {
    var route = plan(lacking(2, Need.LAST_FRAME), Need.LAST_FRAME);

    assertThat(route.all()).extracting(c -> c.channel().id().value()).doesNotContain(2L);
    assertThat(route.reasons()).contains("channel 2: cannot take a last frame");
  }

  @Test
  void a_channel_without_a_seed_comes_after_those_with_one() {
    var route = plan(lacking(2, Need.SEED), Need.SEED);
    var unasked = plan(lacking(2, Need.SEED));

    assertThat(route.candidates().getLast().channel().id()).isEqualTo(new ChannelId(2));
    assertThat(route.candidates()).hasSize(6);
    assertThat(route.reasons()).contains("channel 2: usable, priority 0, weight 1, without a seed");
    assertThat(unasked.candidates()).isEqualTo(plan(Set.of()).candidates());
  }

  @Test
  void a_channel_left_out_does_not_change_the_order_of_the_others() {
    var all = ids(plan(Set.of()));
    all.removeIf(id -> id == 2L);

    assertThat(ids(plan(Set.of(new ChannelId(2))))).isEqualTo(all);
  }

  @Test
  void channels_are_drawn_by_weight() {
    var channels =
        List.of(
            channel(1, new Channel.Weight(0, 1)),
            channel(2, new Channel.Weight(0, 2)),
            channel(3, new Channel.Weight(0, 7)));
    var first = new HashMap<Long, Integer>();
    for (var seed = 0; seed < 10_000; seed++) {
      var ask = new Ask(MODEL, Set.of(), Set.of(), seed * 31L);
      var route = RoutePlanner.plan(catalogue(channels), ask, Outlook.FAIR);
      first.merge(route.candidates().getFirst().channel().id().value(), 1, Integer::sum);
    }

    assertThat(first.get(1L)).isBetween(900, 1_100);
    assertThat(first.get(2L)).isBetween(1_850, 2_150);
    assertThat(first.get(3L)).isBetween(6_800, 7_200);
  }

  @Test
  void a_task_remembers_who_was_chosen_and_who_had_no_room() {
    var route = plan(Set.of(new ChannelId(3)));
    var chosen = route.candidates().get(2);

    var why = route.why(chosen, List.of("channel x"));

    assertThat(why).startsWith("to " + chosen.channel().name() + " as theirs by credential ");
    assertThat(why).contains("no room now: channel x", "channel 3: already tried for this task");
  }

  @Test
  void where_the_cheapest_is_preferred_it_goes_first_whatever_the_weights() {
    var dear = channel(1, new Channel.Weight(0, 1_000));
    var unknown = channel(2, new Channel.Weight(0, 1_000));
    var cheap = channel(3, new Channel.Weight(0, 1));
    var higher = channel(4, new Channel.Weight(1, 1));
    var costs = Map.of(key(1), cost("0.30"), key(3), cost("0.10"), key(4), cost("9"));

    var route = route(Preference.CHEAPEST, List.of(dear, unknown, cheap, higher), costs);

    assertThat(ids(route)).containsExactly(4L, 3L, 1L, 2L);
    assertThat(route.reasons())
        .containsExactly(
            "of equal ones the cheapest goes first",
            "channel 1: usable, priority 0, weight 1000, costs 1.50",
            "channel 2: usable, priority 0, weight 1000, cost unknown",
            "channel 3: usable, priority 0, weight 1, costs 0.50",
            "channel 4: usable, priority 1, weight 1, costs 45.00");
  }

  @Test
  void equally_cheap_ones_are_drawn_by_weight_and_an_ailing_one_is_not_cheap() {
    var channels = Stream.of(1, 2, 3).map(RoutePlannerTest::channel).toList();
    var same = Map.of(key(1), cost("1"), key(2), cost("1"), key(3), cost("1"));
    var ask = ask(Set.of()).withUsage(ASKED);
    var out = outage(2, new Standing.OutOfUse("no answer", Duration.ofSeconds(12)));
    var cheapestOut = Map.of(key(2), cost("0.1"), key(3), cost("1"), key(1), cost("2"));

    var drawn = RoutePlanner.plan(catalogue(Preference.WEIGHT, channels, same), ask, Outlook.FAIR);
    var equal =
        RoutePlanner.plan(catalogue(Preference.CHEAPEST, channels, same), ask, Outlook.FAIR);
    var ailing = RoutePlanner.plan(catalogue(Preference.CHEAPEST, channels, cheapestOut), ask, out);

    assertThat(ids(equal)).isEqualTo(ids(drawn));
    assertThat(ids(ailing)).containsExactly(3L, 1L);
    assertThat(ailing.waiting()).extracting(c -> c.channel().id().value()).containsOnly(2L);
  }

  @Test
  void costs_are_told_and_change_nothing_where_weight_is_preferred() {
    var channels = Stream.of(1, 2, 3).map(RoutePlannerTest::channel).toList();

    var told = route(Preference.WEIGHT, channels, Map.of(key(3), cost("0.02")));

    assertThat(told.candidates()).isEqualTo(plan(Set.of()).candidates());
    assertThat(told.reasons())
        .containsExactly(
            "channel 1: usable, priority 0, weight 1",
            "channel 2: usable, priority 0, weight 1",
            "channel 3: usable, priority 0, weight 1, costs 0.10");
  }

  private static final Usage ASKED = Usage.of(5_000, Resolution.P720, false);

  private static CostKey key(int channel) {
    return new CostKey(new ChannelId(channel), "theirs");
  }

  private static CostRule cost(String perSecond) {
    var price = new Price.PerSecond(Rates.flat(Money.parse(perSecond)));
    return new CostRule(1, "theirs", 1, price, Ratio.ONE);
  }

  private static RoutePlanner.Route route(
      Preference preference, List<Channel> channels, Map<CostKey, CostRule> costs) {
    var ask = ask(Set.of()).withUsage(ASKED);
    return RoutePlanner.plan(catalogue(preference, channels, costs), ask, Outlook.FAIR);
  }

  private static Catalogue catalogue(
      Preference preference, List<Channel> channels, Map<CostKey, CostRule> costs) {
    var can = SandboxCatalogue.models().getFirst().capability();
    var models = Map.of(MODEL, new Model(MODEL, can, preference));
    return new Catalogue(models, Map.of(), Map.of(), channels, costs);
  }

  private static List<Long> ids(RoutePlanner.Route route) {
    return new ArrayList<>(
        route.candidates().stream().map(c -> c.channel().id().value()).distinct().toList());
  }

  private static Outlook outage(int id, Standing standing) {
    return new Outlook(
        c -> c.channel().id().value() == id ? standing : new Standing.InUse(), Need.Lacks.NOTHING);
  }

  private static Outlook lacking(int id, Need need) {
    return new Outlook(_ -> new Standing.InUse(), c -> c.value() == id ? Set.of(need) : Set.of());
  }

  private static Ask ask(Set<Need> needs) {
    return new Ask(MODEL, Set.of(), needs, 7);
  }

  private static RoutePlanner.Route plan(Outlook outlook, Need... needs) {
    var channels = Stream.of(1, 2, 3).map(RoutePlannerTest::channel).toList();
    return RoutePlanner.plan(catalogue(channels), ask(Set.of(needs)), outlook);
  }

  private static RoutePlanner.Route plan(Set<ChannelId> tried) {
    var channels = Stream.of(1, 2, 3).map(RoutePlannerTest::channel).toList();
    return RoutePlanner.plan(catalogue(channels), new Ask(MODEL, tried, Set.of(), 7), Outlook.FAIR);
  }

  private static Catalogue catalogue(List<Channel> channels) {
    return new Catalogue(Map.of(), Map.of(), Map.of(), channels);
  }

  private static Channel channel(int id) {
    return channel(id, Channel.Weight.DEFAULT);
  }

  private static Channel channel(int id, Channel.Weight weight) {
    return new Channel(
        new ChannelId(id),
        "channel " + id,
        "openai",
        URI.create("https://up.example"),
        true,
        weight,
        Channel.Limits.DEFAULT,
        Map.of(MODEL, "theirs"),
        Map.of(),
        List.of(FIRST, SECOND));
  }
}
