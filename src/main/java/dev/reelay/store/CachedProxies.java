package dev.reelay.store;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.ChannelProxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The proxies of channels in memory, read again when a channel changes. Where they cannot be read,
 * the call is not made: one that went past its proxy would show who we are.
 */
public final class CachedProxies implements ChangeSink {
  private final JdbcChannelProxies stored;
  private final AtomicLong generation = new AtomicLong();
  private volatile Opened opened = new Opened(-1, Map.of());

  public CachedProxies(JdbcChannelProxies stored) {
    this.stored = stored;
  }

  private record Opened(long generation, Map<ChannelId, ChannelProxy> all) {}

  /** The channel's proxy; empty if calls go directly. */
  public Optional<ChannelProxy> of(ChannelId channel) {
    var now = generation.get();
    var known = opened;
    if (known.generation() != now) {
      known = new Opened(now, stored.open());
      opened = known;
    }
    return Optional.ofNullable(known.all().get(channel));
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
  }

  @Override
  public void refresh() {
    dropEverything();
  }
}
