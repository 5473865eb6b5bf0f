package dev.reelay.testkit;

import dev.reelay.access.ApiKey;
import dev.reelay.access.Caller;
import dev.reelay.access.KeyId;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.money.CostRule;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.money.Ratio;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Recovery;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.Upstream.Abilities;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * A whole installation in one thread: one store, three channels, and nodes that are the real
 * workers over it. Time stands until {@link #pass}. Everything that happens follows from the seed.
 */
public final class SimWorld {
  public static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

  /** Honours tokens for {@link #TOKEN_LIFE}, and can cancel. */
  public static final ChannelId WITH_TOKEN = new ChannelId(1);

  /** Can cancel, and has no recipe for a doubt. */
  public static final ChannelId PLAIN = new ChannelId(2);

  /** Can do nothing but make videos. */
  public static final ChannelId BARE = new ChannelId(3);

  /** Looks jobs up by our reference. */
  public static final ChannelId BY_REFERENCE = new ChannelId(4);

  /** Lists its jobs, all of them. */
  public static final ChannelId BY_LIST = new ChannelId(5);

  /** What the two declare: more than they lag and than two clocks of the storm are apart. */
  public static final Duration LAG = Duration.ofSeconds(150);

  private static final Recovery.Shows SHOWS = new Recovery.Shows(true, true, true);

  /** Made by one channel each; the last by the first three. */
  public static final ModelName TOKEN_MODEL = new ModelName("token-video");

  public static final ModelName PLAIN_MODEL = new ModelName("plain-video");
  public static final ModelName BARE_MODEL = new ModelName("bare-video");
  public static final ModelName ANY_MODEL = new ModelName("any-video");
  public static final ModelName REFERENCE_MODEL = new ModelName("reference-video");
  public static final ModelName LIST_MODEL = new ModelName("list-video");
  public static final List<ModelName> MODELS =
      List.of(TOKEN_MODEL, PLAIN_MODEL, BARE_MODEL, REFERENCE_MODEL, LIST_MODEL, ANY_MODEL);

  public static final Duration QUEUE = Duration.ofMinutes(5);
  public static final Duration FINISH = Duration.ofMinutes(12);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** What the provider of {@link #TOKEN_MODEL} asks; of the others nobody said it. */
  private static final CostRule ASKED =
      new CostRule(
          1,
          "their-" + TOKEN_MODEL.value(),
          1,
          new Price.PerSecond(Rates.flat(Money.parse("0.06"))),
          Ratio.ONE);

  private final ManualClock clock = new ManualClock();
  private final SplittableRandom random;
  private final InMemoryTaskStore store = new InMemoryTaskStore(clock);
  private final SimUpstream upstream;
  private final SimSearch search;
  private final InMemoryDoubts doubts;
  private final TaskWatch watch;
  private final Catalogue catalogue = catalogue();
  private final TimeOrderedIds ids;
  private final List<SimNode> nodes = new ArrayList<>();
  private long tokens;

  public SimWorld(long seed) {
    random = new SplittableRandom(seed);
    ids = new TimeOrderedIds(clock, random.split());
    upstream = new SimUpstream(clock, random.split());
    watch = new TaskWatch(store, upstream);
    upstream.addChannel(WITH_TOKEN, able(Recovery.NONE.withToken(TOKEN_LIFE), true));
    upstream.addChannel(PLAIN, able(Recovery.NONE, true));
    upstream.addChannel(BARE, able(Recovery.NONE, false));
    upstream.addChannel(BY_REFERENCE, able(Recovery.NONE.withReference(LAG), false));
    var list = new Recovery.JobList(LAG, FINISH.multipliedBy(4), SHOWS);
    upstream.addChannel(BY_LIST, able(Recovery.NONE.withList(list), false));
    upstream.askedAtOnce(BY_REFERENCE, 20);
    upstream.askedAtOnce(BY_LIST, 3);
    search = new SimSearch(upstream, clock, random.split());
    doubts = new InMemoryDoubts(store);
  }

  private static Abilities able(Recovery recovery, boolean cancels) {
    return new Abilities(recovery, cancels, Duration.ofSeconds(2), Duration.ofSeconds(30));
  }

  private static Catalogue catalogue() {
    return new Catalogue(
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            channel(WITH_TOKEN, TOKEN_MODEL, 3),
            channel(PLAIN, PLAIN_MODEL, 2),
            channel(BARE, BARE_MODEL, 1),
            searched(BY_REFERENCE, REFERENCE_MODEL),
            searched(BY_LIST, LIST_MODEL)),
        Map.of(new CostKey(WITH_TOKEN, "their-" + TOKEN_MODEL.value()), ASKED));
  }

  private static Channel channel(ChannelId id, ModelName own, int priority) {
    return channel(id, Map.of(own, "their-" + own.value(), ANY_MODEL, "their-any"), priority);
  }

  private static Channel searched(ChannelId id, ModelName own) {
    return channel(id, Map.of(own, "their-" + own.value()), 1);
  }

  private static Channel channel(ChannelId id, Map<ModelName, String> models, int priority) {
    return new Channel(
        id,
        "channel " + id.value(),
        "simulated",
        URI.create("https://provider.example"),
        true,
        new Channel.Weight(priority, 1),
        Channel.Limits.DEFAULT,
        models,
        Map.of(),
        List.of(new CredentialId(id.value())));
  }

  /** A new node, not yet begun. */
  public SimNode addNode() {
    var node = new SimNode("node-" + (char) ('a' + nodes.size()), this);
    nodes.add(node);
    return node;
  }

  public List<SimNode> nodes() {
    return nodes;
  }

  /** A tenant with so much money and a key without limits. */
  public Caller addCaller(Money money) {
    return addCaller(money, Optional.empty(), OptionalInt.empty());
  }

  public Caller addCaller(Money money, Optional<Money> spendLimit, OptionalInt openTasksMax) {
    var tenant = store.addTenant(Money.ZERO);
    topUp(tenant, money);
    return caller(tenant, store.addKey(tenant, spendLimit), openTasksMax);
  }

  public void topUp(TenantId tenant, Money money) {
    store.topUp(tenant, money);
    watch.toppedUp(tenant, money);
  }

  private static Caller caller(TenantId tenant, KeyId key, OptionalInt openTasksMax) {
    var plan = new Plan(1, "default", openTasksMax, 1_000_000);
    var apiKey =
        new ApiKey(
            key,
            tenant,
            "a key",
            "rk_…abcd",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false);
    return new Caller(apiKey, new Tenant(tenant, "tenant " + tenant.value(), plan));
  }

  /** Lets time go by, second by second, and every living node do what is due. */
  public void pass(Duration duration) {
    for (var left = duration; left.isPositive(); left = left.minus(SECOND)) {
      clock.move(left.compareTo(SECOND) < 0 ? left : SECOND);
      run();
    }
  }

  /** Lets every living node do what is due now. */
  public void run() {
    for (var node : List.copyOf(nodes)) {
      node.run();
    }
    watch.requireNoFault();
  }

  public Task task(TaskId id) {
    return store.find(id).orElseThrow();
  }

  /** All that is kept about a task, to be asserted. */
  public TaskExpectation expect(TaskId id) {
    return new TaskExpectation(store, id);
  }

  /** A request for five seconds by a model. */
  public static VideoRequest request(ModelName model) {
    return request(model, TaskSamples.request().prompt());
  }

  public static VideoRequest request(ModelName model, String prompt) {
    var like = TaskSamples.request();
    return new VideoRequest(
        like.form(), model, prompt, like.shape(), like.images(), like.options(), like.extras());
  }

  /** All books, counted anew; empty if they balance. */
  public List<String> bookFaults() {
    return Reconcile.faults(store.reconcileFacts());
  }

  public ManualClock clock() {
    return clock;
  }

  public SplittableRandom random() {
    return random;
  }

  public InMemoryTaskStore store() {
    return store;
  }

  public SimUpstream upstream() {
    return upstream;
  }

  public SimSearch search() {
    return search;
  }

  public InMemoryDoubts doubts() {
    return doubts;
  }

  public TaskWatch watch() {
    return watch;
  }

  Catalogue channels() {
    return catalogue;
  }

  TaskId newTaskId() {
    return new TaskId(ids.text());
  }

  String newToken() {
    return "token-" + ++tokens;
  }
}
