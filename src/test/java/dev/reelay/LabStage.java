package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.KeyLimits;
import dev.reelay.access.Secret;
import dev.reelay.cli.Desk;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabWord;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.provider.Providers;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.store.JdbcReconcile;
import dev.reelay.task.Upstream;
import dev.reelay.testkit.Pauses;
import dev.reelay.testkit.QuickClock;
import dev.reelay.testkit.RelayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One relay with a channel for everything that the lab plays, and a client of it. Lab and relay go
 * by one clock that is quicker than the machine's, and the lab can call the relay back.
 */
final class LabStage implements AutoCloseable {
  static final Money PRICE = Money.parse("0.05");

  /** Five seconds, after which a node looks after its lease, are still less than the lease. */
  private static final int TIMES_AS_FAST = 4;

  /** A first poll finds a job waiting, a second one working, a third one done. */
  private static final LabPace PACE = new LabPace(Duration.ofSeconds(2), Duration.ofSeconds(6));

  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  /** After the last create everything has happened within this, by the machine's clock. */
  private static final Duration MADE_WITHIN = Duration.ofSeconds(60);

  /** And after time has passed within this. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  private final QuickClock clock;
  private final Lab lab;
  private final RelayKit kit;
  private final RelayClient client;

  private long patientUntilNanos = System.nanoTime();

  /** Ids by model and prompt. */
  private final Map<String, String> ids = new ConcurrentHashMap<>();

  /** One whose clock is quick. */
  LabStage() {
    this(TIMES_AS_FAST, PACE);
  }

  /** One whose clock moves only by {@link #pass}; jobs end before a second poll is due. */
  static LabStage withStandingClock() {
    return new LabStage(0, new LabPace(Duration.ofSeconds(1), Duration.ofSeconds(2)));
  }

  private LabStage(int timesAsFast, LabPace pace) {
    clock = new QuickClock(InstantSource.system(), timesAsFast);
    lab = Lab.start(0, clock, pace, Lab.parts());
    kit = new RelayKit(settings(), clock);
    client = kit.client(kit.tenant("lab", "1000.00"), KeyLimits.NONE);
  }

  /** One channel at one part. */
  record Voice(LabPart part, LabPart.Channel channel, int number) {
    String model() {
      return "lab-" + part.name() + "-" + number;
    }

    /** A prompt that only this voice has, and only for that. */
    String prompt(String about) {
      return about + " a fox of " + model();
    }

    /** The same with trouble. */
    String prompt(LabWord word) {
      return prompt(word.text());
    }

    /** Whether this word means anything here. */
    boolean knows(LabWord word) {
      return !part.without().contains(word) && !channel.unsaid().contains(word);
    }

    Upstream.Abilities abilities() {
      return Providers.all().find(part.name()).orElseThrow().abilities(channel.settings());
    }

    Capability.Pictures pictures() {
      return channel.capability().pictures();
    }

    @Override
    public String toString() {
      return part.name() + " " + channel.model();
    }
  }

  /** Every channel of every part. */
  static List<Voice> voices() {
    return Lab.parts().stream().flatMap(LabStage::voices).toList();
  }

  private static Stream<Voice> voices(LabPart part) {
    var channels = part.channels();
    return IntStream.range(0, channels.size()).mapToObj(i -> new Voice(part, channels.get(i), i));
  }

  /** Of each way to ask that an adapter has the first channel. */
  static List<Voice> dialects() {
    var known = new ArrayList<String>();
    return voices().stream()
        .filter(
            voice -> {
              var name = voice.part().name() + " " + voice.channel().dialect();
              return !known.contains(name) && known.add(name);
            })
        .toList();
  }

  private Map<String, String> settings() {
    var port = freePort();
    return Map.of(
        "REELAY_ALLOWED_HOSTS",
        lab.address().getAuthority() + "," + lab.filesAddress().getAuthority(),
        "REELAY_PICTURES_ALLOWED_HOSTS",
        lab.picture().getAuthority(),
        "REELAY_PORT",
        port,
        "REELAY_PUBLIC_URL",
        "http://127.0.0.1:" + port);
  }

