package dev.reelay.store;

import dev.reelay.access.Sealer;
import dev.reelay.access.Secret;
import dev.reelay.routing.Channel;
import dev.reelay.routing.Channels;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Sandbox;
import dev.reelay.routing.SandboxCatalogue;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import javax.sql.DataSource;

/** Installs the sandbox in PostgreSQL. Two nodes may start at once: a lock puts them in a line. */
public final class JdbcSandbox implements Sandbox {
  private static final String EDITION =
      "select value from setting where name = 'sandbox_edition' and value = ?";

  private static final String NOTE_EDITION =
      """
      insert into setting (name, value) values ('sandbox_edition', ?)
      on conflict (name) do update set value = excluded.value""";

  private static final String INSERT_MODEL =
      """
      insert into model (name, capability, created_at) values (?, ?::jsonb, ?)
      on conflict (name) do nothing""";

  private static final String INSERT_ALIAS =
      """
      insert into alias (name, targets, created_at) values (?, ?, ?)
      on conflict (name) do nothing""";

  private static final String HAS_PRICE =
      "select exists (select 1 from price_rule where model = ?) as it";

  private static final String ENABLE = "update channel set enabled = ? where provider = ?";

  private static final String MAP =
      """
      insert into channel_model (channel_id, model, upstream_model)
      select id, ?, ? from channel where provider = ?
      on conflict (channel_id, model) do nothing""";

  private static final String HAS_CHANNEL =
      "select exists (select 1 from channel where provider = ?) as it";

  /** The sandbox asks for no credential, and a channel in use has one. */
  private static final Secret NO_SECRET = new Secret("sandbox");

  private final Sql sql;
  private final CredentialRows credentials;
  private final InstantSource clock;

  public JdbcSandbox(DataSource source, Sealer sealer, InstantSource clock) {
    this.sql = new Sql(source);
    this.credentials = new CredentialRows(sealer);
    this.clock = clock;
  }

  @Override
  public void switchOn() {
    var edition = String.valueOf(SandboxCatalogue.EDITION);
    var done =
        sql.transaction(
            session -> {
              SandboxRows.lock(session);
              if (session.first(EDITION, _ -> true, edition).isEmpty()) {
                install(session, clock.instant());
                session.updateOne(NOTE_EDITION, edition);
              }
              Signals.catalogue(session);
              return session.update(ENABLE, true, Channel.SANDBOX);
            });
    if (done != 1) {
      throw new StoreBroken("expected one sandbox channel and found " + done);
    }
  }

  @Override
  public void switchOff() {
    var switched =
        sql.transaction(
            session -> {
              Signals.catalogue(session);
              return session.update(ENABLE, false, Channel.SANDBOX);
            });
    if (switched > 1) {
      throw new StoreBroken("expected one sandbox channel and found " + switched);
    }
  }

  private void install(Sql.Session session, Instant now) throws SQLException {
    var alone = !SandboxRows.isBesideRealChannels(session);
    addChannel(session, now);
    for (var model : SandboxCatalogue.models()) {
      if (alone || model.name().equals(SandboxCatalogue.ALWAYS)) {
        var name = model.name().value();
        session.update(INSERT_MODEL, name, CapabilityJson.write(model.capability()), now);
        session.update(MAP, name, name, Channel.SANDBOX);
        addPrice(session, model.name(), now);
      }
    }
    if (alone) {
      for (var alias : SandboxCatalogue.aliases()) {
        var targets = JdbcCatalogue.texts(alias.targets());
        session.update(INSERT_ALIAS, alias.name().value(), targets, now);
      }
    }
  }

  private void addChannel(Sql.Session session, Instant now) throws SQLException {
    if (session.one(HAS_CHANNEL, row -> row.getBoolean("it"), Channel.SANDBOX)) {
      return;
    }
    var channel =
        new Channels.NewChannel(
            SandboxCatalogue.CHANNEL_NAME,
            Channel.SANDBOX,
            SandboxCatalogue.BASE_URL,
            Channels.Terms.DEFAULT,
            Map.of(),
            Map.of());
    var id =
        JdbcChannels.insert(session, channel, now)
            .orElseThrow(() -> new StoreBroken("the name of the sandbox's channel is taken"));
    credentials.save(session, id, SandboxCatalogue.CHANNEL_NAME, NO_SECRET, now);
  }

  private static void addPrice(Sql.Session session, ModelName model, Instant now)
      throws SQLException {
    var prices = SandboxCatalogue.prices();
    var price = prices.get(model);
    if (price != null && !session.one(HAS_PRICE, row -> row.getBoolean("it"), model.value())) {
      JdbcModels.insertPrice(session, model, price, now);
    }
  }
}
