package dev.reelay.store.embedded;

import dev.reelay.access.Secret;
import dev.reelay.store.PrivateFile;
import dev.reelay.store.embedded.ServerQuestion.Answer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The private PostgreSQL of one data directory: started from the bundled programs, durable (fsync
 * and checksums on), reachable from this machine with its random password only. A server that a
 * killed relay left behind is taken over if it is as we want it, and restarted otherwise. It does
 * not end with this process by itself: whoever starts it also stops it.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private final Installation installation;
  private final EmbeddedSettings settings;
  private final int port;
  private final boolean adopted;
  private volatile Postmaster postmaster;
  private boolean stopped;

  private EmbeddedPostgres(
      Installation installation,
      EmbeddedSettings settings,
      Postmaster postmaster,
      boolean adopted) {
    this.installation = installation;
    this.settings = settings;
    this.port = postmaster.port();
    this.postmaster = postmaster;
    this.adopted = adopted;
  }

  /**
   * Unpacks, creates and starts whatever is still missing, and returns when a query answers.
   *
   * @throws EmbeddedPostgresException with the reason and the ways out
   */
  public static EmbeddedPostgres start(EmbeddedSettings settings) {
    return start(settings, RunAsChoice.USUAL);
  }

  static EmbeddedPostgres start(EmbeddedSettings settings, RunAsChoice choice) {
    var installation = Installation.prepare(settings, choice);
    var left = new Leftover(installation, settings.connectionsMax()).adopt();
    var launch = new Launch(installation, settings);
    var postmaster = left.orElseGet(launch::start);
    Unpacker.removeOthers(installation.bundle(), installation.layout().programs());
    var postgres = new EmbeddedPostgres(installation, settings, postmaster, left.isPresent());
    postgres.createDatabaseOnce();
    return postgres;
  }

  /**
   * Finds the server that another process keeps running in this data directory, for a command line
   * that works beside the relay. Nothing if none answers.
   */
  public static Optional<DatabaseLogin> attach(Path dataDirectory) {
    var own = dataDirectory.toAbsolutePath().normalize().resolve(Installation.FOLDER);
    var port = Launch.rememberedPort(own);
    var password = PrivateFile.read(own.resolve(Layout.PASSWORD)).filter(text -> !text.isEmpty());
    if (port.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    var secret = new Secret(password.get());
    return ServerQuestion.ask(port.get(), secret) instanceof Answer.Server
        ? Optional.of(login(port.get(), secret))
        : Optional.empty();
  }

  /** The database's address without a password. */
  public String jdbcUrl() {
    return login().jdbcUrl();
  }

  /** The owner of the database. */
  public String user() {
    return login().user();
  }

  public Secret password() {
    return installation.password();
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** Address, user and password in one. */
  public DatabaseLogin login() {
    return login(port(), password());
  }

  /** Whether it was left behind by a killed process and taken over. */
  public boolean isAdopted() {
    return adopted;
  }

  /** Whether the server process lives. */
  public boolean isRunning() {
    return postmaster.process().isPresent();
  }

  /** The number of the server process, for messages. */
  public long pid() {
    return postmaster.pid();
  }

  /**
   * Stops it in order: open transactions are rolled back, everything is written. Nothing happens if
   * it is stopped already.
   */
  public synchronized void stop() {
    stopped = true;
    new Stop(installation).stop(postmaster);
  }

  /**
   * Starts it again if it died without being stopped, on the same port, since others know that one.
   *
   * @return whether it had to be started
   * @throws EmbeddedPostgresException if it does not start; the next call tries again
   */
  public synchronized boolean revive() {
    if (stopped || isRunning()) {
      return false;
    }
    var left = new Leftover(installation, settings.connectionsMax()).adopt();
    var revived = left.orElseGet(() -> new Launch(installation, settings).start());
    if (revived.port() != port) {
      new Stop(installation).stop(revived);
      Launch.rememberPort(installation.layout().own(), port);
      throw new EmbeddedPostgresException(
          "port " + port + " of the database is taken by another program now");
    }
    postmaster = revived;
    return true;
  }

  @Override
  public void close() {
    stop();
  }

  private void createDatabaseOnce() {
    if (ServerQuestion.ask(port(), password()) instanceof Answer.Server server
        && !server.isDatabaseThere()) {
      ServerQuestion.createDatabase(port(), password());
    }
  }

  private static DatabaseLogin login(int port, Secret password) {
    var url = ServerQuestion.jdbcUrl(port, ServerQuestion.DATABASE);
    return new DatabaseLogin(url, ServerQuestion.USER, password);
  }
}
