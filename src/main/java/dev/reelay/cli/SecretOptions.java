package dev.reelay.cli;

import dev.reelay.access.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * Where a provider's secret comes from. Never an argument: those are seen by everyone on the
 * machine and kept in histories.
 */
final class SecretOptions {
  static final int SECRET_BYTES_MAX = 64 * 1024;
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--credential-file",
      paramLabel = "FILE",
      description = "The file that holds the provider's secret; - reads standard input.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--credential-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that holds it. On a terminal, leave both out.")
  private Optional<String> variable = Optional.empty();

  boolean isEmpty() {
    return file.isEmpty() && variable.isEmpty();
  }

  /**
   * The secret, without white space around it.
   *
   * @throws Refusal if there is none
   */
  Secret read(Surroundings surroundings) {
    return new Source("--credential", file, variable).read(surroundings);
  }

  /**
   * Where a secret stands.
   *
   * @param option how the two options that say so begin
   */
  record Source(String option, Optional<String> file, Optional<String> variable) {
    /**
     * The secret, without white space around it.
     *
     * @throws Refusal if there is none
     */
    Secret read(Surroundings surroundings) {
      if (file.isPresent() && variable.isPresent()) {
        throw Refusal.usage("say " + option + "-file or " + option + "-env, not both");
      }
      var text =
          file.isPresent()
              ? fromFile(surroundings, file.get())
              : variable.isPresent()
                  ? fromVariable(surroundings, variable.get())
                  : asked(surroundings);
      if (text.isBlank()) {
        throw Refusal.usage("the secret is empty");
      }
      return new Secret(text.strip());
    }

    private String asked(Surroundings surroundings) {
      if (!surroundings.terminal().isThere()) {
        throw Refusal.usage(
            "say where the secret is: %1$s-file FILE or %1$s-env VARIABLE".formatted(option));
      }
      return surroundings.terminal().askSecret().get().orElse("");
    }
  }

  private static String fromVariable(Surroundings surroundings, String name) {
    return surroundings
        .variable(name)
        .orElseThrow(() -> Refusal.usage("the environment variable " + name + " is not set"));
  }

  private static String fromFile(Surroundings surroundings, String name) {
    try {
      return name.equals(STANDARD_INPUT)
          ? text(surroundings.input().readNBytes(SECRET_BYTES_MAX + 1), "standard input")
          : fileText(surroundings.workingFolder().resolve(name));
    } catch (IOException e) {
      throw Refusal.usage("standard input cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** The text of a small file that holds a secret. */
  static String fileText(Path path) {
    try (var input = Files.newInputStream(path)) {
      return text(input.readNBytes(SECRET_BYTES_MAX + 1), path.toString());
    } catch (NoSuchFileException _) {
      throw Refusal.usage("there is no file " + path);
    } catch (IOException e) {
      throw Refusal.usage(path + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static String text(byte[] bytes, String where) {
    if (bytes.length > SECRET_BYTES_MAX) {
      throw Refusal.usage(where + " is larger than " + SECRET_BYTES_MAX + " bytes: no secret");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
