package dev.reelay.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * The PostgreSQL programs on the class path: one archive for each operating system and processor.
 *
 * @param resource the archive's name on the class path
 * @param version the release, such as 18.6.0
 */
record Bundle(String resource, String version) {
  private static final String VERSION_FILE = "bundle.properties";

  /** The bundle for this machine. */
  static Bundle ofThisMachine() {
    var platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
    var names = List.of(platform + ".txz", platform + "-alpine_linux.txz");
    return names.stream()
        .filter(name -> Bundle.class.getResource("/" + name) != null)
        .findFirst()
        .map(name -> new Bundle(name, versionOnClassPath()))
        .orElseThrow(() -> new EmbeddedPostgresException(missing(platform)));
  }

  /** The name that the archives carry, for instance {@code postgres-linux-x86_64}. */
  static String platform(String osName, String osArch) {
    var os = osName.toLowerCase(Locale.ROOT);
    var system = os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : os;
    var processor =
        switch (osArch.toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          case "ppc64le" -> "ppc64le_64";
          default -> osArch;
        };
    return "postgres-" + system + "-" + processor;
  }

  /** The first number of the release; a cluster can only be opened by the same one. */
  String major() {
    return version.split("\\.")[0];
  }

  /** The release as PostgreSQL itself writes it: 18.6 for the bundle 18.6.0. */
  String serverVersion() {
    var parts = version.split("\\.");
    return parts[0] + "." + parts[1];
  }

  /** The bytes of the archive. */
  InputStream open() {
    var stream = Bundle.class.getResourceAsStream("/" + resource);
    if (stream == null) {
      throw new EmbeddedPostgresException(resource + " is not on the class path any more");
    }
    return stream;
  }

  private static String missing(String platform) {
    return """
        this build has no bundled PostgreSQL for this machine (%s); build Reelay on \
        a machine of this kind, or set REELAY_DATABASE_URL to a PostgreSQL server\
        """
        .formatted(platform);
  }

  private static String versionOnClassPath() {
    var properties = new Properties();
    try (var stream = Bundle.class.getResourceAsStream(VERSION_FILE)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot read " + VERSION_FILE + ": " + e, e);
    }
    var version = properties.getProperty("version", "");
    if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new EmbeddedPostgresException(
          VERSION_FILE + " holds no version ('" + version + "'): build the jar with Maven");
    }
    return version;
  }
}
