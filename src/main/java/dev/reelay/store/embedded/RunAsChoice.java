package dev.reelay.store.embedded;

import dev.reelay.store.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Chooses as whom PostgreSQL runs, once for each data directory: an ordinary user as he is; root in
 * a user namespace, else as a service account, else not at all.
 *
 * @param namespaces whether user namespaces may be tried
 * @param accounts the service accounts to try, in this order
 * @param accountHome the folder below which a service account keeps its cluster
 */
record RunAsChoice(boolean namespaces, List<String> accounts, Path accountHome) {
  /** What Reelay does unless a test says otherwise. */
  static final RunAsChoice USUAL =
      new RunAsChoice(true, List.of("reelay", "postgres", "nobody"), Path.of("/var/lib/reelay"));

  private static final String MEMO_FILE = "run-as";
  private static final Duration PROBE_TIMEOUT_MAX = Duration.ofSeconds(10);
  private static final String WAYS_OUT =
      """
      start Reelay as an ordinary user (with REELAY_DATA_DIR on a directory of that \
      user), or set REELAY_DATABASE_URL to a PostgreSQL server that is already there\
      """;

  RunAsChoice {
    accounts = List.copyOf(accounts);
  }

  /** Chooses, and writes the choice down in the directory. */
  RunAs choose(Path directory) {
    if (ownUserId(directory) != 0) {
      return new RunAs.Directly();
    }
    var memo = PrivateFile.read(directory.resolve(MEMO_FILE));
    if (memo.isPresent()) {
      return again(memo.get(), directory);
    }
    var choice = namespace(directory).or(() -> firstAccount(directory)).orElseThrow(() -> noWay());
    PrivateFile.write(directory.resolve(MEMO_FILE), choice.memo());
    return choice;
  }

  /** Whether root may use a user namespace on this machine. */
  boolean permitsNamespace(Path directory) {
    return namespace(directory).isPresent();
  }

  /** The number of the user who owns what we write now. */
  private static int ownUserId(Path directory) {
    try {
      var mine = Files.createTempFile(directory, "who-", "");
      try {
        return (Integer) Files.getAttribute(mine, "unix:uid");
      } finally {
        Files.delete(mine);
      }
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot write in " + directory + ": " + e, e);
    }
  }

  private RunAs again(String memo, Path directory) {
    var account =
        memo.startsWith(RunAs.Account.MEMO_PREFIX)
            ? account(memo.substring(RunAs.Account.MEMO_PREFIX.length()), directory)
            : Optional.<RunAs>empty();
    var namespace =
        memo.equals(RunAs.UserNamespace.MEMO) ? namespace(directory) : Optional.<RunAs>empty();
    return account
        .or(() -> namespace)
        .orElseThrow(
            () ->
                new EmbeddedPostgresException(
                    """
                    the database in %s was made to run as '%s', which this machine \
                    does not permit now (a container without user namespaces, or an \
                    account that is gone); permit it, or %s\
                    """
                        .formatted(directory, memo, WAYS_OUT)));
  }

  private Optional<RunAs> namespace(Path directory) {
    if (!namespaces) {
      return Optional.empty();
    }
    return Program.find("unshare")
        .<RunAs>map(RunAs.UserNamespace::new)
        .filter(runAs -> becomesOrdinary(runAs, directory, "[ -w \"$0\" ]"));
  }

  private Optional<RunAs> firstAccount(Path directory) {
    return accounts.stream().flatMap(name -> account(name, directory).stream()).findFirst();
  }

  private static Optional<RunAs> account(String name, Path directory) {
    var setpriv =
        Program.find("setpriv")
            .flatMap(
                tool ->
                    groupOf(name, directory)
                        .map(
                            group ->
                                List.of(
                                    tool, "--reuid=" + name, "--regid=" + group, "--init-groups")));
    var runuser = Program.find("runuser").map(tool -> List.of(tool, "-u", name, "--"));
    return setpriv
        .<RunAs>map(prefix -> new RunAs.Account(name, prefix))
        .filter(runAs -> becomesOrdinary(runAs, directory, "true"))
        .or(
            () ->
                runuser
                    .<RunAs>map(prefix -> new RunAs.Account(name, prefix))
                    .filter(runAs -> becomesOrdinary(runAs, directory, "true")));
  }

  private static Optional<String> groupOf(String account, Path directory) {
    return Program.find("id")
        .map(id -> Program.run(List.of(id, "-g", account), log(directory), PROBE_TIMEOUT_MAX))
        .filter(Program.Ended::isSuccess)
        .map(Program.Ended::output);
  }

  /** Tries it: the user seen from inside must not be root, and the condition must hold there. */
  private static boolean becomesOrdinary(RunAs runAs, Path directory, String condition) {
    var script = "[ \"$(id -u)\" != 0 ] && " + condition;
    var command = runAs.command(List.of("/bin/sh", "-c", script, directory.toString()));
    return Program.run(command, log(directory), PROBE_TIMEOUT_MAX).isSuccess();
  }

  private static Path log(Path directory) {
    return directory.resolve(Layout.PROGRAM_LOG);
  }

  private static EmbeddedPostgresException noWay() {
    return new EmbeddedPostgresException(
        """
        PostgreSQL refuses to run as root, and neither a user namespace (unshare) \
        nor a service account (setpriv, runuser) works here; %s\
        """
            .formatted(WAYS_OUT));
  }
}
