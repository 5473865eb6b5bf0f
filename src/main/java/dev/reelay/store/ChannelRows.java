package dev.reelay.store;

import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels.CredentialLine;
import dev.reelay.routing.Channels.Listed;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Channels with their models and credentials, read in three statements. No secret is read. */
final class ChannelRows {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String CHANNELS = "select * from channel order by id";

  private static final String MODELS =
      "select channel_id, model, upstream_model from channel_model";

  private static final String CREDENTIALS =
      """
      select channel_id, id, name, enabled, callback_sealed is not null as checks_callbacks,
        created_at
      from credential order by id\
      """;

  private ChannelRows() {}

  static List<Listed> all(Sql.Session session) throws SQLException {
    var models = models(session);
    var credentials = credentials(session);
    return session.list(
        CHANNELS,
        row -> {
          var id = row.getLong("id");
          return listed(
              row, models.getOrDefault(id, Map.of()), credentials.getOrDefault(id, List.of()));
        });
  }

  private static Listed listed(
      ResultSet row, Map<ModelName, String> models, List<CredentialLine> credentials)
      throws SQLException {
    var channel =
        new Channel(
            new ChannelId(row.getLong("id")),
            row.getString("name"),
            row.getString("provider"),
            URI.create(row.getString("base_url")),
            row.getBoolean("enabled"),
            new Channel.Weight(row.getInt("priority"), row.getInt("weight")),
            limits(row),
            models,
            settings(row.getString("settings")),
            credentials.stream().filter(CredentialLine::enabled).map(CredentialLine::id).toList());
    return new Listed(channel, credentials);
  }

  private static Channel.Limits limits(ResultSet row) throws SQLException {
    return new Channel.Limits(
        row.getInt("calls_at_once_max"),
        Sql.maybeInt(row, "creates_per_minute"),
        row.getInt("polls_per_minute"));
  }

  private static Map<ModelName, String> upstream(Map<Long, Map<ModelName, String>> all, long id) {
    return all.computeIfAbsent(id, _ -> new HashMap<>());
  }

  private static Map<Long, Map<ModelName, String>> models(Sql.Session session) throws SQLException {
    var all = new HashMap<Long, Map<ModelName, String>>();
    session.list(
        MODELS,
        row ->
            upstream(all, row.getLong("channel_id"))
                .put(new ModelName(row.getString("model")), row.getString("upstream_model")));
    return all;
  }

  private static Map<Long, List<CredentialLine>> credentials(Sql.Session session)
      throws SQLException {
    var all = new HashMap<Long, List<CredentialLine>>();
    session.list(
        CREDENTIALS,
        row ->
            all.computeIfAbsent(row.getLong("channel_id"), _ -> new ArrayList<>())
                .add(
                    new CredentialLine(
                        new CredentialId(row.getLong("id")),
                        row.getString("name"),
                        row.getBoolean("enabled"),
                        row.getBoolean("checks_callbacks"),
                        Sql.instant(row, "created_at"))));
    return all;
  }

  static String settings(Map<String, String> settings) {
    return JSON.writeValueAsString(settings);
  }

  private static Map<String, String> settings(String json) {
    var settings = new HashMap<String, String>();
    for (var property : JSON.readTree(json).properties()) {
      settings.put(property.getKey(), property.getValue().asString());
    }
    return settings;
  }
}
