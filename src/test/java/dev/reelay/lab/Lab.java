package dev.reelay.lab;

import dev.reelay.lab.ark.ArkPart;
import dev.reelay.lab.bfl.BflPart;
import dev.reelay.lab.dashscope.DashScopePart;
import dev.reelay.lab.declarative.DeclarativePart;
import dev.reelay.lab.fal.FalPart;
import dev.reelay.lab.gemini.GeminiPart;
import dev.reelay.lab.kling.KlingPart;
import dev.reelay.lab.luma.LumaPart;
import dev.reelay.lab.minimax.MiniMaxPart;
import dev.reelay.lab.openai.OpenAiPart;
import dev.reelay.lab.replicate.ReplicatePart;
import dev.reelay.lab.runway.RunwayPart;
import dev.reelay.lab.vertex.VertexPart;
import dev.reelay.lab.vidu.ViduPart;
import dev.reelay.lab.xai.XaiPart;
import dev.reelay.testkit.SamplePictures;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays providers: one server with a part for each, at {@code <address>/<provider>}, and another
 * one for results, which is no place for credentials.
 */
public final class Lab implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lab.class);
  private static final long TICK_MILLIS = 50;
  private static final String PICTURE = "/picture.png";
  private static final int PICTURE_PIXELS = 512;

  /** Headers in which vendors want their keys. */
  private static final List<String> CREDENTIALS =
      List.of("authorization", "x-api-key", "x-goog-api-key", "x-key", "api-key", "cookie");

  private final Map<String, LabPart> parts = new LinkedHashMap<>();
  private final Map<String, LabDesk> desks = new LinkedHashMap<>();
  private final Map<String, List<LabRoute>> routes = new LinkedHashMap<>();
  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final LabCalls calls = new LabCalls();
  private final LabWire wire;
  private final LabWire files;
  private final LabWorld world;

  private Lab(int port, InstantSource clock, LabPace pace, List<LabPart> all) {
    this.wire = LabWire.start(port, request -> calls.through(request, this::answer));
    this.files =
        LabWire.start(port == 0 ? 0 : port + 1, request -> calls.through(request, this::file));
    this.world = new LabWorld(clock, pace, new LabJournal(), wire.address(), files.address());
    for (var part : all) {
      var desk = new LabDesk(world, part);
      parts.put(part.name(), part);
      desks.put(part.name(), desk);
      routes.put(part.name(), List.copyOf(part.routes(desk)));
    }
    var _ =
        ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Every part that there is; one line each. */
  public static List<LabPart> parts() {
    return List.of(
        new OpenAiPart(),
        new FalPart(),
        new LumaPart(),
        new ReplicatePart(),
        new ArkPart(),
        new DashScopePart(),
        new BflPart(),
        new GeminiPart(),
        new VertexPart(),
        new RunwayPart(),
        new ViduPart(),
        new KlingPart(),
        new MiniMaxPart(),
        new XaiPart(),
        new DeclarativePart());
  }

  /** One with all parts, on free ports, with the machine's clock. */
  public static Lab start(LabPace pace) {
    return start(0, InstantSource.system(), pace, parts());
  }

  /**
   * @param port 0 for a free one; results are on the next one
   */
  public static Lab start(int port, InstantSource clock, LabPace pace, List<LabPart> parts) {
    return new Lab(port, clock, pace, parts);
  }

  public URI address() {
    return wire.address();
  }

  /** Where results are. */
  public URI filesAddress() {
    return files.address();
  }

  /** The base URL of the usual channel at this part. */
  public URI baseUrl(LabPart part) {
    return baseUrl(part, part.channel());
  }

  /** The base URL of this channel at this part. */
  public URI baseUrl(LabPart part, LabPart.Channel channel) {
    return URI.create(world.baseUrl(part.name()) + channel.path());
  }

  /** Ends every call that is left without an answer, as a patient caller's time-out would. */
  public void hangUp() {
    wire.hangUp();
  }

  /** The settings of a channel at this part. */
  public Map<String, String> settings(LabPart part) {
    return part.settings(world.baseUrl(part.name()));
  }

  /** The settings of this channel at this part. */
  public Map<String, String> settings(LabPart part, LabPart.Channel channel) {
    var all = new HashMap<>(settings(part));
    part.channel().settings().keySet().forEach(all::remove);
    all.putAll(channel.settings());
    return all;
  }

  public LabJournal journal() {
    return world.journal();
  }

  /** What reaches the lab, and what goes wrong with it. */
  public LabCalls calls() {
    return calls;
  }

  /** The next so many creates or polls of that part misbehave like this. */
  public void misbehave(String part, LabWord word, int times) {
    desk(part).misbehave(word, times);
  }

  /** Each part that it plays. */
  public List<String> partNames() {
    return List.copyOf(parts.keySet());
  }

  /** The jobs of a part. */
  public LabDesk desk(String part) {
    return Optional.ofNullable(desks.get(part)).orElseThrow();
  }

  /** How many requests a part has got. */
  public long requests(String part) {
    return requestsOf(part).sum();
  }

  private LongAdder requestsOf(String part) {
    return requests.computeIfAbsent(part, _ -> new LongAdder());
  }

  /** Calls back about what has ended; happens by itself many times a second. */
  public void tick() {
    try {
      desks.values().forEach(LabDesk::tick);
    } catch (RuntimeException e) {
      LOG.error("the lab did not call back", e);
    }
  }

  private LabAnswer answer(LabRequest request) {
    if (request.path().equals("/")) {
      return LabAnswer.json(200, JsonMapper.shared().valueToTree(parts.keySet()));
    }
    var pieces = request.path().split("/", 3);
    var part = parts.get(pieces.length > 1 ? pieces[1] : "");
    if (part == null) {
      return LabAnswer.text(404, "text/plain", "the lab has no such part\n");
    }
    requestsOf(part.name()).increment();
    try {
      return routed(part, request.at("/" + (pieces.length > 2 ? pieces[2] : ""), Map.of()));
    } catch (LabRefusal refusal) {
      return part.refuse(refusal);
    } catch (LabBreak broken) {
      return broken.how();
    } catch (RuntimeException e) {
      LOG.error("part {} of the lab failed on {}", part.name(), request.path(), e);
      return LabAnswer.text(500, "text/plain", "the lab itself failed: " + e + "\n");
    }
  }

  private LabAnswer routed(LabPart part, LabRequest request) {
    return Optional.ofNullable(routes.get(part.name())).orElseThrow().stream()
        .flatMap(route -> route.answer(request).stream())
        .findFirst()
        .orElseThrow(
            () -> LabRefusal.of(LabRefusal.Kind.NO_ROUTE, request.method() + " " + request.path()));
  }

  /** A picture that anybody may fetch. */
  public URI picture() {
    return files.address().resolve(PICTURE);
  }

  private LabAnswer file(LabRequest request) {
    var brought = CREDENTIALS.stream().filter(request.headers()::containsKey).toList();
    if (!brought.isEmpty()) {
      journal().noteLeak(request.path() + " was asked for with " + brought);
      return LabAnswer.text(400, "text/plain", "only one way of authorization is allowed\n");
    }
    if (request.path().equals(PICTURE)) {
      return LabAnswer.file("image/png", SamplePictures.png(PICTURE_PIXELS, PICTURE_PIXELS));
    }
    var pieces = request.path().split("/");
    if (pieces.length != 4 || !desks.containsKey(pieces[1])) {
      return LabAnswer.text(404, "text/plain", "there is no such file\n");
    }
    var until = Instant.ofEpochMilli(Long.parseLong(pieces[3].replace(".mp4", "")));
    if (world.clock().instant().isAfter(until)) {
      return LabAnswer.text(403, "text/plain", "the address has expired\n");
    }
    var desk = desk(pieces[1]);
    try {
      var id = URLDecoder.decode(pieces[2], StandardCharsets.UTF_8);
      return LabAnswer.file("video/mp4", desk.videoBytes(desk.get(id)));
    } catch (LabRefusal refusal) {
      return LabAnswer.text(404, "text/plain", "there is no such file\n");
    }
  }

  @Override
  public void close() {
    ticker.shutdownNow();
    wire.close();
    files.close();
  }
}
