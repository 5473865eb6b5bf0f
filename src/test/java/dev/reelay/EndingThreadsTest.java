package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of threads that may be busy. */
@Timeout(30)
class EndingThreadsTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void work_that_heeds_an_interrupt_has_ended_afterwards() throws InterruptedException {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    executor.execute(this::work);
    begun.await();

    new EndingThreads(executor, LONG).close();

    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void work_that_heeds_none_does_not_keep_the_node_from_stopping() throws InterruptedException {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    executor.execute(this::stubbornWork);
    begun.await();

    new EndingThreads(executor, SHORT).close();

    assertThat(executor.isShutdown()).isTrue();
    assertThat(executor.isTerminated()).isFalse();
    end.countDown();
  }

  private void work() {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stubbornWork() {
    begun.countDown();
    boolean isOver = false;
    while (!isOver) {
      try {
        end.await();
        isOver = true;
      } catch (InterruptedException e) {
        // As a decoder in the middle of its work.
        isOver = false;
      }
    }
  }
}
