package dev.reelay;

import dev.reelay.cli.Surroundings;
import dev.reelay.cli.Surroundings.Registration;
import dev.reelay.cli.Surroundings.Terminal;
import dev.reelay.cli.Surroundings.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** This process as the command line sees it. */
final class ThisProcess {
  private ThisProcess() {}

  static Surroundings surroundings(Map<String, String> variables, InstantSource clock) {
    return new Surroundings(
        variables,
        Path.of("").toAbsolutePath(),
        Optional.ofNullable(variables.get("USER")).orElse(System.getProperty("user.name", "?")),
        System.in,
        terminal(),
        new Time(clock, ThisProcess::await, ThisProcess::whenInterrupted));
  }

  private static Terminal terminal() {
    return Optional.ofNullable(System.console())
        .filter(console -> console.isTerminal())
        .map(
            console ->
                new Terminal(
                    true,
                    () ->
                        Optional.ofNullable(console.readPassword("secret: ")).map(String::valueOf)))
        .orElse(Terminal.NONE);
  }

  private static void await(Duration length) {
    try {
      var ended = new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS);
      assert !ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Registration whenInterrupted(Runnable words) {
    var hook = Thread.ofPlatform().name("interrupted").unstarted(words);
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The process is ending, and the words are being said.
      }
    };
  }
}
