package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.config.ConfigResult.Loaded;
import dev.reelay.config.ConfigResult.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A working folder, an environment, and what reading the configuration gives there. */
final class ConfigKit {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  ConfigKit(Path folder) {
    this.folder = folder;
  }

  ConfigKit set(String name, String value) {
    variables.put(name, value);
    return this;
  }

  ConfigKit yaml(String text) {
    return file("reelay.yaml", text);
  }

  ConfigKit file(String name, String text) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfigReader reader() {
    return new ConfigReader(variables, folder);
  }

  Loaded loaded() {
    var result = reader().read();
    assertThat(result).isInstanceOf(Loaded.class);
    return (Loaded) result;
  }

  Config config() {
    return loaded().config();
  }

  List<String> problems() {
    var result = reader().read();
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).problems();
  }

  /** The value in force and its origin, the working folder left out. */
  String effective(String key) {
    var value =
        loaded().values().stream().filter(v -> v.key().equals(key)).findFirst().orElseThrow();
    return value.value() + " <- " + value.origin().replace(folder + "/", "");
  }
}
