package dev.reelay.store;

import dev.reelay.access.Sealer;
import dev.reelay.access.Secret;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.SandboxCatalogue;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Channels and their sealed credentials in PostgreSQL. */
public final class JdbcChannels implements Channels {
  private static final String INSERT =
      """
      insert into channel (name, provider, base_url, priority, weight, calls_at_once_max,
        creates_per_minute, polls_per_minute, settings, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
      on conflict (name) do nothing returning id\
      """;

  private static final String MAP =
      """
      insert into channel_model (channel_id, model, upstream_model)
      select id, ?, ? from channel
      where id = ? and (provider <> 'sandbox' or ?)
      on conflict (channel_id, model) do update set upstream_model = excluded.upstream_model\
      """;

  private static final String UNMAP =
      "delete from channel_model where channel_id = ? and model = ?";

  private static final String SET_ENABLED = "update channel set enabled = ? where id = ?";
  private static final String SET_BASE_URL = "update channel set base_url = ? where id = ?";

  private static final String SET_TERMS =
      """
      update channel set priority = ?, weight = ?, calls_at_once_max = ?, creates_per_minute = ?,
        polls_per_minute = ?
      where id = ?\
      """;

  private static final String EXISTS = "select id from channel where id = ?";

  private static final String SET_CREDENTIAL_ENABLED =
      "update credential set enabled = ? where id = ?";

  private final Sql sql;
  private final CredentialRows credentials;
  private final InstantSource clock;

  public JdbcChannels(DataSource source, Sealer sealer, InstantSource clock) {
    this.sql = new Sql(source);
    this.credentials = new CredentialRows(sealer);
    this.clock = clock;
  }

  @Override
  public Addition add(NewChannel channel, String credentialName, Secret credential) {
    if (channel.provider().equals(Channel.SANDBOX)
        || channel.name().equals(SandboxCatalogue.CHANNEL_NAME)) {
      return new Addition.SandboxIsBuiltIn();
    }
    return sql.transaction(
        session -> {
          SandboxRows.lock(session);
          var id = insert(session, channel, clock.instant());
          if (id.isEmpty()) {
            return new Addition.NameTaken();
          }
          credentials.save(session, id.get(), credentialName, credential, clock.instant());
          SandboxRows.stepBack(session);
          Signals.catalogue(session);
          return new Addition.Added(id.get());
        });
  }

  /** Makes a channel that serves its models; empty if the name is taken. */
  static Optional<ChannelId> insert(Sql.Session session, NewChannel channel, Instant now)
      throws SQLException {
    var weight = channel.terms().weight();
    var limits = channel.terms().limits();
    var id =
        session.first(
            INSERT,
            row -> new ChannelId(row.getLong("id")),
            channel.name(),
            channel.provider(),
            channel.baseUrl().toString(),
            weight.priority(),
            weight.weight(),
            limits.callsAtOnceMax(),
            limits.createsPerMinute(),
            limits.pollsPerMinute(),
            ChannelRows.settings(channel.settings()),
            now);
    if (id.isPresent()) {
      for (var model : channel.models().entrySet()) {
        session.updateOne(MAP, model.getKey().value(), model.getValue(), id.get().value(), true);
      }
    }
    return id;
  }

  @Override
  public List<Listed> list() {
    return sql.snapshot(ChannelRows::all);
  }

  @Override
  public Optional<Listed> find(String name) {
    return list().stream().filter(listed -> listed.channel().name().equals(name)).findFirst();
  }

  @Override
  public boolean setEnabled(ChannelId id, boolean enabled) {
    return change(SET_ENABLED, enabled, id.value());
  }

  @Override
  public boolean setBaseUrl(ChannelId id, URI baseUrl) {
    return change(SET_BASE_URL, baseUrl.toString(), id.value());
  }

  @Override
  public boolean setTerms(ChannelId id, Terms terms) {
    var limits = terms.limits();
    return change(
        SET_TERMS,
        terms.weight().priority(),
        terms.weight().weight(),
        limits.callsAtOnceMax(),
        limits.createsPerMinute(),
        limits.pollsPerMinute(),
        id.value());
  }

  @Override
  public boolean map(ChannelId id, ModelName model, String upstreamModel) {
    return sql.transaction(
        session -> {
          SandboxRows.lock(session);
          var sandboxToo =
              model.equals(SandboxCatalogue.ALWAYS) || !SandboxRows.isBesideRealChannels(session);
          Signals.catalogue(session);
          return session.update(MAP, model.value(), upstreamModel, id.value(), sandboxToo) == 1;
        });
  }

  @Override
  public boolean unmap(ChannelId id, ModelName model) {
    return change(UNMAP, id.value(), model.value());
  }

  @Override
  public Optional<CredentialId> saveCredential(ChannelId id, String name, Secret secret) {
    return sql.transaction(
        session -> {
          if (session.first(EXISTS, row -> row.getLong("id"), id.value()).isEmpty()) {
            return Optional.empty();
          }
          Signals.catalogue(session);
          return Optional.of(credentials.save(session, id, name, secret, clock.instant()));
        });
  }

  @Override
  public boolean saveCallbackSecret(ChannelId id, String name, Optional<Secret> secret) {
    return sql.transaction(
        session -> {
          Signals.catalogue(session);
          return credentials.saveCallbackSecret(session, id, name, secret);
        });
  }

  @Override
  public boolean setCredentialEnabled(CredentialId id, boolean enabled) {
    return change(SET_CREDENTIAL_ENABLED, enabled, id.value());
  }

  private boolean change(String statement, Object... parameters) {
    return sql.transaction(
        session -> {
          Signals.catalogue(session);
          return session.update(statement, parameters) == 1;
        });
  }
}
