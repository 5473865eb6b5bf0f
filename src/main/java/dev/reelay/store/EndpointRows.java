package dev.reelay.store;

import dev.reelay.access.SealedPlace;
import dev.reelay.access.Sealer;
import dev.reelay.access.TenantId;
import dev.reelay.webhook.DeliveryState.Why;
import dev.reelay.webhook.Endpoint;
import dev.reelay.webhook.Endpoint.Disabled;
import dev.reelay.webhook.Endpoint.Target;
import dev.reelay.webhook.Endpoint.Wishes;
import dev.reelay.webhook.EndpointId;
import dev.reelay.webhook.EventType;
import dev.reelay.webhook.Health;
import dev.reelay.webhook.SigningSecret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of endpoints and of their sealed secrets. */
final class EndpointRows {
  private static final String INSERT =
      """
      insert into endpoint (id, tenant_id, url, format, types, description, created_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (tenant_id) where url is null do nothing\
      """;

  /** What refers to it may be written meanwhile. */
  private static final String LOCK = "select * from endpoint where id = ? for no key update";

  private static final String SAVE =
      """
      update endpoint set url = ?, format = ?, types = ?, description = ?, failing_days = ?,
        day_began = ?, disabled_reason = ?, disabled_at = ?,
        since = case when ? then pg_current_xact_id() else since end
      where id = ?\
      """;

  private static final String GIVE_UP =
      """
      update delivery set state = 'failed', why = ?, ended_at = ?, due_at = null, fence = 0
      where endpoint_id = ? and state = 'pending'\
      """;

  private static final String NEXT_SECRET =
      "select coalesce(max(number), 0) + 1 as next from endpoint_secret where endpoint_id = ?";

  private static final String INSERT_SECRET =
      "insert into endpoint_secret (endpoint_id, number, sealed) values (?, ?, ?)";

  private static final String END_SECRETS =
      """
      update endpoint_secret set ends_at = least(coalesce(ends_at, ?), ?)
      where endpoint_id = ? and number < ?\
      """;

  private static final String FORGET_SECRETS =
      "delete from endpoint_secret where endpoint_id = ? and (ends_at <= ? or number <= ?)";

  private static final String SECRETS =
      """
      select number, sealed from endpoint_secret
      where endpoint_id = ? and (ends_at is null or ends_at > ?) order by number desc\
      """;

  private static final String TABLE = "endpoint_secret";
  private static final String COLUMN = "sealed";

  private final Sealer sealer;

  EndpointRows(Sealer sealer) {
    this.sealer = sealer;
  }

  /** False if there is such a one already, which only the one for requests can be. */
  boolean insert(Sql.Session session, Endpoint endpoint, SigningSecret secret) throws SQLException {
    var wishes = endpoint.wishes();
    var rows =
        session.update(
            INSERT,
            endpoint.id().value(),
            endpoint.tenant().value(),
            url(endpoint.target()),
            word(wishes.format()),
            EventType.words(wishes.types()).toArray(String[]::new),
            wishes.description(),
            endpoint.createdAt());
    if (rows == 1) {
      addSecret(session, endpoint.id(), secret);
    }
    return rows == 1;
  }

  /** The row as it is now, nobody else's to change until the transaction ends. */
  static Optional<Endpoint> lock(Sql.Session session, EndpointId id) throws SQLException {
    return session.first(LOCK, EndpointRows::endpoint, id.value());
  }

  /** Stores what may change of a locked row; what is pending for one that is disabled ends. */
  static void save(Sql.Session session, Endpoint before, Endpoint after) throws SQLException {
    session.updateOne(
        SAVE,
        url(after.target()),
        word(after.wishes().format()),
        EventType.words(after.wishes().types()).toArray(String[]::new),
        after.wishes().description(),
        after.health().failingDays(),
        after.health().dayBegan(),
        after.disabled().map(d -> word(d.reason())),
        after.disabled().map(Disabled::at),
        before.disabled().isPresent() && after.disabled().isEmpty(),
        after.id().value());
    if (before.disabled().isEmpty() && after.disabled().isPresent()) {
      var at = after.disabled().get().at();
      session.update(GIVE_UP, word(Why.ENDPOINT_DISABLED), at, after.id().value());
    }
  }

  int addSecret(Sql.Session session, EndpointId id, SigningSecret secret) throws SQLException {
    var number = session.one(NEXT_SECRET, row -> row.getInt("next"), id.value());
    session.updateOne(
        INSERT_SECRET, id.value(), number, sealer.seal(secret.text(), place(id, number)));
    return number;
  }

  /** Adds a secret; of those before it at most {@code kept} go on until they end. */
  void rotate(
      Sql.Session session,
      EndpointId id,
      SigningSecret next,
      int kept,
      Instant now,
      Instant othersEnd)
      throws SQLException {
    var number = addSecret(session, id, next);
    session.update(END_SECRETS, othersEnd, othersEnd, id.value(), number);
    session.update(FORGET_SECRETS, id.value(), now, number - 1 - kept);
  }

  /** Those that are good now, the newest first. */
  List<SigningSecret> secrets(Sql.Session session, EndpointId id, Instant now) throws SQLException {
    return session.list(
        SECRETS,
        row ->
            new SigningSecret(sealer.open(row.getString(COLUMN), place(id, row.getInt("number")))),
        id.value(),
        now);
  }

  private static SealedPlace place(EndpointId id, int number) {
    return new SealedPlace(TABLE, id.value(), COLUMN, number);
  }

  private static Optional<String> url(Target target) {
    return switch (target) {
      case Target.Address(URI url) -> Optional.of(url.toString());
      case Target.PerRequest _ -> Optional.empty();
    };
  }

  static Endpoint endpoint(ResultSet row) throws SQLException {
    @Nullable String url = row.getString("url");
    @Nullable String reason = row.getString("disabled_reason");
    var disabled =
        Optional.ofNullable(reason).isPresent()
            ? Optional.of(
                new Disabled(
                    Endpoint.Reason.valueOf(String.valueOf(reason).toUpperCase(Locale.ROOT)),
                    Sql.instant(row, "disabled_at")))
            : Optional.<Disabled>empty();
    return new Endpoint(
        new EndpointId(row.getString("id")),
        new TenantId(row.getLong("tenant_id")),
        Optional.ofNullable(url)
            .<Target>map(text -> new Target.Address(URI.create(text)))
            .orElse(new Target.PerRequest()),
        wishes(row),
        new Health(row.getInt("failing_days"), Sql.maybeInstant(row, "day_began")),
        disabled,
        Sql.instant(row, "created_at"));
  }

  private static Wishes wishes(ResultSet row) throws SQLException {
    return new Wishes(
        Endpoint.Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)),
        Sql.texts(row, "types").stream()
            .map(EndpointRows::type)
            .collect(Collectors.toUnmodifiableSet()),
        row.getString("description"));
  }

  static EventType type(String word) {
    return EventType.find(word)
        .orElseThrow(() -> new StoreBroken("an event of an unknown type is stored: " + word));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A new one for addresses that requests name, with a secret that nobody has seen. */
  static Endpoint perRequest(EndpointId id, TenantId tenant, Instant now) {
    return new Endpoint(
        id,
        tenant,
        new Target.PerRequest(),
        Wishes.PER_REQUEST,
        Health.GOOD,
        Optional.empty(),
        now);
  }
}
