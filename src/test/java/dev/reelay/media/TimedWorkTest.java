package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that may never end. */
@Timeout(30)
class TimedWorkTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Semaphore interrupted = new Semaphore(0);

  @AfterEach
  void end() {
    end.countDown();
  }

  @Test
  void what_the_work_gives_is_given_on() {
    var work = new TimedWork(LONG, 1);

    assertThat(work.of(() -> Optional.of(1))).contains(1);
    assertThat(work.of(Optional::empty)).isEmpty();
  }

  @Test
  void work_that_takes_all_memory_or_the_whole_stack_gives_nothing() {
    var work = new TimedWork(LONG, 3);

    assertThat(work.of(() -> thrown(new OutOfMemoryError("a picture")))).isEmpty();
    assertThat(work.of(() -> thrown(new StackOverflowError()))).isEmpty();
  }

  @Test
  void endless_work_is_interrupted_and_left_alone_and_takes_no_more_than_its_places()
      throws InterruptedException {
    var work = new TimedWork(SHORT, 2);

    assertThat(work.of(this::endless)).isEmpty();
    assertThat(work.of(this::endless)).isEmpty();

    assertThat(interrupted.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    assertThat(work.of(() -> Optional.of(1))).isEmpty();
  }

  @Test
  void who_is_interrupted_waits_no_longer() {
    var work = new TimedWork(LONG, 1);

    Thread.currentThread().interrupt();

    assertThat(work.of(this::endless)).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
  }

  /** As a decoder in a loop: an interrupt does not end it. */
  private Optional<Integer> endless() {
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        interrupted.release();
      }
    }
    return Optional.empty();
  }

  private static Optional<Integer> thrown(Error error) {
    throw error;
  }
}
