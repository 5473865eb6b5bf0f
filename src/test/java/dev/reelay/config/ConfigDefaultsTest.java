package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.AddressRange;
import dev.reelay.access.MasterKey;
import dev.reelay.access.RequestRates;
import dev.reelay.access.Secret;
import dev.reelay.config.Config.Backlog;
import dev.reelay.config.Config.Database;
import dev.reelay.config.Config.DeclaredKey;
import dev.reelay.config.Config.Edge;
import dev.reelay.config.Config.HostPort;
import dev.reelay.config.Config.Language;
import dev.reelay.config.Config.LogFormat;
import dev.reelay.config.Config.Results;
import dev.reelay.config.Config.Tasks;
import dev.reelay.money.Money;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pins every key and every default. */
class ConfigDefaultsTest {
  private static final String HEX =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  @TempDir Path folder;
  private ConfigKit kit;

  @BeforeEach
  void freshKit() {
    kit = new ConfigKit(folder);
  }

  @Test
  void every_key_has_its_variable_and_its_default() {
    var lines =
        Settings.ALL.stream().map(s -> s.key() + " " + s.variable() + " " + s.fallback().strip());

    assertThat(lines.map(String::strip))
        .containsExactly(
            "bind REELAY_BIND 127.0.0.1",
            "port REELAY_PORT 8080",
            "data-dir REELAY_DATA_DIR ./data",
            "results-dir REELAY_RESULTS_DIR",
            "database.url REELAY_DATABASE_URL",
            "database.user REELAY_DATABASE_USER",
            "database.password REELAY_DATABASE_PASSWORD",
            "database.pool-size REELAY_DATABASE_POOL_SIZE 16",
            "public-url REELAY_PUBLIC_URL",
            "trusted-proxies REELAY_TRUSTED_PROXIES",
            "sandbox REELAY_SANDBOX false",
            "master-key REELAY_MASTER_KEY",
            "api-key REELAY_API_KEY",
            "api-key-balance REELAY_API_KEY_BALANCE 0",
            "api-key-create-rpm REELAY_API_KEY_CREATE_RPM",
            "api-key-query-rpm REELAY_API_KEY_QUERY_RPM",
            "low-balance-status REELAY_LOW_BALANCE_STATUS 402",
            "result-retention REELAY_RESULT_RETENTION 7d",
            "ffmpeg REELAY_FFMPEG ffmpeg",
            "idempotency-retention REELAY_IDEMPOTENCY_RETENTION 72h",
            "tasks.queue-deadline REELAY_TASKS_QUEUE_DEADLINE 30m",
            "tasks.total-deadline REELAY_TASKS_TOTAL_DEADLINE 24h",
            "limits.body-max-bytes REELAY_LIMITS_BODY_MAX_BYTES 32MiB",
            "limits.bodies-max-bytes REELAY_LIMITS_BODIES_MAX_BYTES 128MiB",
            "limits.result-max-bytes REELAY_LIMITS_RESULT_MAX_BYTES 1GiB",
            "limits.min-free-bytes REELAY_LIMITS_MIN_FREE_BYTES 256MiB",
            "limits.backlog-tasks REELAY_LIMITS_BACKLOG_TASKS 100000",
            "limits.model-backlog-tasks REELAY_LIMITS_MODEL_BACKLOG_TASKS 20000",
            "allowed-hosts REELAY_ALLOWED_HOSTS",
            "webhooks.allowed-hosts REELAY_WEBHOOKS_ALLOWED_HOSTS",
            "pictures.allowed-hosts REELAY_PICTURES_ALLOWED_HOSTS",
            "log.format REELAY_LOG_FORMAT auto",
            "language REELAY_LANGUAGE en");
  }

  @Test
  void nothing_set_gives_the_defaults() {
    assertThat(kit.config())
        .isEqualTo(
            new Config(
                folder.resolve("data"),
                new Database.Bundled(16),
                new Edge("127.0.0.1", 8080, Optional.empty(), List.of(), 32 * MIB, 128 * MIB, 402),
                Optional.empty(),
                Optional.empty(),
                false,
                new Tasks(
                    Duration.ofMinutes(30),
                    Duration.ofHours(24),
                    Duration.ofHours(72),
                    new Backlog(100_000, 20_000)),
                new Results(
                    folder.resolve("data/results"), Duration.ofDays(7), GIB, 256 * MIB, "ffmpeg"),
                List.of(),
                List.of(),
                List.of(),
                LogFormat.AUTO,
                Language.EN));
  }

