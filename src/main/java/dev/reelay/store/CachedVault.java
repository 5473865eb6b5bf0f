package dev.reelay.store;

import dev.reelay.access.Sealer;
import dev.reelay.access.Secret;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.CredentialVault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Opened credentials in memory, dropped when a channel changes: every poll needs one. */
public final class CachedVault implements CredentialVault, ChangeSink {
  private final Sql sql;
  private final CredentialRows rows;
  private final Map<CredentialId, Opened> opened = new ConcurrentHashMap<>();
  private final Map<CredentialId, OpenedCallback> callbacks = new ConcurrentHashMap<>();
  private final AtomicLong generation = new AtomicLong();

  public CachedVault(DataSource source, Sealer sealer) {
    this.sql = new Sql(source);
    this.rows = new CredentialRows(sealer);
  }

  private record Opened(long generation, Secret secret) {}

  /** Of most credentials it is known that they have none. */
  private record OpenedCallback(long generation, Optional<Secret> secret) {}

  /**
   * @throws dev.reelay.access.SealBroken if it was sealed under another master key, or changed
   */
  @Override
  public Optional<Secret> open(CredentialId id) {
    var now = generation.get();
    var kept = Optional.ofNullable(opened.get(id)).filter(o -> o.generation() == now);
    if (kept.isPresent()) {
      return kept.map(Opened::secret);
    }
    var secret = sql.run(session -> rows.open(session, id));
    secret.ifPresent(s -> opened.put(id, new Opened(now, s)));
    return secret;
  }

  /**
   * @throws dev.reelay.access.SealBroken as {@link #open}
   */
  @Override
  public Optional<Secret> openCallbackSecret(CredentialId id) {
    var now = generation.get();
    var kept = Optional.ofNullable(callbacks.get(id)).filter(o -> o.generation() == now);
    if (kept.isPresent()) {
      return kept.get().secret();
    }
    var secret = sql.run(session -> rows.openCallbackSecret(session, id));
    callbacks.put(id, new OpenedCallback(now, secret));
    return secret;
  }

  @Override
  public void changed(Change change) {
    if (change instanceof Change.OfCatalogue) {
      dropEverything();
    }
  }

  @Override
  public void dropEverything() {
    generation.incrementAndGet();
    opened.clear();
    callbacks.clear();
  }

  @Override
  public void refresh() {
    dropEverything();
  }
}
