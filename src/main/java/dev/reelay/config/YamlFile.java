package dev.reelay.config;

import dev.reelay.config.Setting.Secrecy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads one {@code reelay.yaml} into texts with their lines. Values stay texts, so that YAML's own
 * guesses about types play no part; what is unknown, doubled or secret is a problem.
 */
final class YamlFile {
  private static final int FILE_BYTES_MAX = 256 * 1024;
  private static final int DEPTH_MAX = 4;
  private static final int VALUES_MAX = 1_000;
  private static final Map<String, Setting<?>> KNOWN =
      Settings.ALL.stream().collect(Collectors.toMap(Setting::key, setting -> setting));

  private final Path file;
  private final List<String> problems;
  private final Map<String, RawValue> values = new HashMap<>();
  private int seen;

  private YamlFile(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The values of the file by key; what is wrong with it is added to the problems. */
  static Map<String, RawValue> read(Path file, List<String> problems) {
    var reader = new YamlFile(file, problems);
    reader.read();
    return reader.values;
  }

  private void read() {
    var settings = LoadSettings.builder().setCodePointLimit(FILE_BYTES_MAX).build();
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        problems.add(file + " is larger than " + FILE_BYTES_MAX + " bytes");
        return;
      }
      new Compose(settings)
          .composeString(Files.readString(file))
          .ifPresent(root -> walk(root, "", 0));
    } catch (NoSuchFileException _) {
      problems.add(file + " does not exist");
    } catch (IOException e) {
      problems.add(file + " cannot be read: " + e.getClass().getSimpleName());
    } catch (MarkedYamlEngineException e) {
      // Not its message: that quotes the line, and with it whatever was pasted there.
      var line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.add(file + ":" + line + " is no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(file + " is no YAML that can be read here: " + e.getClass().getSimpleName());
    }
  }

  private void walk(Node node, String path, int depth) {
    seen++;
    if (depth > DEPTH_MAX || seen > VALUES_MAX) {
      if (seen <= VALUES_MAX + 1) {
        problems.add(at(node) + " is nested too deep, or the file has too many values");
      }
      return;
    }
    switch (node) {
      case MappingNode mapping -> walkMapping(mapping, path, depth);
      case SequenceNode sequence -> addList(sequence, path);
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> {
        if (!path.isEmpty()) {
          problems.add(path + " has no value in " + at(node));
        }
      }
      case ScalarNode scalar -> add(path, scalar.getValue().strip(), node);
      default -> problems.add(at(node) + " is neither a value nor a list nor keys with values");
    }
  }

  private void walkMapping(MappingNode mapping, String path, int depth) {
    for (var entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key) {
        walk(
            entry.getValueNode(),
            path.isEmpty() ? key.getValue() : path + "." + key.getValue(),
            depth + 1);
      } else {
        problems.add(at(entry.getKeyNode()) + " has a key that is no plain text");
      }
    }
  }

  private void addList(SequenceNode sequence, String path) {
    if (!sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      problems.add(at(sequence) + " has a list with something else than plain values in it");
      return;
    }
    var entries = sequence.getValue().stream().map(node -> ((ScalarNode) node).getValue());
    add(path, entries.collect(Collectors.joining(",")), sequence);
  }

  private void add(String path, String text, Node node) {
    var setting = KNOWN.get(path);
    if (path.isEmpty()) {
      problems.add(at(node) + " is no key with a value");
    } else if (setting == null) {
      var nearest = Nearest.to(path, KNOWN.keySet());
      problems.add(path + " in " + at(node) + " is unknown; nearest known: " + nearest);
    } else if (setting.secrecy() == Secrecy.SECRET) {
      problems.add(setting.key() + " is a secret and may not stand in " + at(node) + cure(setting));
    } else if (values.put(path, new RawValue(text, at(node))) != null) {
      problems.add(path + " in " + at(node) + " is there a second time");
    }
  }

  /** The end of a sentence about a secret in the wrong place. */
  static String cure(Setting<?> setting) {
    var file = setting.fileVariable().map(name -> " or " + name).orElse("");
    return "; set " + setting.variable() + file;
  }

  private Origin.Line at(Node node) {
    return new Origin.Line(file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0));
  }
}
