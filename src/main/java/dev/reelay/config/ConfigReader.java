package dev.reelay.config;

import dev.reelay.config.ConfigResult.Loaded;
import dev.reelay.config.ConfigResult.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the configuration. Later sources win: defaults, {@code reelay.yaml}, {@code REELAY_*}
 * variables, files named by {@code REELAY_*_FILE}. The file is the one given to {@link
 * #readWith(Path)} or named by {@code REELAY_CONFIG}, else {@code reelay.yaml} in the working
 * folder, else the one in the data directory, else none.
 */
public final class ConfigReader {
  static final String FILE_NAME = "reelay.yaml";

  private final Environment environment;
  private final Path workingFolder;

  /**
   * @param variables the environment of the process
   * @param workingFolder absolute; relative paths start from it
   */
  public ConfigReader(Map<String, String> variables, Path workingFolder) {
    this.environment = new Environment(variables, workingFolder);
    this.workingFolder = workingFolder;
  }

  /** Reads the configuration with the file that is found, or without one. */
  public ConfigResult read() {
    var named = environment.find(Environment.CONFIG).map(workingFolder::resolve);
    if (named.isPresent()) {
      return readWith(named.get());
    }
    var here = workingFolder.resolve(FILE_NAME);
    if (Files.exists(here)) {
      return readWith(here);
    }
    var inDataDir = dataDirWithoutFile().resolve(FILE_NAME);
    return Files.exists(inDataDir)
        ? readFoundByDataDir(inDataDir)
        : merge(Map.of(), new ArrayList<>());
  }

  /** Reads the configuration with this file, which must exist. */
  public ConfigResult readWith(Path file) {
    var problems = new ArrayList<String>();
    return merge(YamlFile.read(workingFolder.resolve(file), problems), problems);
  }

  private Path dataDirWithoutFile() {
    var dataDir = environment.find(Settings.DATA_DIR.variable());
    return workingFolder.resolve(dataDir.orElse(Settings.DATA_DIR.fallback())).normalize();
  }

  private ConfigResult readFoundByDataDir(Path file) {
    var problems = new ArrayList<String>();
    var texts = YamlFile.read(file, problems);
    if (texts.containsKey(Settings.DATA_DIR.key())) {
      problems.add("data-dir may not stand in " + file + ", which was found by it");
    }
    return merge(texts, problems);
  }

  private ConfigResult merge(Map<String, RawValue> fromFile, List<String> problems) {
    var texts = new HashMap<>(fromFile);
    texts.putAll(environment.read(problems));
    var values = new Values(texts, problems);
    var tree = new ConfigTree(values, workingFolder);
    tree.check();
    return problems.isEmpty()
        ? new Loaded(tree.build(), values.effective())
        : new Refused(problems);
  }
}
