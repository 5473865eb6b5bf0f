package dev.reelay.cli;

import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import dev.reelay.config.ConfigResult.Loaded;
import dev.reelay.config.ConfigResult.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which configuration a command works with. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration file; otherwise REELAY_CONFIG or ./reelay.yaml.")
  private Optional<Path> file = Optional.empty();

  ConfigResult read(Surroundings surroundings) {
    var reader = new ConfigReader(surroundings.variables(), surroundings.workingFolder());
    return file.map(reader::readWith).orElseGet(reader::read);
  }

  /**
   * The configuration, if it holds.
   *
   * @throws Refusal with every problem, one a line
   */
  Loaded require(Surroundings surroundings) {
    return switch (read(surroundings)) {
      case Loaded loaded -> loaded;
      case Refused(List<String> problems) ->
          throw Refusal.usage("the configuration does not hold: " + String.join("\n  ", problems));
    };
  }
}
