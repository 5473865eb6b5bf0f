package dev.reelay.cli;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The process as the commands see it, given from outside so that tests can be one.
 *
 * @param variables the environment
 * @param workingFolder absolute; relative paths start from it
 * @param person the name under which the operator's decisions are kept
 * @param terminal the terminal in front of a person, if there is one
 * @param time clock and waiting
 */
public record Surroundings(
    Map<String, String> variables,
    Path workingFolder,
    String person,
    InputStream input,
    Terminal terminal,
    Time time) {
  public Surroundings {
    variables = Map.copyOf(variables);
  }

  /** A variable of the environment; one that is set to nothing counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
  }

  /**
   * Where a person sits, or does not.
   *
   * @param isThere whether lines can be redrawn and questions asked
   * @param askSecret reads a line without showing it; empty if there is none
   */
  public record Terminal(boolean isThere, Supplier<Optional<String>> askSecret) {
    public static final Terminal NONE = new Terminal(false, Optional::empty);
  }

  /**
   * Clock, waiting, and the wish to stop waiting.
   *
   * @param pause waits that long, or until the process ends
   */
  public record Time(InstantSource clock, Pause pause, Interrupts interrupts) {}

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void await(Duration length);
  }

  /** Tells of Ctrl-C and the like. */
  @FunctionalInterface
  public interface Interrupts {
    /** Runs the words when the process is interrupted before the registration is closed. */
    Registration whenInterrupted(Runnable words);
  }

  /** Ends with {@link #close}. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
