package dev.reelay;

import dev.reelay.config.Config;
import dev.reelay.http.webhook.FeedBell;
import dev.reelay.provider.HostPort;
import dev.reelay.provider.Outbound;
import dev.reelay.provider.SystemNames;
import dev.reelay.provider.WebhookCourier;
import dev.reelay.task.Task;
import dev.reelay.webhook.Courier;
import dev.reelay.webhook.DeliveryAttempt;
import dev.reelay.webhook.MessageBodies;
import dev.reelay.worker.Loop;
import dev.reelay.worker.NodeKeeper;
import dev.reelay.worker.Wake;
import dev.reelay.worker.WebhookCleaner;
import dev.reelay.worker.WebhookPublisher;
import dev.reelay.worker.WebhookSender;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The part of a node that tells receivers of events, and its own door to the outside. */
final class Webhooks implements AutoCloseable {
  private static final Duration NAME_PATIENCE = Duration.ofSeconds(5);

  private final Stores.Hooks hooks;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Outbound outbound;
  private final Courier courier;
  private final FeedBell bell = new FeedBell();
  private final Wake publishing = new Wake();
  private final Wake sending = new Wake();
  private final WebhookPublisher publisher;

  Webhooks(Config config, Stores.Hooks hooks, InstantSource clock, SecureRandom random) {
    this.hooks = hooks;
    this.clock = clock;
    this.random = random;
    var listed =
        config.webhookAllowedHosts().stream()
            .map(place -> new HostPort(place.host(), place.port()))
            .collect(Collectors.toUnmodifiableSet());
    this.outbound =
        new Outbound(() -> listed, new SystemNames(NAME_PATIENCE), WebhookCourier.LIMITS);
    this.courier = new WebhookCourier(outbound, () -> listed, clock);
    this.publisher = new WebhookPublisher(hooks.deliveries(), sending, clock);
  }

  Courier courier() {
    return courier;
  }

  FeedBell bell() {
    return bell;
  }

  /** A task of this node has ended. */
  void ended(Task task) {
    publisher.expect();
    publishing.run();
    bell.ring(task.tenant());
  }

  /** Begins to send; ends with {@link Sending#close}, which lets what is on its way arrive. */
  Sending start(NodeKeeper keeper, MessageBodies bodies) {
    var executor = Executors.newVirtualThreadPerTaskExecutor();
    var ports = new WebhookSender.Ports(hooks.deliveries(), bodies, courier, clock, random);
    var sender =
        new WebhookSender(
            ports, keeper::mayWork, () -> keeper.custody().fence(), executor, sending);
    var publish = new Loop("webhook-events", publisher);
    var send = new Loop("webhooks", sender);
    var clean = new Loop("webhook-clean", new WebhookCleaner(hooks.deliveries(), clock));
    publishing.connect(publish);
    sending.connect(send);
    var loops = List.of(publish, send, clean);
    loops.forEach(Loop::start);
    return new Sending(loops, executor);
  }

  /** The running loops. */
  record Sending(List<Loop> loops, ExecutorService executor) implements AutoCloseable {
    @Override
    public void close() {
      loops.forEach(Loop::close);
      executor.shutdown();
      try {
        if (!executor.awaitTermination(DeliveryAttempt.TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          executor.shutdownNow();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        executor.shutdownNow();
      }
    }
  }

  @Override
  public void close() {
    outbound.close();
  }
}
