package dev.reelay.store.embedded;

import dev.reelay.access.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Everything on disk that a server needs before it can start.
 *
 * @param bundle which PostgreSQL
 * @param layout where things lie
 * @param runAs as whom it runs
 * @param programs the unpacked programs
 * @param password of the owner of the database
 */
record Installation(Bundle bundle, Layout layout, RunAs runAs, Path programs, Secret password) {
  static final String FOLDER = "postgres";

  /** Finds it in the data directory, or makes what is missing. */
  static Installation prepare(EmbeddedSettings settings, RunAsChoice choice) {
    var bundle = Bundle.ofThisMachine();
    var own = settings.data().folder(FOLDER);
    var runAs = choice.choose(own);
    var layout = Layout.of(own, runAs, choice.accountHome());
    makeReachable(layout);
    var programs = Unpacker.unpack(bundle, layout.programs());
    var password = new Cluster(bundle, layout, runAs).open(programs, settings.random());
    return new Installation(bundle, layout, runAs, programs, password);
  }

  /**
   * A service account must get through to its programs and its cluster, whatever our umask is; the
   * cluster itself is closed to others.
   */
  private static void makeReachable(Layout layout) {
    if (layout.programs().equals(layout.own())) {
      return;
    }
    var passable = PosixFilePermissions.fromString("rwx--x--x");
    try {
      Files.createDirectories(layout.programs());
      Files.setPosixFilePermissions(layout.programs(), passable);
      Files.setPosixFilePermissions(layout.programs().resolveSibling(""), passable);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot make " + layout.programs() + ": " + e, e);
    }
  }

  String program(String name) {
    return programs.resolve("bin").resolve(name).toString();
  }

  /** The server that runs now, whoever started it. */
  Optional<Postmaster> postmaster() {
    return Postmaster.read(layout.cluster());
  }
}
