package dev.reelay.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL wrote into {@code postmaster.pid} about itself. After a crash the file stays, and
 * its process number may belong to another program by now.
 *
 * @param pid the process
 * @param port the loopback port
 */
record Postmaster(long pid, int port) {
  private static final String FILE = "postmaster.pid";
  private static final int PID_NEVER_USED = Integer.MAX_VALUE;
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;

  /** Whose process the number is. */
  enum Standing {
    /** No such process. */
    GONE,
    /** A PostgreSQL of this cluster, as far as can be seen. */
    OURS,
    /** Another program that got the same number. */
    FOREIGN
  }

  /** Reads the file of the cluster; nothing if there is none or if it is not complete yet. */
  static Optional<Postmaster> read(Path cluster) {
    try {
      return parse(Files.readAllLines(cluster.resolve(FILE)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot read " + cluster.resolve(FILE) + ": " + e, e);
    }
  }

  /** Reads the lines of such a file. */
  static Optional<Postmaster> parse(List<String> lines) {
    if (lines.size() <= PORT_LINE) {
      return Optional.empty();
    }
    try {
      var pid = Long.parseLong(lines.get(PID_LINE).strip());
      var port = Integer.parseInt(lines.get(PORT_LINE).strip());
      return Optional.of(new Postmaster(pid, port));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Says in the file that its process is gone. PostgreSQL would refuse to start while the number
   * belongs to another program or to uncollected remains. The other lines stay: by them PostgreSQL
   * sees whether orphaned backends of the old server still use the cluster.
   */
  static void markGone(Path cluster) {
    var file = cluster.resolve(FILE);
    try {
      var lines = new ArrayList<>(Files.readAllLines(file));
      lines.set(PID_LINE, Integer.toString(PID_NEVER_USED));
      Files.write(file, lines);
    } catch (IOException e) {
      throw new EmbeddedPostgresException("cannot correct " + file + ": " + e, e);
    }
  }

  /** The process, if it lives. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> !isZombie());
  }

  /**
   * In many containers nobody collects the remains of a process whose parent was killed; Java
   * counts them as alive.
   */
  private boolean isZombie() {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')'));
    } catch (IOException e) {
      return false;
    }
  }

  /** A process whose command line is hidden from us counts as ours: better refused than doubled. */
  Standing standing(Path cluster) {
    return process()
        .map(process -> process.info().commandLine())
        .map(
            line ->
                line.isEmpty() || line.get().contains(cluster.toString())
                    ? Standing.OURS
                    : Standing.FOREIGN)
        .orElse(Standing.GONE);
  }
}
