package dev.reelay.config;

import dev.reelay.config.Setting.Secrecy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@code REELAY_*} variables, and the files that {@code REELAY_*_FILE} variables name. */
final class Environment {
  static final String CONFIG = "REELAY_CONFIG";

  /** Read by the launcher or by single tools, not part of the configuration. */
  static final Set<String> RESERVED =
      Set.of(CONFIG, "REELAY_URL", "REELAY_JAVA_HOME", "REELAY_JAVA_OPTS", "REELAY_FFMPEG");

  private static final int SECRET_FILE_BYTES_MAX = 64 * 1024;

  private final Map<String, String> variables;
  private final Path workingFolder;

  Environment(Map<String, String> variables, Path workingFolder) {
    this.variables = Map.copyOf(variables);
    this.workingFolder = workingFolder;
  }

  /** The text of a variable; one that is set to nothing counts as not set. */
  Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
  }

  /** The values by key; what is wrong with them is added to the problems. */
  Map<String, RawValue> read(List<String> problems) {
    refuseUnknown(problems);
    var values = new HashMap<String, RawValue>();
    for (var setting : Settings.ALL) {
      value(setting, problems).ifPresent(raw -> values.put(setting.key(), raw));
    }
    return values;
  }

  private void refuseUnknown(List<String> problems) {
    var known = new TreeSet<>(RESERVED);
    for (var setting : Settings.ALL) {
      known.add(setting.variable());
      setting.fileVariable().ifPresent(known::add);
    }
    for (var name : new TreeMap<>(variables).keySet()) {
      if (name.startsWith(Setting.VARIABLE_PREFIX) && !known.contains(name)) {
        problems.add(
            "the variable " + name + " is unknown; nearest known: " + Nearest.to(name, known));
      }
    }
  }

  private Optional<RawValue> value(Setting<?> setting, List<String> problems) {
    var direct = find(setting.variable());
    var named = setting.fileVariable().filter(name -> find(name).isPresent());
    if (direct.isPresent() && named.isPresent()) {
      problems.add(setting.variable() + " and " + named.get() + " are both set; unset one of them");
      return Optional.empty();
    }
    if (named.isPresent()) {
      return fileContent(named.get(), problems);
    }
    // An empty secret is a script gone wrong; going on without it would hide that.
    if (setting.secrecy() == Secrecy.SECRET && setToNothing(setting.variable())) {
      problems.add(setting.variable() + " is set but empty");
    }
    return direct.map(text -> new RawValue(text.strip(), new Origin.Variable(setting.variable())));
  }

  private boolean setToNothing(String name) {
    return variables.containsKey(name) && find(name).isEmpty();
  }

  private Optional<RawValue> fileContent(String variable, List<String> problems) {
    var file = workingFolder.resolve(find(variable).orElseThrow().strip());
    var origin = new Origin.NamedFile(variable, file);
    try {
      if (Files.size(file) > SECRET_FILE_BYTES_MAX) {
        problems.add(origin + " is larger than " + SECRET_FILE_BYTES_MAX + " bytes");
        return Optional.empty();
      }
      var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        problems.add(origin + " is empty");
        return Optional.empty();
      }
      return Optional.of(new RawValue(text, origin));
    } catch (NoSuchFileException _) {
      problems.add(origin + " does not exist");
    } catch (IOException e) {
      problems.add(origin + " cannot be read: " + e.getClass().getSimpleName());
    }
    return Optional.empty();
  }
}
