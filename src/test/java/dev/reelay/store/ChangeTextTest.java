package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.TaskId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeTextTest {
  private static final TaskId TASK = new TaskId("01k6x15vhrff09dkkqjrzwhm60");

  @Test
  void every_change_comes_back() {
    var changes =
        List.<Change>of(
            new Change.OfTask(TASK),
            new Change.OfHint(TASK),
            new Change.OfHealth(new ChannelId(7)),
            new Change.OfKeys(),
            new Change.OfCatalogue(),
            new Change.OfAccount(new TenantId(17)),
            new Change.OfEverything());

    var payloads = ChangeText.write("node-1", changes);

    assertThat(payloads).hasSize(1);
    assertThat(ChangeText.read(payloads.getFirst()))
        .isEqualTo(new ChangeText.Notice("node-1", changes));
  }

  @Test
  void many_changes_become_several_payloads_of_less_than_8000_bytes() {
    var changes = IntStream.range(0, 1_000).<Change>mapToObj(_ -> new Change.OfTask(TASK)).toList();

    var payloads = ChangeText.write("node-1", changes);

    assertThat(payloads).hasSizeGreaterThan(3).allMatch(payload -> payload.length() < 8_000);
    assertThat(payloads.stream().mapToInt(p -> ChangeText.read(p).changes().size()).sum())
        .isEqualTo(1_000);
  }

  @Test
  void words_that_are_not_understood_count_as_everything() {
    var everything = new ChangeText.Notice("x", List.of(new Change.OfEverything()));

    assertThat(ChangeText.read("x\nz9")).isEqualTo(everything);
    assertThat(ChangeText.read("x\nt-not-an-id")).isEqualTo(everything);
    assertThat(ChangeText.read("x\naNaN")).isEqualTo(everything);
    assertThat(ChangeText.read("").changes()).isEmpty();
  }
}
