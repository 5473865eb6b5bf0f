package dev.reelay.config;

import dev.reelay.access.RequestRates;
import dev.reelay.access.Secret;
import dev.reelay.config.Config.Backlog;
import dev.reelay.config.Config.Database;
import dev.reelay.config.Config.DeclaredKey;
import dev.reelay.config.Config.Edge;
import dev.reelay.config.Config.Results;
import dev.reelay.config.Config.Tasks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives every setting its place in {@link Config} and checks those that depend on each other. */
final class ConfigTree {
  private final Values values;
  private final Path workingFolder;

  ConfigTree(Values values, Path workingFolder) {
    this.values = values;
    this.workingFolder = workingFolder;
  }

  /** Adds a problem for every value, and every group of values, that cannot be. */
  void check() {
    Settings.ALL.forEach(values::check);
    values.checkTogether(this::database);
    values.checkTogether(this::edge);
    values.checkTogether(this::tasks);
    values.checkTogether(this::declaredKey);
  }

  /** The configuration; call it only when {@link #check} found nothing. */
  Config build() {
    return new Config(
        dataDir(),
        database(),
        edge(),
        values.find(Settings.MASTER_KEY),
        declaredKey(),
        values.require(Settings.SANDBOX),
        tasks(),
        results(),
        values.require(Settings.ALLOWED_HOSTS),
        values.require(Settings.WEBHOOK_ALLOWED_HOSTS),
        values.require(Settings.PICTURE_ALLOWED_HOSTS),
        values.require(Settings.LOG_FORMAT),
        values.require(Settings.LANGUAGE));
  }

  private Database database() {
    var address = values.find(Settings.DATABASE_URL);
    var user = values.find(Settings.DATABASE_USER);
    var password = values.find(Settings.DATABASE_PASSWORD);
    var poolSize = values.require(Settings.DATABASE_POOL_SIZE);
    if (address.isEmpty()) {
      refuse(user.isPresent(), Settings.DATABASE_USER, "is set without database.url");
      refuse(password.isPresent(), Settings.DATABASE_PASSWORD, "is set without database.url");
      return new Database.Bundled(poolSize);
    }
    var twice = "is set although database.url holds one";
    refuse(user.isPresent() && address.get().user().isPresent(), Settings.DATABASE_USER, twice);
    var inAddress = address.get().password().isPresent();
    refuse(password.isPresent() && inAddress, Settings.DATABASE_PASSWORD, twice);
    refuse(
        inAddress && values.origin(Settings.DATABASE_URL) instanceof Origin.Line,
        Settings.DATABASE_URL,
        "may hold no password in the file" + YamlFile.cure(Settings.DATABASE_PASSWORD));
    return new Database.External(
        address.get().jdbcUrl(),
        address.get().user().or(() -> user),
        address.get().password().or(() -> password),
        poolSize);
  }

  private Edge edge() {
    return new Edge(
        values.require(Settings.BIND),
        values.require(Settings.PORT),
        values.find(Settings.PUBLIC_URL),
        values.require(Settings.TRUSTED_PROXIES),
        values.require(Settings.BODY_MAX_BYTES),
        values.require(Settings.BODIES_MAX_BYTES),
        values.require(Settings.LOW_BALANCE_STATUS));
  }

  private Tasks tasks() {
    return new Tasks(
        values.require(Settings.QUEUE_DEADLINE),
        values.require(Settings.TOTAL_DEADLINE),
        values.require(Settings.IDEMPOTENCY_RETENTION),
        new Backlog(
            values.require(Settings.BACKLOG_TASKS), values.require(Settings.MODEL_BACKLOG_TASKS)));
  }

  private Optional<DeclaredKey> declaredKey() {
    var key = values.find(Settings.API_KEY);
    var balance = values.require(Settings.API_KEY_BALANCE);
    refuse(
        key.isEmpty() && balance.isPositive(),
        Settings.API_KEY_BALANCE,
        "is set without api-key" + YamlFile.cure(Settings.API_KEY));
    var create = rate(key, Settings.API_KEY_CREATE_RPM);
    var query = rate(key, Settings.API_KEY_QUERY_RPM);
    return key.map(declared -> new DeclaredKey(declared, balance, new RequestRates(create, query)));
  }

  private OptionalInt rate(Optional<Secret> key, Setting<Integer> setting) {
    var perMinute = values.find(setting);
    refuse(
        key.isEmpty() && perMinute.isPresent(),
        setting,
        "is set without api-key" + YamlFile.cure(Settings.API_KEY));
    return perMinute.isPresent() ? OptionalInt.of(perMinute.get()) : OptionalInt.empty();
  }

  private Path dataDir() {
    return workingFolder.resolve(values.require(Settings.DATA_DIR)).normalize();
  }

  private Results results() {
    return new Results(
        values
            .find(Settings.RESULTS_DIR)
            .map(folder -> workingFolder.resolve(folder).normalize())
            .orElseGet(() -> dataDir().resolve(Results.FOLDER)),
        values.require(Settings.RESULT_RETENTION),
        values.require(Settings.RESULT_MAX_BYTES),
        values.require(Settings.MIN_FREE_BYTES),
        values.require(Settings.FFMPEG));
  }

  private void refuse(boolean wrong, Setting<?> setting, String why) {
    if (wrong) {
      throw new IllegalArgumentException(
          setting.key() + " " + why + " (" + values.origin(setting) + ")");
    }
  }
}
