package dev.reelay.store.embedded;

import dev.reelay.store.PrivateFile;
import dev.reelay.store.embedded.ServerQuestion.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Starts the server process, in a session of its own, and waits until a query answers. */
final class Launch {
  private static final int PORT_ATTEMPTS_MAX = 3;
  private static final Duration ANSWER_STEP = Duration.ofMillis(20);
  private static final Duration END_MAX = Duration.ofSeconds(10);
  private static final String START_LOG = "start.log";

  private final Installation installation;
  private final Layout layout;
  private final EmbeddedSettings settings;

  Launch(Installation installation, EmbeddedSettings settings) {
    this.installation = installation;
    this.layout = installation.layout();
    this.settings = settings;
  }

  /** The port of the last start. */
  static Optional<Integer> rememberedPort(Path own) {
    return PrivateFile.read(own.resolve(Layout.PORT))
        .filter(text -> text.matches("\\d{4,5}"))
        .map(Integer::valueOf);
  }

  static void rememberPort(Path own, int port) {
    PrivateFile.write(own.resolve(Layout.PORT), Integer.toString(port));
  }

  /** Starts it on the remembered port, or on another one if that is taken. */
  Postmaster start() {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      var process = Program.start(command(port), startLog());
      if (answers(process, port)) {
        return installation
            .postmaster()
            .orElseThrow(() -> new EmbeddedPostgresException("PostgreSQL left no postmaster.pid"));
      }
      boolean portWasTaken = !process.isAlive() && !isFree(port);
      if (!portWasTaken || attempt == PORT_ATTEMPTS_MAX) {
        end(process);
        throw new EmbeddedPostgresException(failure());
      }
    }
  }

  /** A session of its own: Ctrl-C in our terminal must not end the database before we are done. */
  private List<String> command(int port) {
    var command = new ArrayList<String>();
    Program.find("setsid").ifPresent(command::add);
    command.addAll(installation.runAs().command(List.of(installation.program("postgres"))));
    command.addAll(List.of("-D", layout.cluster().toString(), "-p", Integer.toString(port)));
    for (var setting : serverSettings()) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /** On the command line they win over every file in the cluster. */
  private List<String> serverSettings() {
    return List.of(
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=" + settings.connectionsMax(),
        "fsync=on",
        "synchronous_commit=on",
        "full_page_writes=on",
        "password_encryption=scram-sha-256",
        "timezone=UTC",
        "log_timezone=UTC",
        "logging_collector=on",
        "log_directory=" + layout.serverLog(),
        "log_filename=postgres-%a.log",
        "log_truncate_on_rotation=on",
        "log_rotation_age=1d",
        "log_rotation_size=0");
  }

  private int freePort() {
    int port = rememberedPort(layout.own()).filter(Launch::isFree).orElseGet(Launch::anyPort);
    rememberPort(layout.own(), port);
    return port;
  }

  private static boolean isFree(int port) {
    return bind(port).isPresent();
  }

  private static int anyPort() {
    return bind(0).orElseThrow(() -> new EmbeddedPostgresException("no free port on 127.0.0.1"));
  }

  /** The port that could be bound for a moment. */
  private static Optional<Integer> bind(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return Optional.of(socket.getLocalPort());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Bounded by the count of attempts; each takes one step or ends at once with the process. */
  private boolean answers(Process process, int port) {
    long attempts = settings.startTimeoutMax().dividedBy(ANSWER_STEP);
    for (long attempt = 0; attempt < attempts; attempt++) {
      if (Program.ends(process, ANSWER_STEP)) {
        return false;
      }
      switch (ServerQuestion.ask(port, installation.password())) {
        case Answer.Server server -> {
          return isOurs(server);
        }
        case Answer.Stranger(String why) -> {
          end(process);
          throw new EmbeddedPostgresException(
              "the database does not accept the password in " + layout.password() + ": " + why);
        }
        case Answer.Silence _ -> {}
      }
    }
    return false;
  }

  /** A server that we cannot use must not stay behind. */
  private static void end(Process process) {
    process.destroy();
    if (!Program.ends(process, END_MAX)) {
      process.destroyForcibly();
    }
  }

  private boolean isOurs(Answer.Server server) {
    return server.dataDirectory().equals(layout.cluster().toString());
  }

  private Path startLog() {
    return layout.own().resolve(START_LOG);
  }

  private String failure() {
    return "PostgreSQL did not start:\n%s\n%s"
        .formatted(Program.tail(startLog()), newestServerLog().map(Program::tail).orElse(""))
        .strip();
  }

  private Optional<Path> newestServerLog() {
    try (var logs = Files.list(layout.serverLog())) {
      return logs.max(Comparator.comparingLong(log -> log.toFile().lastModified()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
