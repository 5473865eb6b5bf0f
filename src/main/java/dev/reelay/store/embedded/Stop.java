package dev.reelay.store.embedded;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a server: fast and in order first, and the hard way when that takes too long. */
final class Stop {
  private static final Duration FAST_MAX = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration HARD_MAX = Duration.ofSeconds(10);

  private final Installation installation;

  Stop(Installation installation) {
    this.installation = installation;
  }

  /** Returns when the process is gone; does nothing if it is gone already. */
  void stop(Postmaster postmaster) {
    if (isGone(postmaster, Duration.ZERO)) {
      return;
    }
    ask("fast", FAST_MAX);
    if (!isGone(postmaster, HARD_MAX)) {
      ask("immediate", HARD_MAX);
    }
    if (!isGone(postmaster, HARD_MAX)) {
      throw new EmbeddedPostgresException(
          "PostgreSQL (process " + postmaster.pid() + ") does not stop: " + programOutput());
    }
  }

  /** Its exit code is not read: whether the process is gone says it better. */
  private void ask(String mode, Duration longest) {
    var command =
        List.of(
            installation.program("pg_ctl"),
            "stop",
            "--mode=" + mode,
            "--timeout=" + longest.toSeconds(),
            "--pgdata=" + installation.layout().cluster());
    Program.run(
        installation.runAs().command(command),
        installation.layout().programLog(),
        longest.plus(HARD_MAX));
  }

  private String programOutput() {
    return Program.tail(installation.layout().programLog());
  }

  private static boolean isGone(Postmaster postmaster, Duration longest) {
    for (long step = longest.dividedBy(STEP); step > 0; step--) {
      var process = postmaster.process();
      if (process.isEmpty() || ends(process.get())) {
        return true;
      }
    }
    return postmaster.process().isEmpty();
  }

  private static boolean ends(ProcessHandle process) {
    try {
      process.onExit().get(STEP.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new EmbeddedPostgresException("cannot wait for PostgreSQL", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException("interrupted while PostgreSQL stops", e);
    }
  }
}
