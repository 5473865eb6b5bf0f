package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.routing.SandboxCatalogue;
import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.RelayClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A model's price is edited a hundred times while its tasks run, over a real database. */
class RepricingTest {
  private static final int EDITS = 100;
  private static final int TASKS_PER_PRICE = 2;
  private static final int SECONDS_MAX = 3;
  private static final Duration FINAL_MAX = Duration.ofMinutes(2);

  private final SplittableRandom random = new SplittableRandom(6);

  /** What each task was promised, in micros, told apart from all that the relay keeps. */
  private final Map<String, Long> promised = new HashMap<>();

  @Test
  void every_charge_is_by_the_price_at_its_create() {
    try (var kit = new RelayKit()) {
      var client = kit.client(kit.tenant("repriced", "1000.00"), KeyLimits.NONE);
      for (var edit = 0; edit < EDITS; edit++) {
        var perSecond = Money.ofMicros(10_000L + random.nextInt(100_000));
        kit.setPrice(SandboxCatalogue.ALWAYS, new Price.PerSecond(Rates.flat(perSecond)));
        for (var n = 0; n < TASKS_PER_PRICE; n++) {
          create(client, perSecond);
        }
      }
      kit.database().awaitZero("select count(*) from task where finished_at is null", FINAL_MAX);

      assertThat(amounts(kit, "hold")).isEqualTo(promised);
      assertThat(amounts(kit, "settle")).isEqualTo(promised);
      assertThat(new JdbcReconcile(kit.database().source()).faults()).isEmpty();
    }
  }

  private void create(RelayClient client, Money perSecond) {
    var seconds = random.nextInt(1, SECONDS_MAX + 1);
    var body =
        RelayClient.cheap("[instant] a cat").replace("\"duration\":1", "\"duration\":" + seconds);
    var created = client.create(body);
    assertThat(created.status()).as(created::text).isEqualTo(200);
    var id = created.at("/id").replaceFirst(".*task_", "");
    promised.put(id, perSecond.micros() * seconds);
  }

  /** What was entered for each task. */
  private static Map<String, Long> amounts(RelayKit kit, String kind) {
    List<String> rows =
        kit.database()
            .texts(
                "select task_id || ' ' || abs(amount) from ledger_entry where kind = '"
                    + kind
                    + "'");
    return rows.stream()
        .map(row -> row.split(" "))
        .collect(Collectors.toMap(row -> row[0], row -> Long.valueOf(row[1])));
  }
}