  @Test
  void no_secret_has_a_default() {
    var secrets = Settings.ALL.stream().filter(s -> s.secrecy() != Setting.Secrecy.OPEN).toList();

    assertThat(secrets).extracting(Setting::fallback).containsOnly("");
    assertThat(secrets)
        .extracting(Setting::key)
        .containsExactly("database.url", "database.password", "master-key", "api-key");
  }

  @Test
  void every_key_reaches_its_place() {
    setEveryKey();

    assertThat(kit.config())
        .isEqualTo(
            new Config(
                Path.of("/var/lib/reelay"),
                new Database.External(
                    "jdbc:postgresql://db:5433/reelay?sslmode=require",
                    Optional.of("relay"),
                    Optional.of(new Secret("pass word")),
                    50),
                new Edge(
                    "::",
                    0,
                    Optional.of(URI.create("https://relay.example")),
                    List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1/128")),
                    MIB,
                    2 * MIB,
                    403),
                Optional.of(MasterKey.parse(HEX)),
                Optional.of(
                    new DeclaredKey(
                        new Secret("twenty-characters-ok"),
                        Money.parse("12.5"),
                        new RequestRates(OptionalInt.of(6), OptionalInt.of(900)))),
                true,
                new Tasks(
                    Duration.ofSeconds(90),
                    Duration.ofMinutes(90),
                    Duration.ofHours(24),
                    new Backlog(500, 50)),
                new Results(
                    Path.of("/mnt/results"), Duration.ofDays(30), 2 * GIB, 0, "/opt/ffmpeg"),
                List.of(new HostPort("localhost", 9000), new HostPort("::1", 9001)),
                List.of(new HostPort("10.0.0.5", 80)),
                List.of(new HostPort("10.0.0.6", 81)),
                LogFormat.JSON,
                Language.ZH));
  }

  private void setEveryKey() {
    kit.set("REELAY_BIND", "::")
        .set("REELAY_PORT", "0")
        .set("REELAY_DATA_DIR", "/var/lib/reelay")
        .set("REELAY_RESULTS_DIR", "/mnt/results")
        .set("REELAY_FFMPEG", "/opt/ffmpeg")
        .set("REELAY_DATABASE_URL", "jdbc:postgresql://db:5433/reelay?sslmode=require")
        .set("REELAY_DATABASE_USER", "relay")
        .set("REELAY_DATABASE_PASSWORD", "pass word")
        .set("REELAY_DATABASE_POOL_SIZE", "50")
        .set("REELAY_PUBLIC_URL", "https://relay.example")
        .set("REELAY_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
        .set("REELAY_SANDBOX", "true")
        .set("REELAY_MASTER_KEY", HEX)
        .set("REELAY_API_KEY", "twenty-characters-ok")
        .set("REELAY_API_KEY_BALANCE", "12.5")
        .set("REELAY_API_KEY_CREATE_RPM", "6")
        .set("REELAY_API_KEY_QUERY_RPM", "900")
        .set("REELAY_LOW_BALANCE_STATUS", "403")
        .set("REELAY_RESULT_RETENTION", "P30D")
        .set("REELAY_IDEMPOTENCY_RETENTION", "24h")
        .set("REELAY_TASKS_QUEUE_DEADLINE", "90s")
        .set("REELAY_TASKS_TOTAL_DEADLINE", "1h30m")
        .set("REELAY_LIMITS_BODY_MAX_BYTES", "1MiB")
        .set("REELAY_LIMITS_BODIES_MAX_BYTES", "2097152")
        .set("REELAY_LIMITS_RESULT_MAX_BYTES", "2 GiB")
        .set("REELAY_LIMITS_MIN_FREE_BYTES", "0")
        .set("REELAY_LIMITS_BACKLOG_TASKS", "500")
        .set("REELAY_LIMITS_MODEL_BACKLOG_TASKS", "50")
        .set("REELAY_ALLOWED_HOSTS", "Localhost:9000,[::1]:9001")
        .set("REELAY_WEBHOOKS_ALLOWED_HOSTS", "10.0.0.5:80")
        .set("REELAY_PICTURES_ALLOWED_HOSTS", "10.0.0.6:81")
        .set("REELAY_LOG_FORMAT", "json")
        .set("REELAY_LANGUAGE", "zh");
  }
}
