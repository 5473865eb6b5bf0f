package dev.reelay.testkit;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A package of npm in a folder of its own under {@code target}, fetched once. Where node or npm is
 * missing, or cannot reach a registry, the test says so and is left out.
 */
public final class NodePackage {
  private final Path folder;

  private NodePackage(Path folder) {
    this.folder = folder;
  }

  /**
   * Fetches it unless it is there. No lock file is written: it would record where packages come
   * from.
   *
   * @param name such as {@code openai}
   * @param version a whole one
   */
  public static NodePackage of(String name, String version) throws IOException {
    var folder = Path.of("target", "npm", name.replaceAll("[^a-z]+", "-"), version);
    if (!Files.exists(folder.resolve("node_modules").resolve(name).resolve("package.json"))) {
      Files.createDirectories(folder);
      var command =
          List.of(
              "npm",
              "install",
              "--no-save",
              "--no-package-lock",
              "--no-audit",
              "--no-fund",
              name + "@" + version);
      assumeThat(Program.run(folder, Map.of(), command).code())
          .as("LEFT OUT: npm cannot install %s %s here", name, version)
          .isZero();
    }
    return new NodePackage(folder.toAbsolutePath());
  }

  /** Where scripts find the package. */
  public Path folder() {
    return folder;
  }

  /** A program of the package. */
  public String program(String name) {
    return folder.resolve("node_modules/.bin").resolve(name).toString();
  }
}
