package dev.reelay.config;

import dev.reelay.access.AddressRange;
import dev.reelay.access.MasterKey;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Secret;
import dev.reelay.money.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything an operator can set, as it is in force. {@link ConfigReader} makes it; {@link
 * Settings} says what each value means and may be. Secrets in it do not print.
 *
 * @param dataDir absolute
 * @param masterKey empty if it is kept in the data directory, see {@link MasterKeyFile}
 * @param declaredKey the API key that the operator chose, if any
 * @param sandbox whether the built-in sandbox provider exists
 * @param language of messages when a caller names none
 */
public record Config(
    Path dataDir,
    Database database,
    Edge edge,
    Optional<MasterKey> masterKey,
    Optional<DeclaredKey> declaredKey,
    boolean sandbox,
    Tasks tasks,
    Results results,
    List<HostPort> allowedHosts,
    List<HostPort> webhookAllowedHosts,
    List<HostPort> pictureAllowedHosts,
    LogFormat logFormat,
    Language language) {

  public Config {
    allowedHosts = List.copyOf(allowedHosts);
    webhookAllowedHosts = List.copyOf(webhookAllowedHosts);
    pictureAllowedHosts = List.copyOf(pictureAllowedHosts);
  }

  /** Which PostgreSQL to use; the pool size is the most connections that this node opens. */
  public sealed interface Database {
    int poolSize();

    /** The private PostgreSQL in the data directory. */
    record Bundled(int poolSize) implements Database {
      /** What the bundled server leaves to us of its 50 connections. */
      static final int POOL_SIZE_MAX = 40;

      public Bundled {
        if (poolSize > POOL_SIZE_MAX) {
          throw new IllegalArgumentException(
              "the bundled PostgreSQL has room for a pool of at most " + POOL_SIZE_MAX);
        }
      }
    }

    /** A PostgreSQL of the operator's; the address holds neither user nor password. */
    record External(String jdbcUrl, Optional<String> user, Optional<Secret> password, int poolSize)
        implements Database {}
  }

  /**
   * How callers reach us.
   *
   * @param port 0 takes a free one
   * @param publicUrl the only base of addresses in answers, if set
   * @param trustedProxies whose {@code X-Forwarded-*} headers count
   * @param bodyMaxBytes the longest body of one request
   * @param bodiesMaxBytes the bytes of all bodies in flight together
   * @param lowBalanceStatus 402 or 403
   */
  public record Edge(
      String bind,
      int port,
      Optional<URI> publicUrl,
      List<AddressRange> trustedProxies,
      long bodyMaxBytes,
      long bodiesMaxBytes,
      int lowBalanceStatus) {
    public Edge {
      trustedProxies = List.copyOf(trustedProxies);
      if (bodiesMaxBytes < bodyMaxBytes) {
        throw new IllegalArgumentException(
            Settings.BODIES_MAX_BYTES.key() + " is less than " + Settings.BODY_MAX_BYTES.key());
      }
    }
  }

  /**
   * The API key that the operator declared.
   *
   * @param balance what it is given once
   * @param rates what it is held to
   */
  public record DeclaredKey(Secret key, Money balance, RequestRates rates) {}

  /** How long tasks may take, how long a repeated create is recognised, and how many may wait. */
  public record Tasks(
      Duration queueDeadline,
      Duration totalDeadline,
      Duration idempotencyRetention,
      Backlog backlog) {
    public Tasks {
      if (totalDeadline.compareTo(queueDeadline) <= 0) {
        throw new IllegalArgumentException(
            Settings.TOTAL_DEADLINE.key() + " is not longer than " + Settings.QUEUE_DEADLINE.key());
      }
    }
  }

  /** How many tasks may wait on this node to be sent, in all and of one model. */
  public record Backlog(int tasksMax, int modelTasksMax) {}

  /**
   * Where results are kept and for how long, how large one may be, and how much room must stay
   * free.
   *
   * @param folder absolute; nodes that share a database share it too
   * @param ffmpeg the program that posters are made by where we cannot ourselves
   */
  public record Results(
      Path folder, Duration retention, long resultMaxBytes, long minFreeBytes, String ffmpeg) {
    /** Its name in the data directory, unless another one is set. */
    static final String FOLDER = "results";
  }

  /** A host that may be dialled although its address is not public. */
  public record HostPort(String host, int port) {
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** How log lines look. */
  public enum LogFormat {
    /** Text on a terminal, JSON elsewhere. */
    AUTO,
    TEXT,
    JSON
  }

  /** The language of messages. */
  public enum Language {
    EN,
    ZH
  }
}
