package dev.reelay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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

  private static RoutePlanner.Route plan(Set<ChannelId> tried) {
    var channels = Stream.of(1, 2, 3).map(RoutePlannerTest::channel).toList();
    return RoutePlanner.plan(
        new Catalogue(Map.of(), Map.of(), Map.of(), channels), MODEL, tried, 7);
  }

  private static Channel channel(int id) {
    return new Channel(
        new ChannelId(id),
        "channel " + id,
        "openai",
        URI.create("https://up.example"),
        true,
        Channel.Weight.DEFAULT,
        Channel.Limits.DEFAULT,
        Map.of(MODEL, "theirs"),
        Map.of(),
        List.of(FIRST, SECOND));
  }
}
