package dev.reelay.config;

import static dev.reelay.config.Setting.open;
import static dev.reelay.config.Setting.secret;

import dev.reelay.access.AddressRange;
import dev.reelay.access.MasterKey;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Secret;
import dev.reelay.config.Config.HostPort;
import dev.reelay.config.Config.Language;
import dev.reelay.config.Config.LogFormat;
import dev.reelay.money.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Every key that exists. A new one is added here, given its place in {@link Config} and read in
 * {@link ConfigReader}; a test asks for its row in docs/configuration.md.
 */
public final class Settings {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int BACKLOG_TASKS_MAX = 10_000_000;
  private static final Money BALANCE_MAX = Money.parse("1000000000");

  static final Setting<String> BIND =
      open(
          "bind",
          "127.0.0.1",
          Kinds.bind(),
          "The address to listen on; 0.0.0.0 or :: listens on all of them.");
  static final Setting<Integer> PORT =
      open(
          "port",
          "8080",
          Quantities.wholeNumber(0, 65_535),
          "The port to listen on; 0 takes a free one.");
  static final Setting<Path> DATA_DIR =
      open(
          "data-dir",
          "./data",
          Kinds.folder(),
          "The folder that keeps the bundled database, the results and the generated master key.");

  static final Setting<Path> RESULTS_DIR =
      open(
          "results-dir",
          "",
          Kinds.folder(),
          "The folder that keeps the results; unset takes one in the data directory. Relays that"
              + " share a database need one that all of them see.");

  static final Setting<DatabaseAddress> DATABASE_URL =
      new Setting<>(
          "database.url",
          Setting.Secrecy.MAY_HOLD_PASSWORD,
          "",
          new Kind<>(DatabaseAddress.ALLOWED, DatabaseAddress::parse),
          "The PostgreSQL to use; unset starts the bundled one in the data directory.");
  static final Setting<String> DATABASE_USER =
      open(
          "database.user",
          "",
          Kinds.text("a name"),
          "The user for database.url, unless the address names one.");
  static final Setting<Secret> DATABASE_PASSWORD =
      secret(
          "database.password",
          Kinds.password(),
          "The password for database.url, unless the address holds one.");
  static final Setting<Integer> DATABASE_POOL_SIZE =
      open(
          "database.pool-size",
          "16",
          Quantities.wholeNumber(2, 500),
          "The most database connections that this node opens; at most 40 to the bundled"
              + " PostgreSQL.");

  static final Setting<URI> PUBLIC_URL =
      open(
          "public-url",
          "",
          Kinds.publicUrl(),
          "The only base of the addresses in answers; unset takes the one that the caller used.");
  static final Setting<List<AddressRange>> TRUSTED_PROXIES =
      open(
          "trusted-proxies",
          "",
          Kinds.addressRanges(),
          "The proxies whose X-Forwarded headers count; nobody is trusted unless listed, not even"
              + " loopback.");
  static final Setting<Boolean> SANDBOX =
      open(
          "sandbox",
          "false",
          Kinds.yesOrNo(),
          "Whether the built-in sandbox provider exists, which renders test videos without any"
              + " key.");

  static final Setting<MasterKey> MASTER_KEY =
      secret(
          "master-key",
          Kinds.masterKey(),
          "The secret from which all others are derived; unset keeps a generated one in the data"
              + " directory.");
  static final Setting<Secret> API_KEY =
      secret(
          "api-key",
          Kinds.apiKey(),
          "Declares a first API key, for scripts that must know it beforehand.");
  static final Setting<Money> API_KEY_BALANCE =
      open(
          "api-key-balance",
          "0",
          Kinds.balance(BALANCE_MAX),
          "The balance in USD that the declared API key is given, once and never again.");
  static final Setting<Integer> API_KEY_CREATE_RPM =
      open(
          "api-key-create-rpm",
          "",
          Quantities.wholeNumber(1, RequestRates.PER_MINUTE_MAX),
          "How many creates a minute the declared API key may send; unset sets no limit.");
  static final Setting<Integer> API_KEY_QUERY_RPM =
      open(
          "api-key-query-rpm",
          "",
          Quantities.wholeNumber(1, RequestRates.PER_MINUTE_MAX),
          "How many other calls a minute the declared API key may send; unset sets no limit.");
  static final Setting<Integer> LOW_BALANCE_STATUS =
      open(
          "low-balance-status",
          "402",
          Quantities.oneOf(402, 403),
          "The HTTP status when money is short; 403 is what new-api answers.");

