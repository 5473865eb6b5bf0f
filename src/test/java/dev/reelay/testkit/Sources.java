package dev.reelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository's own files, for the tests that read them. */
public final class Sources {
  public static final Path ROOT = Path.of("").toAbsolutePath();
  public static final Path MAIN = ROOT.resolve("src/main/java/dev/reelay");

  private Sources() {}

  /** One text file and its path from the root. */
  public record Source(Path path, List<String> lines) {
    public String name() {
      return ROOT.relativize(path).toString();
    }

    public String text() {
      return String.join("\n", lines);
    }
  }

  public static List<Source> java(String folder) {
    return files(folder, ".java");
  }

  public static List<Source> files(String folder, String ending) {
    try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
      return paths
          .filter(path -> path.toString().endsWith(ending))
          .filter(path -> !path.toString().contains("/target/"))
          .sorted()
          .map(Sources::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Source read(Path path) {
    try {
      return new Source(path, Files.readAllLines(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