  private static String freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return String.valueOf(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a model and a channel for each of these, and waits until the relay offers them. */
  void open(List<Voice> voices) {
    try (var desk = kit.desk()) {
      voices.forEach(voice -> add(desk, voice.model(), voice, ""));
    }
    voices.forEach(voice -> assertThat(client.awaitModel(voice.model())).isTrue());
  }

  /** Adds a model that two channels make, the one after the other. */
  void openTwice(Voice voice, String model) {
    try (var desk = kit.desk()) {
      add(desk, model, voice, "-one");
      add(desk, model, voice, "-two");
    }
    assertThat(client.awaitModel(model)).isTrue();
  }

  private void add(Desk desk, String model, Voice voice, String which) {
    var name = new ModelName(model);
    var channel = voice.channel();
    desk.offer().models().save(new Model(name, channel.capability()));
    desk.offer().models().setPrice(name, new Price.PerVideo(Rates.flat(PRICE)));
    var added =
        new Channels.NewChannel(
            model + which,
            voice.part().name(),
            lab.baseUrl(voice.part(), channel),
            Channels.Terms.DEFAULT,
            Map.of(name, channel.model()),
            lab.settings(voice.part(), channel));
    var channels = desk.offer().channels();
    var addition = channels.add(added, "main", new Secret(channel.secret()));
    var id = ((Channels.Addition.Added) addition).id();
    voice
        .part()
        .callbackSecret()
        .map(Secret::new)
        .ifPresent(secret -> channels.saveCallbackSecret(id, "main", Optional.of(secret)));
  }

  /** A task of this prompt. */
  void create(Voice voice, String prompt) {
    create(voice.model(), prompt, _ -> {});
  }

  /** The same with more in the body. */
  void create(String model, String prompt, Consumer<ObjectNode> more) {
    var body = JsonMapper.shared().createObjectNode();
    body.put("model", model).put("prompt", prompt);
    more.accept(body);
    var answer = client.create(body.toString());
    assertThat(answer.status()).as("%s %s: %s", model, prompt, answer.text()).isEqualTo(200);
    ids.put(model + prompt, answer.at("/id"));
    waitFor(MADE_WITHIN);
  }

  String id(String model, String prompt) {
    return ids.getOrDefault(model + prompt, "");
  }

  void assertPlays(Voice voice, String prompt) {
    assertPlays(voice, voice.model(), prompt);
  }

  /** It was made once, is paid for once, and plays. */
  void assertPlays(Voice voice, String model, String prompt) {
    var done = ended(id(model, prompt));

    assertThat(done.at("/status")).as(done.text()).isEqualTo("completed");
    assertThat(stands(model, prompt)).isEqualTo("succeeded " + PRICE.micros());
    assertThat(made(voice, prompt)).isEqualTo(1);
    var video = client.get(done.at("/video_url").substring(kit.address().toString().length()));
    assertThat(probe(video.body())).isInstanceOf(ProbeResult.Playable.class);
  }

  private static ProbeResult probe(byte[] video) {
    try {
      var file = Files.createTempFile("made", ".mp4");
      try {
        Files.write(file, video);
        return Mp4Probe.probe(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It ends with this error, and costs nothing. */
  void assertFails(Voice voice, String prompt, String code) {
    var done = ended(id(voice.model(), prompt));

    assertThat(done.at("/status")).as(done.text()).isEqualTo("failed");
    assertThat(done.at("/error_code")).as(done.text()).isEqualTo(code);
    assertThat(stands(voice.model(), prompt)).isEqualTo("failed 0");
  }

  /** How many jobs of the prompt that channel's model has at the lab. */
  long made(Voice voice, String prompt) {
    return lab.journal().made(voice.part().name(), prompt);
  }

  /** Sets the clock of relay and lab forward. */
  void pass(Duration time) {
    clock.move(time);
    waitFor(PATIENCE);
  }

  private void waitFor(Duration longest) {
    patientUntilNanos = System.nanoTime() + longest.toNanos();
  }

  /** Looks again and again, all together no longer than everything may take. */
  private boolean awaited(BooleanSupplier happened) {
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - patientUntilNanos >= 0) {
        return false;
      }
      Pauses.of(LOOK_EVERY);
    }
    return true;
  }

  private RelayClient.Answer ended(String id) {
    assertThat(awaited(() -> isFinal(client.query(id)))).as(client.query(id).text()).isTrue();
    return client.query(id);
  }

  private static boolean isFinal(RelayClient.Answer answer) {
    return List.of("completed", "failed").contains(answer.at("/status"));
  }

  /** Its state and what was paid, once that is this, or soon after time has passed. */
  void awaitStanding(Voice voice, String prompt, String standing) {
    var _ = awaited(() -> stands(voice.model(), prompt).equals(standing));
    assertThat(stands(voice.model(), prompt))
        .as("%s %s %s", voice, prompt, looks(voice.model(), prompt))
        .isEqualTo(standing);
  }

  /** Waits until it is in this state. */
  void awaitState(Voice voice, String prompt, String state) {
    var _ = awaited(() -> stands(voice.model(), prompt).startsWith(state));
    assertThat(stands(voice.model(), prompt)).as("%s %s", voice, prompt).startsWith(state);
  }

  /** What its recipes said of a doubt, for people. */
  private List<String> looks(String model, String prompt) {
    var id = id(model, prompt).replaceAll("^.*task_", "");
    return kit.database()
        .texts("select recipe || ': ' || result from doubt_look where task_id = '" + id + "'");
  }

  /** Its state and what was paid. */
  String stands(String model, String prompt) {
    var id = id(model, prompt).replaceAll("^.*task_", "");
    var asked =
        """
        select t.state || ' ' || coalesce(sum(e.amount) filter (where e.kind = 'settle'), 0)
        from task t left join ledger_entry e on e.task_id = t.id
        where t.id = 'THIS' group by t.id, t.state\
        """;
    return kit.database().texts(asked.replace("THIS", id)).getFirst();
  }

  void assertBooksBalance() {
    assertThat(new JdbcReconcile(kit.database().source()).faults()).isEmpty();
  }

  Lab lab() {
    return lab;
  }

  RelayClient client() {
    return client;
  }

  RelayKit kit() {
    return kit;
  }

  URI picture() {
    return lab.picture();
  }

  @Override
  public void close() {
    kit.close();
    lab.close();
  }
}