  static final Setting<Duration> RESULT_RETENTION =
      open(
          "result-retention",
          "7d",
          Quantities.time(Duration.ofHours(1), Duration.ofDays(3_650)),
          "How long results are kept after a task has succeeded.");
  static final Setting<String> FFMPEG =
      open(
          "ffmpeg",
          "ffmpeg",
          Kinds.text("a program's name or path"),
          "The FFmpeg that makes posters of videos which we cannot decode; it need not exist.");
  static final Setting<Duration> IDEMPOTENCY_RETENTION =
      open(
          "idempotency-retention",
          "72h",
          Quantities.time(Duration.ofHours(1), Duration.ofDays(30)),
          "How long a repeated create with the same idempotency key gets the first answer.");
  static final Setting<Duration> QUEUE_DEADLINE =
      open(
          "tasks.queue-deadline",
          "30m",
          Quantities.time(Duration.ofMinutes(1), Duration.ofDays(1)),
          "How long a task may wait for a provider to take it before it fails.");
  static final Setting<Duration> TOTAL_DEADLINE =
      open(
          "tasks.total-deadline",
          "24h",
          Quantities.time(Duration.ofMinutes(10), Duration.ofDays(7)),
          "How long a task may take in all before it fails and its money is released.");

  static final Setting<Long> BODY_MAX_BYTES =
      open(
          "limits.body-max-bytes",
          "32MiB",
          Quantities.bytes(64 * KIB, 512 * MIB),
          "The longest body of one request, pictures included.");
  static final Setting<Long> BODIES_MAX_BYTES =
      open(
          "limits.bodies-max-bytes",
          "128MiB",
          Quantities.bytes(64 * KIB, 64 * GIB),
          "The bytes of all request bodies in flight together.");
  static final Setting<Long> RESULT_MAX_BYTES =
      open(
          "limits.result-max-bytes",
          "1GiB",
          Quantities.bytes(MIB, 64 * GIB),
          "The largest result that is fetched from a provider.");
  static final Setting<Long> MIN_FREE_BYTES =
      open(
          "limits.min-free-bytes",
          "256MiB",
          Quantities.bytes(0, 1024 * GIB),
          "The room that must stay free where results are kept; below it creates are refused.");

  static final Setting<Integer> BACKLOG_TASKS =
      open(
          "limits.backlog-tasks",
          "100000",
          Quantities.wholeNumber(1, BACKLOG_TASKS_MAX),
          "How many tasks may wait on this node for a provider to take them; beyond it creates are"
              + " refused.");
  static final Setting<Integer> MODEL_BACKLOG_TASKS =
      open(
          "limits.model-backlog-tasks",
          "20000",
          Quantities.wholeNumber(1, BACKLOG_TASKS_MAX),
          "The same for the tasks of any one model.");

  static final Setting<List<HostPort>> ALLOWED_HOSTS =
      open(
          "allowed-hosts",
          "",
          Kinds.hostPorts(),
          "Hosts that may be dialled although their address is not public.");
  static final Setting<List<HostPort>> WEBHOOK_ALLOWED_HOSTS =
      open(
          "webhooks.allowed-hosts",
          "",
          Kinds.hostPorts(),
          "Receivers of webhooks that may be called although they are not public, or without TLS.");
  static final Setting<List<HostPort>> PICTURE_ALLOWED_HOSTS =
      open(
          "pictures.allowed-hosts",
          "",
          Kinds.hostPorts(),
          "Hosts from which callers' pictures may be fetched although they are not public.");
  static final Setting<LogFormat> LOG_FORMAT =
      open(
          "log.format",
          "auto",
          Kinds.oneOf(LogFormat.class),
          "How log lines look; auto is text on a terminal and JSON elsewhere.");
  static final Setting<Language> LANGUAGE =
      open(
          "language",
          "en",
          Kinds.oneOf(Language.class),
          "The language of messages when a caller names none.");

  /** In the order in which they are shown. */
  public static final List<Setting<?>> ALL =
      List.of(
          BIND,
          PORT,
          DATA_DIR,
          RESULTS_DIR,
          DATABASE_URL,
          DATABASE_USER,
          DATABASE_PASSWORD,
          DATABASE_POOL_SIZE,
          PUBLIC_URL,
          TRUSTED_PROXIES,
          SANDBOX,
          MASTER_KEY,
          API_KEY,
          API_KEY_BALANCE,
          API_KEY_CREATE_RPM,
          API_KEY_QUERY_RPM,
          LOW_BALANCE_STATUS,
          RESULT_RETENTION,
          FFMPEG,
          IDEMPOTENCY_RETENTION,
          QUEUE_DEADLINE,
          TOTAL_DEADLINE,
          BODY_MAX_BYTES,
          BODIES_MAX_BYTES,
          RESULT_MAX_BYTES,
          MIN_FREE_BYTES,
          BACKLOG_TASKS,
          MODEL_BACKLOG_TASKS,
          ALLOWED_HOSTS,
          WEBHOOK_ALLOWED_HOSTS,
          PICTURE_ALLOWED_HOSTS,
          LOG_FORMAT,
          LANGUAGE);

  private Settings() {}
}
