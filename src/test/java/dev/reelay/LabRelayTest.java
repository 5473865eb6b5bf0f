package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.reelay.LabStage.Voice;
import dev.reelay.lab.LabWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A unified-format client, one relay, and everything that the lab plays: every model makes videos
 * that play, and whatever a provider does, the task ends as it has to, the money with it, and a job
 * is made once. All tasks are created first and then waited for, since each takes a few polls.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabRelayTest {
  private static final String PLAIN = "text alone:";
  private static final String FIRST = "a first frame:";
  private static final String BOTH = "both frames:";
  private static final String REFERENCES = "references:";
  private static final String MOVED = "a reference video:";
  private static final String VOICED = "a reference sound:";

  /** What one channel refuses and another one makes. */
  private static final List<LabWord> MADE_ELSEWHERE = List.of(LabWord.MONEY, LabWord.NO_MODEL);

  /** Trouble that a task gets over. */
  private static final List<LabWord> GOT_OVER =
      List.of(
          LabWord.BUSY,
          LabWord.UNKNOWN_WORD,
          LabWord.POLL_BUSY,
          LabWord.POLL_BROKEN,
          LabWord.POLL_CUT,
          LabWord.POLL_GARBAGE,
          LabWord.EXPIRED,
          LabWord.EARLY_CALLBACK,
          LabWord.TWICE,
          LabWord.INSTANT);

  /** How tasks end that fail for good; a job may have been made, and is not paid for here. */
  private static final Map<LabWord, String> VERDICTS =
      Map.of(
          LabWord.FAIL, "upstream_failed",
          LabWord.CONTENT, "content_refused",
          LabWord.REFUSE, "content_refused",
          LabWord.NO_VIDEO, "result_missing",
          LabWord.UNPLAYABLE, "result_not_playable");

  private final LabStage stage = new LabStage();

  @BeforeAll
  void create_everything() {
    stage.open(LabStage.voices());
    LabStage.dialects()
        .forEach(
            voice -> MADE_ELSEWHERE.forEach(word -> stage.openTwice(voice, spare(voice, word))));
    LabStage.voices()
        .forEach(
            voice ->
                forms(voice)
                    .forEach(
                        (form, pictures) ->
                            stage.create(
                                voice.model(),
                                voice.prompt(form),
                                body -> pictures.forEach(body::put))));
    LabStage.dialects().forEach(this::createTroubled);
  }

  /** What each model is asked to make a video from, as fields of the create. */
  private Map<String, Map<String, String>> forms(Voice voice) {
    var picture = stage.picture().toString();
    var takes = voice.pictures();
    var forms = new LinkedHashMap<String, Map<String, String>>();
    forms.put(PLAIN, Map.of());
    if (takes.firstFrame()) {
      forms.put(FIRST, Map.of("images", picture));
    }
    if (takes.lastFrame()) {
      forms.put(BOTH, Map.of("first_frame_image", picture, "last_frame_image", picture + "?2"));
    }
    if (takes.referencesMax() > 0) {
      forms.put(REFERENCES, Map.of("reference_images", picture));
    }
    var clips = voice.channel().capability().clips();
    if (clips.videos().most() > 0) {
      forms.put(MOVED, Map.of("video_url", "https://clips.example/fox.mp4"));
    }
    if (clips.audios().most() > 0) {
      var beside = clips.audios().besideFrames() ? "images" : "reference_images";
      forms.put(VOICED, Map.of("audio_url", "https://clips.example/fox.mp3", beside, picture));
    }
    return forms;
  }

  private void createTroubled(Voice voice) {
    Stream.concat(GOT_OVER.stream(), VERDICTS.keySet().stream())
        .filter(voice::knows)
        .forEach(word -> stage.create(voice, voice.prompt(word)));
    MADE_ELSEWHERE.forEach(word -> stage.create(spare(voice, word), voice.prompt(word), _ -> {}));
  }

  /** A model of two channels for just that trouble, since it takes one of them out of use. */
  private static String spare(Voice voice, LabWord word) {
    return voice.model() + "-" + word.name();
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @TestFactory
  Stream<DynamicNode> every_model_makes_videos_that_play() {
    return LabStage.voices().stream()
        .map(
            voice ->
                dynamicContainer(
                    voice.toString(),
                    forms(voice).keySet().stream()
                        .map(
                            form ->
                                dynamicTest(
                                    form, () -> stage.assertPlays(voice, voice.prompt(form))))));
  }

  @TestFactory
  Stream<DynamicNode> every_way_to_ask_is_relayed_to_its_end() {
    return LabStage.dialects().stream()
        .map(voice -> dynamicContainer(voice.toString(), tests(voice)));
  }

  private Stream<DynamicTest> tests(Voice voice) {
    var tests = new ArrayList<DynamicTest>();
    GOT_OVER.stream()
        .filter(voice::knows)
        .map(
            word ->
                dynamicTest(
                    "gets over " + word, () -> stage.assertPlays(voice, voice.prompt(word))))
        .forEach(tests::add);
    VERDICTS.forEach(
        (word, code) -> {
          if (voice.knows(word)) {
            tests.add(
                dynamicTest(
                    "fails by " + word, () -> stage.assertFails(voice, voice.prompt(word), code)));
          }
        });
    MADE_ELSEWHERE.stream()
        .map(
            word ->
                dynamicTest(
                    "goes elsewhere after " + word,
                    () -> stage.assertPlays(voice, spare(voice, word), voice.prompt(word))))
        .forEach(tests::add);
    tests.add(
        dynamicTest("keeps its secret", () -> assertThat(stage.lab().journal().leaks()).isEmpty()));
    tests.add(dynamicTest("keeps its books", stage::assertBooksBalance));
    return tests.stream();
  }
}
