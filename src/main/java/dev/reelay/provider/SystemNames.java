package dev.reelay.provider;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the system. Its look-up cannot be interrupted and would hold a carrier of virtual threads
 * for as long as a name server is silent, so each runs on a thread of its own: one a name, bounded.
 */
public final class SystemNames implements Names {
  static final int LOOKUPS_AT_ONCE_MAX = 64;

  private final Duration patience;
  private final Semaphore free = new Semaphore(LOOKUPS_AT_ONCE_MAX);
  private final ConcurrentHashMap<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();

  /**
   * @param patience longest wait for one look-up
   */
  public SystemNames(Duration patience) {
    this.patience = patience;
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    var answer = underWay.computeIfAbsent(host, this::ask);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, "the look-up was interrupted");
    } catch (TimeoutException e) {
      throw unknown(host, "the name server is silent");
    } catch (ExecutionException e) {
      throw unknown(host, "the name is unknown");
    }
  }

  private CompletableFuture<List<InetAddress>> ask(String host) {
    var answer = new CompletableFuture<List<InetAddress>>();
    if (!free.tryAcquire()) {
      answer.completeExceptionally(new UnknownHostException("too many look-ups at once"));
      Thread.startVirtualThread(() -> underWay.remove(host, answer));
      return answer;
    }
    Thread.ofPlatform().daemon().name("look-up").start(() -> lookUp(host, answer));
    return answer;
  }

  private void lookUp(String host, CompletableFuture<List<InetAddress>> answer) {
    try {
      answer.complete(List.of(InetAddress.getAllByName(host)));
    } catch (UnknownHostException | RuntimeException e) {
      answer.completeExceptionally(e);
    } finally {
      free.release();
      underWay.remove(host, answer);
    }
  }

  private static UnknownHostException unknown(String host, String why) {
    return new UnknownHostException(host + ": " + why);
  }
}
