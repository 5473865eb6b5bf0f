package dev.reelay.cli;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.reelay.config.Config;
import dev.reelay.config.MasterKeyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What doctor asks of the machine and the configuration, before any database. */
final class MachineChecks {
  private static final int JDK_MIN = 25;
  private static final long MIB = 1L << 20;
  private static final Set<PosixFilePermission> DIRECTORY_RIGHTS =
      EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
  private static final Set<PosixFilePermission> FILE_RIGHTS = EnumSet.of(OWNER_READ, OWNER_WRITE);
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.%]*:[0-9A-Za-z:.%]*");

  private final Config config;
  private final int jdk;

  /**
   * @param jdk the feature number of the running Java
   */
  MachineChecks(Config config, int jdk) {
    this.config = config;
    this.jdk = jdk;
  }

  Stream<Finding> run() {
    return Stream.of(
        java(), dataDirectory(), masterKey(), disk(), publicUrl(), proxies(), declaredKey());
  }

  private Finding java() {
    return jdk >= JDK_MIN
        ? Finding.fine("java", "Java " + jdk)
        : Finding.problem(
            "java",
            "Java " + jdk + " runs this",
            "install a JDK " + JDK_MIN + " and set REELAY_JAVA_HOME to it");
  }

  private Finding dataDirectory() {
    var folder = config.dataDir();
    if (!Files.exists(folder)) {
      return Finding.fine("data_directory", folder + " will be made by the first start");
    }
    if (!Files.isDirectory(folder)) {
      return Finding.problem(
          "data_directory", folder + " is no folder", "choose another one with REELAY_DATA_DIR");
    }
    if (!Files.isWritable(folder)) {
      return Finding.problem(
          "data_directory",
          folder + " cannot be written by this user",
          "run as its owner, or change its owner with chown");
    }
    return onlyOwner(folder, DIRECTORY_RIGHTS)
        ? Finding.fine("data_directory", folder + " is its owner's alone")
        : Finding.problem(
            "data_directory", folder + " is open to other users", "run: chmod 700 " + folder);
  }

  private Finding masterKey() {
    var file = config.dataDir().resolve(MasterKeyFile.NAME);
    if (config.masterKey().isPresent()) {
      return Finding.fine("master_key", "given by the configuration");
    }
    if (!Files.exists(file)) {
      return config.database() instanceof Config.Database.External
          ? Finding.warning(
              "master_key",
              "none is set, and " + file + " does not exist",
              "if this database was used before, set REELAY_MASTER_KEY_FILE to its master key")
          : Finding.fine("master_key", file + " will be made by the first start");
    }
    return onlyOwner(file, FILE_RIGHTS)
        ? Finding.fine("master_key", file + " is its owner's alone; keep a copy elsewhere")
        : Finding.problem("master_key", file + " is open to others", "run: chmod 600 " + file);
  }

  private Finding disk() {
    var place = existing(config.results().folder());
    var needed = config.results().minFreeBytes();
    try {
      var free = Files.getFileStore(place).getUsableSpace();
      var text = free / MIB + " MiB are free at " + place;
      if (free < needed) {
        return Finding.problem(
            "disk",
            text + ", less than " + needed / MIB + " MiB: creates are refused",
            "make room, or set REELAY_RESULT_RETENTION shorter");
      }
      return free < needed + config.results().resultMaxBytes()
          ? Finding.warning(
              "disk",
              text + ": room for less than one largest result",
              "make room before creates are refused")
          : Finding.fine("disk", text);
    } catch (IOException e) {
      return Finding.problem(
          "disk", "the room at " + place + " cannot be read: " + e.getMessage(), "check the disk");
    }
  }

  private Finding publicUrl() {
    if (config.edge().publicUrl().isPresent()) {
      return Finding.fine("public_url", config.edge().publicUrl().get().toString());
    }
    return isLoopback(config.edge().bind())
        ? Finding.fine("public_url", "not needed: it listens on this machine only")
        : Finding.warning(
            "public_url",
            "it listens for others and has no public address: results are linked by whatever"
                + " address the caller used",
            "set REELAY_PUBLIC_URL, such as https://relay.example");
  }

  private Finding proxies() {
    if (isLoopback(config.edge().bind())) {
      return config.edge().publicUrl().isPresent() && config.edge().trustedProxies().isEmpty()
          ? Finding.warning(
              "proxies",
              "a proxy seems to stand in front, and none is trusted: every caller has its address",
              "set REELAY_TRUSTED_PROXIES to it, such as 127.0.0.1")
          : Finding.fine("proxies", "as configured");
    }
    return config.edge().trustedProxies().isEmpty()
        ? Finding.warning(
            "proxies",
            "it listens on "
                + config.edge().bind()
                + " without a trusted proxy: keys travel"
                + " unencrypted unless TLS ends elsewhere",
            "bind to 127.0.0.1 behind a proxy with TLS, or name it in REELAY_TRUSTED_PROXIES")
        : Finding.fine("proxies", config.edge().trustedProxies().size() + " trusted");
  }

  private Finding declaredKey() {
    return config.declaredKey().isPresent()
        ? Finding.warning(
            "declared_key",
            "a key is declared by REELAY_API_KEY: it has no limits unless they were set",
            "for people, issue keys with reelay key create; limit this one with reelay key limit")
        : Finding.fine("declared_key", "none");
  }

  /** Names are not resolved: a check that waits for a name server helps nobody. */
  private static boolean isLoopback(String bind) {
    return LITERAL.matcher(bind).matches()
        ? InetAddress.ofLiteral(bind).isLoopbackAddress()
        : bind.equals("localhost");
  }

  private static boolean onlyOwner(Path path, Set<PosixFilePermission> allowed) {
    try {
      return allowed.containsAll(Files.getPosixFilePermissions(path));
    } catch (UnsupportedOperationException _) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static Path existing(Path path) {
    var place = path;
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }
}
