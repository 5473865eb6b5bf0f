package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Output;
import dev.reelay.task.Task;
import dev.reelay.task.TaskEvent;
import dev.reelay.task.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Prices are edited all the time, before and while tasks run. */
class PriceEditsTest {
  private static final int TASKS = 1_000;
  private static final int EDITS = 100;
  private static final String RICH = "rich-key-with-twenty-characters";
  private static final String BODY = "{'model':'sora-2-all','prompt':'a cat','duration':10}";

  private final ApiKit kit = new ApiKit();
  private final SplittableRandom random = new SplittableRandom(6);
  private Money current = Money.ZERO;
  private int edits;

  /** What a task was promised, told apart from all that the relay keeps. */
  private record Promise(String id, Money perSecond) {}

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void every_charge_is_by_the_price_at_its_create_and_at_most_the_hold() {
    kit.addKey(RICH, Money.parse("100000"), Optional.empty(), OptionalInt.empty());
    var open = new ArrayList<Promise>();
    var ended = new ArrayList<Promise>();
    for (int n = 0; n < TASKS; n++) {
      if (n % (TASKS / EDITS) == 0) {
        edit();
      }
      open.add(create());
      if (random.nextInt(2) == 0) {
        ended.add(finish(open.remove(random.nextInt(open.size()))));
      }
    }
    edit();
    List.copyOf(open).forEach(promise -> ended.add(finish(promise)));

    assertThat(edits).isEqualTo(EDITS + 1);
    assertThat(ended).hasSize(TASKS);
    assertThat(ended.stream().map(Promise::perSecond).collect(Collectors.toSet()))
        .hasSizeGreaterThan(EDITS / 2);
  }

  private void edit() {
    edits++;
    var price = new Money(10_000L + random.nextInt(500_000));
    var prices = new HashMap<ModelName, PriceRule>();
    for (var model : kit.catalogue.models().keySet()) {
      var rule = new Price.PerSecond(Rates.flat(price));
      prices.put(model, new PriceRule(edits, model.value(), edits, rule));
    }
    var now = kit.catalogue;
    kit.catalogue = new Catalogue(now.models(), now.aliases(), prices, now.channels());
    current = price;
  }

  private Promise create() {
    var reply = kit.postAs(RICH, ApiKit.CREATE, BODY);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return new Promise(ApiKit.json(reply).path("id").asString(), current);
  }

  /** Ends it with a video that is shorter or longer than was asked for, and looks at the charge. */
  private Promise finish(Promise promise) {
    var id = ApiKit.taskId(promise.id());
    long millis = 1_000L + random.nextInt(20_000);
    var asset = kit.asset(new AssetId(id.value()));
    var output = new Output(asset, Optional.empty(), Optional.empty());
    kit.finish(id, new TaskEvent.Stored(output, Usage.of(millis, Resolution.P720, false)));

    Task task = kit.task(id);
    var held = promise.perSecond().micros() * task.request().shape().seconds();
    var byFacts = (promise.perSecond().micros() * millis + 500) / 1_000;
    assertThat(task.hold().max().micros()).isEqualTo(held);
    assertThat(task.state())
        .isInstanceOfSatisfying(
            TaskState.Succeeded.class,
            done -> assertThat(done.charged().micros()).isEqualTo(Math.min(held, byFacts)));
    return promise;
  }
}
