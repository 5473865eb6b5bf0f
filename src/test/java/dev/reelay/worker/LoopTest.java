package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopTest {
  private static final Duration LONG = Duration.ofDays(400_000);

  @Test
  void a_wake_makes_the_next_round_come_at_once() throws InterruptedException {
    var rounds = new SynchronousQueue<Integer>();
    var count = new AtomicInteger();
    try (var loop = new Loop("test", () -> passOn(rounds, count)).start()) {
      assertThat(rounds.take()).isEqualTo(1);

      loop.wake();

      assertThat(rounds.take()).isEqualTo(2);
    }
  }

  @Test
  void a_wake_during_a_round_is_not_lost() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var second = new CountDownLatch(1);
    var count = new AtomicInteger();
    Loop.Body body =
        () -> {
          if (count.incrementAndGet() == 1) {
            inside.countDown();
            await(goOn);
          } else {
            second.countDown();
          }
          return LONG;
        };
    try (var loop = new Loop("test", body).start()) {
      inside.await();
      loop.wake();
      goOn.countDown();

      assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_round_that_fails_is_followed_by_another() throws InterruptedException {
    var again = new CountDownLatch(1);
    var count = new AtomicInteger();
    Loop.Body body =
        () -> {
          if (count.incrementAndGet() == 1) {
            throw new StackOverflowError("as a broken body does");
          }
          again.countDown();
          return LONG;
        };
    try (var loop = new Loop("test", body).start()) {
      loop.wake();

      assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_closed_loop_has_ended_its_round_and_begins_no_other() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var ended = new AtomicInteger();
    var loop =
        new Loop(
                "test",
                () -> {
                  inside.countDown();
                  ended.incrementAndGet();
                  return LONG;
                })
            .start();
    inside.await();

    loop.close();
    loop.wake();
    loop.close();

    assertThat(ended).hasValue(1);
  }

  @Test
  void a_loop_that_never_began_can_be_closed() {
    var count = new AtomicInteger();

    new Loop("test", () -> LONG.plusNanos(count.incrementAndGet())).close();

    assertThat(count).hasValue(0);
  }

  private static Duration passOn(SynchronousQueue<Integer> rounds, AtomicInteger count) {
    try {
      rounds.put(count.incrementAndGet());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return LONG;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
