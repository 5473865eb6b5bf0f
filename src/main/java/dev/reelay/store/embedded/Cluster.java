package dev.reelay.store.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.reelay.access.Secret;
import dev.reelay.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The files of the database: made once, with checksums, and only opened by its own major. */
final class Cluster {
  private static final Duration INITDB_TIMEOUT_MAX = Duration.ofMinutes(3);
  private static final int PASSWORD_CHARS = 40;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final Bundle bundle;
  private final Layout layout;
  private final RunAs runAs;

  Cluster(Bundle bundle, Layout layout, RunAs runAs) {
    this.bundle = bundle;
    this.layout = layout;
    this.runAs = runAs;
  }

  /** Makes the cluster if there is none, and returns the password of its owner. */
  Secret open(Path programs, RandomGenerator random) {
    if (Files.exists(layout.cluster())) {
      refuseOtherMajor();
      return PrivateFile.read(layout.password())
          .filter(text -> !text.isEmpty())
          .map(Secret::new)
          .orElseThrow(() -> new EmbeddedPostgresException(passwordLost()));
    }
    var password = new Secret(PrivateFile.remember(layout.password(), () -> newPassword(random)));
    make(programs, password);
    return password;
  }

  /** Made under another name first: a folder named cluster is a whole one. */
  private void make(Path programs, Secret password) {
    var half = layout.server().resolve("cluster.half");
    var passwordFile = layout.server().resolve("password.half");
    try {
      makeServerFolder();
      Unpacker.deleteTree(half);
      PrivateFile.write(passwordFile, password.reveal());
      giveAway(passwordFile);
      var ended =
          Program.run(
              runAs.command(initdb(programs, half, passwordFile)),
              layout.programLog(),
              INITDB_TIMEOUT_MAX);
      if (!ended.isSuccess()) {
        throw new EmbeddedPostgresException("initdb failed: " + ended.output());
      }
      Files.move(half, layout.cluster(), ATOMIC_MOVE);
      Files.deleteIfExists(passwordFile);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot make the cluster in " + layout.server(), e);
    }
  }

  private static List<String> initdb(Path programs, Path cluster, Path passwordFile) {
    return List.of(
        programs.resolve("bin/initdb").toString(),
        "--pgdata=" + cluster,
        "--username=" + ServerQuestion.USER,
        "--pwfile=" + passwordFile,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums");
  }

  private void makeServerFolder() throws IOException {
    PrivateFile.makeDirectory(layout.server());
    giveAway(layout.server());
  }

  /** What the server must own goes to its account; in the other cases it is ours and stays so. */
  private void giveAway(Path path) throws IOException {
    switch (runAs) {
      case RunAs.Account(String name, List<String> _) -> {
        var accounts = path.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(path, accounts.lookupPrincipalByName(name));
      }
      case RunAs.Directly _, RunAs.UserNamespace _ ->
          Files.setPosixFilePermissions(
              path,
              PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
    }
  }

  private void refuseOtherMajor() {
    var major = PrivateFile.read(layout.cluster().resolve("PG_VERSION")).orElse("unknown");
    if (!major.equals(bundle.major())) {
      throw new EmbeddedPostgresException(
          """
          the database in %s was made by PostgreSQL %s, and this Reelay brings \
          PostgreSQL %s, which cannot open it; export with the Reelay that made it \
          and import with this one, or keep using that one\
          """
              .formatted(layout.cluster(), major, bundle.major()));
    }
  }

  private String passwordLost() {
    return """
        %s is missing, and without it nobody can log in to the database in %s; put \
        it back from a backup of the data directory\
        """
        .formatted(layout.password(), layout.cluster());
  }

  private static String newPassword(RandomGenerator random) {
    var text = new StringBuilder();
    for (int i = 0; i < PASSWORD_CHARS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
