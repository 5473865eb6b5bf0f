package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real processes: what an operator meets when starting and stopping. */
@Tag("process")
class StartTest {
  @Test
  void smoke() {
    long t0=System.nanoTime();
    try (var home = RelayHome.used()) {
    System.out.println("used "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      var relay = home.start();
    System.out.println("start "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      var a = relay.client().create(RelayClient.cheap("[instant] x"), "k1");
      System.out.println(a);
      System.out.println(relay.client().awaitFinal(a.at("/id")));
    System.out.println("done "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      relay.kill();
    System.out.println("killed "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      relay = home.start();
    System.out.println("restart "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      relay.terminate();
    System.out.println("term "+(System.nanoTime()-t0)/1000000); t0=System.nanoTime();
      System.out.println(relay.report());
      assertThat(home.postgres()).isEmpty();
    }
  }
}
