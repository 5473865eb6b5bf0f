package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.access.KeyLimits;
import dev.reelay.access.Secret;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabWord;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.store.JdbcReconcile;
import dev.reelay.testkit.RelayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * A unified-format client, one relay, and every provider that the lab plays: whatever a provider
 * does, the task ends as it has to, the money with it, and a job is made once. All tasks are
 * created first and then waited for, since each takes a few polls.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabRelayTest {
  private static final Money PRICE = Money.parse("0.05");
  private static final String PICTURED = "a fox from a picture";
  private static final String PLAIN = "a fox";
  private static final String MOVED = "a fox that moves as in a video";
  private static final String VOICED = "a fox that speaks as in a sound";

  /** Trouble that a task gets over. */
  private static final List<LabWord> GOT_OVER =
      List.of(
          LabWord.BUSY,
          LabWord.UNKNOWN_WORD,
          LabWord.POLL_BUSY,
          LabWord.POLL_BROKEN,
          LabWord.POLL_CUT,
          LabWord.POLL_GARBAGE,
          LabWord.EXPIRED);

  /** How tasks end that fail for good; a job may have been made, and is not paid for here. */
  private static final Map<LabWord, String> VERDICTS =
      Map.of(
          LabWord.FAIL, "upstream_failed",
          LabWord.CONTENT, "content_refused",
          LabWord.REFUSE, "content_refused",
          LabWord.NO_VIDEO, "result_missing",
          LabWord.UNPLAYABLE, "result_not_playable");

  /** A job was made, and nobody here was told its id. */
  private static final List<LabWord> UNTOLD = List.of(LabWord.CUT, LabWord.GARBAGE);

  @TempDir private Path folder;

  private final Lab lab = Lab.start(LabPace.QUICK);
  private final RelayKit kit =
      new RelayKit(
          Map.of(
              "REELAY_ALLOWED_HOSTS",
              lab.address().getAuthority() + "," + lab.filesAddress().getAuthority(),
              "REELAY_PICTURES_ALLOWED_HOSTS",
              lab.picture().getAuthority()));
  private final RelayClient client = kit.client(kit.tenant("lab", "1000.00"), KeyLimits.NONE);

  /** Ids by part and prompt. */
  private final Map<String, String> ids = new HashMap<>();

  @BeforeAll
  void create_everything() {
    try (var desk = kit.desk()) {
      for (var part : Lab.parts()) {
        var name = new ModelName(model(part));
        var channel = part.channel();
        desk.offer().models().save(new Model(name, channel.capability()));
        desk.offer().models().setPrice(name, new Price.PerVideo(Rates.flat(PRICE)));
        var added =
            new Channels.NewChannel(
                model(part),
                part.name(),
                lab.baseUrl(part),
                Channels.Terms.DEFAULT,
                Map.of(name, channel.model()),
                lab.settings(part));
        assertThat(desk.offer().channels().add(added, "main", new Secret(channel.secret())))
            .isInstanceOf(Channels.Addition.Added.class);
      }
    }
    for (var part : Lab.parts()) {
      assertThat(client.awaitModel(model(part))).isTrue();
      prompts(part).forEach(prompt -> create(part, prompt));
    }
  }

  @AfterAll
  void close() {
    kit.close();
    lab.close();
  }

  private static String model(LabPart part) {
    return "lab-" + part.name();
  }

  private static Stream<String> prompts(LabPart part) {
    var words =
        Stream.of(GOT_OVER, VERDICTS.keySet(), UNTOLD)
            .flatMap(all -> all.stream())
            .filter(word -> !part.without().contains(word))
            .map(LabRelayTest::prompt);
    return Stream.of(
            takesFirstFrame(part) ? Stream.of(PLAIN, PICTURED) : Stream.of(PLAIN),
            referring(part),
            words)
        .flatMap(all -> all);
  }

  private static Stream<String> referring(LabPart part) {
    var clips = part.channel().capability().clips();
    return Stream.concat(
        clips.videos().most() > 0 ? Stream.of(MOVED) : Stream.of(),
        clips.audios().most() > 0 ? Stream.of(VOICED) : Stream.of());
  }

  private static boolean takesFirstFrame(LabPart part) {
    return part.channel().capability().pictures().firstFrame();
  }

  private static String prompt(LabWord word) {
    return word.text() + " a fox";
  }

  private void create(LabPart part, String prompt) {
    var body = JsonMapper.shared().createObjectNode();
    body.put("model", model(part)).put("prompt", prompt);
    if (prompt.equals(PICTURED)) {
      body.putArray("images").add(lab.picture().toString());
    }
    if (prompt.equals(MOVED)) {
      body.put("video_url", "https://clips.example/fox.mp4");
    }
    if (prompt.equals(VOICED)) {
      body.put("audio_url", "https://clips.example/fox.mp3");
      body.putArray("reference_images").add(lab.picture().toString());
    }
    var answer = client.create(body.toString());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    ids.put(part.name() + prompt, answer.at("/id"));
  }

  @TestFactory
  Stream<DynamicNode> every_provider_is_relayed_to_its_end() {
    return Lab.parts().stream().map(part -> dynamicContainer(part.name(), tests(part)));
  }

  private Stream<DynamicTest> tests(LabPart part) {
    var tests = new ArrayList<DynamicTest>();
    tests.add(dynamicTest("makes a video that plays", () -> assertPlays(part, PLAIN)));
    if (takesFirstFrame(part)) {
      tests.add(dynamicTest("makes one of a picture", () -> assertPlays(part, PICTURED)));
    }
    referring(part)
        .map(prompt -> dynamicTest("makes " + prompt, () -> assertPlays(part, prompt)))
        .forEach(tests::add);
    GOT_OVER.stream()
        .filter(word -> !part.without().contains(word))
        .map(word -> dynamicTest("gets over " + word, () -> assertPlays(part, prompt(word))))
        .forEach(tests::add);
    VERDICTS.forEach(
        (word, code) -> {
          if (!part.without().contains(word)) {
            tests.add(dynamicTest("fails by " + word, () -> assertFails(part, word, code)));
          }
        });
    UNTOLD.stream()
        .filter(word -> !part.without().contains(word))
        .map(word -> dynamicTest("doubts after " + word, () -> assertNotTwice(part, word)))
        .forEach(tests::add);
    tests.add(dynamicTest("keeps its secret", () -> assertThat(lab.journal().leaks()).isEmpty()));
    return tests.stream();
  }

  private void assertPlays(LabPart part, String prompt) throws IOException {
    var done = client.awaitFinal(id(part, prompt));

    assertThat(done.at("/status")).as(done.text()).isEqualTo("completed");
    assertThat(stands(part, prompt)).isEqualTo("succeeded " + PRICE.micros());
    assertThat(lab.journal().made(part.name(), prompt)).isEqualTo(1);
    var video = client.get(done.at("/video_url").substring(kit.address().toString().length()));
    var file = Files.createTempFile(folder, "made", ".mp4");
    Files.write(file, video.body());
    assertThat(Mp4Probe.probe(file)).isInstanceOf(ProbeResult.Playable.class);
  }

  private void assertFails(LabPart part, LabWord word, String code) {
    var done = client.awaitFinal(id(part, prompt(word)));

    assertThat(done.at("/status")).as(done.text()).isEqualTo("failed");
    assertThat(done.at("/error_code")).as(done.text()).isEqualTo(code);
    assertThat(stands(part, prompt(word))).isEqualTo("failed 0");
  }

  /** What resolves a doubt takes a provider's own time; until then nothing is sent twice. */
  private void assertNotTwice(LabPart part, LabWord word) {
    assertThat(lab.journal().made(part.name(), prompt(word))).isEqualTo(1);
    assertThat(stands(part, prompt(word))).doesNotStartWith("failed").doesNotStartWith("queued");
    assertThat(new JdbcReconcile(kit.database().source()).faults()).isEmpty();
  }

  private String id(LabPart part, String prompt) {
    return ids.getOrDefault(part.name() + prompt, "");
  }

  private String stands(LabPart part, String prompt) {
    var id = id(part, prompt).replaceAll("^.*task_", "");
    var asked =
        """
        select t.state || ' ' || coalesce(sum(e.amount) filter (where e.kind = 'settle'), 0)
        from task t left join ledger_entry e on e.task_id = t.id
        where t.id = 'THIS' group by t.id, t.state\
        """;
    return kit.database().texts(asked.replace("THIS", id)).getFirst();
  }
}
