package dev.reelay.store;

import dev.reelay.access.SealedPlace;
import dev.reelay.access.Sealer;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ChannelProxies;
import dev.reelay.routing.ChannelProxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The proxies of channels in PostgreSQL, each password sealed for its row and version. */
public final class JdbcChannelProxies implements ChannelProxies {
  private static final String LOCK = "select id from channel where id = ? for update";
  private static final String VERSION = "select version from channel_proxy where channel_id = ?";
  private static final String REMOVE = "delete from channel_proxy where channel_id = ?";

  private static final String SAVE =
      """
      insert into channel_proxy
        (channel_id, kind, host, port, resolves_names, user_name, sealed, version)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (channel_id) do update set kind = excluded.kind, host = excluded.host,
        port = excluded.port, resolves_names = excluded.resolves_names,
        user_name = excluded.user_name, sealed = excluded.sealed, version = excluded.version\
      """;

  private static final String ALL = "select * from channel_proxy";

  private final Sql sql;
  private final Sealer sealer;

  public JdbcChannelProxies(DataSource source, Sealer sealer) {
    this.sql = new Sql(source);
    this.sealer = sealer;
  }

  @Override
  public boolean save(ChannelId channel, ChannelProxy proxy) {
    return sql.transaction(
        session -> {
          if (session.first(LOCK, row -> row.getLong("id"), channel.value()).isEmpty()) {
            return false;
          }
          var before = session.first(VERSION, row -> row.getInt("version"), channel.value());
          var version = before.orElse(0) + 1;
          var sealed =
              proxy.login().map(login -> sealer.seal(login.password(), place(channel, version)));
          session.updateOne(
              SAVE,
              channel.value(),
              proxy.kind().word(),
              proxy.host(),
              proxy.port(),
              proxy.resolvesNames(),
              proxy.login().map(ChannelProxy.Login::user),
              sealed,
              version);
          Signals.catalogue(session);
          return true;
        });
  }

  @Override
  public boolean remove(ChannelId channel) {
    return sql.transaction(
        session -> {
          Signals.catalogue(session);
          return session.update(REMOVE, channel.value()) == 1;
        });
  }

  @Override
  public Map<ChannelId, String> shown() {
    return sql.run(
        session -> {
          var all = new HashMap<ChannelId, String>();
          session.list(ALL, row -> all.put(channel(row), shown(row)));
          return Map.copyOf(all);
        });
  }

  private static String shown(ResultSet row) throws SQLException {
    var user = Optional.ofNullable(row.getString("user_name"));
    return proxy(row, Optional.empty()).words()
        + user.map(name -> " as " + name).orElse("")
        + (row.getBoolean("resolves_names") ? ", resolves names" : "");
  }

  /** All of them with their passwords, for calls. */
  Map<ChannelId, ChannelProxy> open() {
    return sql.run(
        session -> {
          var all = new HashMap<ChannelId, ChannelProxy>();
          session.list(ALL, row -> all.put(channel(row), proxy(row, login(row))));
          return Map.copyOf(all);
        });
  }

  private Optional<ChannelProxy.Login> login(ResultSet row) throws SQLException {
    var sealed = Optional.ofNullable(row.getString("sealed"));
    if (sealed.isEmpty()) {
      return Optional.empty();
    }
    var password = sealer.open(sealed.get(), place(channel(row), row.getInt("version")));
    return Optional.of(new ChannelProxy.Login(row.getString("user_name"), password));
  }

  private static ChannelProxy proxy(ResultSet row, Optional<ChannelProxy.Login> login)
      throws SQLException {
    return new ChannelProxy(
        ChannelProxy.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("host"),
        row.getInt("port"),
        row.getBoolean("resolves_names"),
        login);
  }

  private static ChannelId channel(ResultSet row) throws SQLException {
    return new ChannelId(row.getLong("channel_id"));
  }

  private static SealedPlace place(ChannelId channel, int version) {
    return new SealedPlace("channel_proxy", String.valueOf(channel.value()), "sealed", version);
  }
}
