package dev.reelay.media;

import static dev.reelay.media.Mp4Builder.box;
import static dev.reelay.media.Mp4Builder.ftyp;
import static dev.reelay.media.Mp4Builder.ints;
import static dev.reelay.media.Mp4Builder.join;
import static dev.reelay.media.Mp4Builder.mdat;
import static dev.reelay.media.Mp4Builder.noSamples;
import static dev.reelay.media.Mp4Builder.samples;
import static dev.reelay.media.Mp4Builder.stsd;
import static dev.reelay.media.Mp4Builder.trak;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.media.ProbeResult.Playable;
import dev.reelay.media.ProbeResult.Unplayable;
import dev.reelay.media.ProbeResult.Unreadable;
import dev.reelay.testkit.MemoryChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Mp4ProbeTest {
  private static final long SEED = 20_261_123;
  private static final int MUTATIONS = 4_000;
  private static final int FIRST_SAMPLE_AT = ftyp().length + 8;

  /** The samples stand before the index, so that their place does not depend on its length. */
  private static byte[] file(byte[]... moov) {
    return join(ftyp(), mdat(), box("moov", moov));
  }

  private static byte[] video() {
    return trak(1, "vide", 5_005, samples(FIRST_SAMPLE_AT));
  }

  private static byte[] fragmented() {
    var run = box("trun", ints(0x301, 2, 0, 400, 50, 600, 50));
    var plainRun = box("trun", ints(0x1, 3, 0));
    var other = box("traf", box("tfhd", ints(0, 2)), box("trun", ints(0x101, 1, 0, 9_000)));
    return join(
        ftyp(),
        box(
            "moov",
            trak(1, "vide", 0, noSamples()),
            box("mvex", box("trex", ints(0, 1, 1, 200, 0, 0)))),
        box("moof", box("traf", box("tfhd", ints(0, 1)), run), other),
        mdat(),
        box("moof", box("traf", box("tfhd", ints(0, 1)), plainRun)),
        mdat(),
        box("moof", box("traf", box("tfhd", ints(0x8, 1, 100)), plainRun)),
        mdat());
  }

  private static ProbeResult probe(byte[] file) {
    return Mp4Probe.probe(new MemoryChannel(file));
  }

  private static Playable playable(int width, int height, long millis, boolean audio) {
    return new Playable(new VideoFacts(width, height, millis, audio));
  }

  @Test
  void a_complete_file_tells_its_facts() {
    assertThat(probe(file(video()))).isEqualTo(playable(640, 360, 5_005, false));
  }

  @Test
  void a_sound_track_is_seen_and_its_length_does_not_count() {
    var sound = trak(2, "soun", 5_120, samples(FIRST_SAMPLE_AT));

    assertThat(probe(file(sound, video()))).isEqualTo(playable(640, 360, 5_005, true));
  }

  @Test
  void a_turned_picture_is_counted_as_shown() {
    var quarterTurn = ints(0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30);
    var turned = trak(1, "vide", 1_000, samples(FIRST_SAMPLE_AT), quarterTurn);

    assertThat(probe(file(turned))).isEqualTo(playable(360, 640, 1_000, false));
  }

  @Test
  void a_fragmented_file_is_as_long_as_its_fragments() {
    assertThat(probe(fragmented())).isEqualTo(playable(640, 360, 1_000 + 600 + 300, false));
  }

  @Test
  void a_quicktime_file_without_brands_and_with_a_zero_at_the_end_plays() {
    var moov = box("moov", trak(1, "vide", 900, samples(16)), new byte[4]);

    assertThat(probe(join(box("wide"), mdat(), moov))).isEqualTo(playable(640, 360, 900, false));
  }

  @Test
  void junk_after_the_last_box_does_no_harm() {
    assertThat(probe(join(file(video()), new byte[100]))).isInstanceOf(Playable.class);
    assertThat(probe(join(file(video()), new byte[3]))).isInstanceOf(Playable.class);
  }

  @Test
  void a_box_with_a_long_size_is_read() {
    var large = join(ints(1), "mdat".getBytes(UTF_8), ints(0, 116), new byte[100]);
    var moov = box("moov", trak(1, "vide", 900, samples(FIRST_SAMPLE_AT + 8)));

    assertThat(probe(join(ftyp(), large, moov))).isEqualTo(playable(640, 360, 900, false));
  }

  @Test
  void a_file_cut_anywhere_is_not_playable() {
    var clip = new SandboxVideo().render(new ClipSpec(64, 64, 2, "", "SANDBOX")).mp4();

    for (var length = 0; length < clip.length; length += 7) {
      assertThat(probe(Arrays.copyOf(clip, length))).isInstanceOf(Unplayable.class);
    }
    assertThat(probe(Arrays.copyOf(clip, clip.length - 1))).isInstanceOf(Unplayable.class);
    assertThat(probe(clip)).isInstanceOf(Playable.class);
  }

  @Test
  void samples_that_run_to_the_end_of_the_file_are_missed_when_cut() {
    var moov = box("moov", trak(1, "vide", 900, samples(ftyp().length + 8 + movieBytes())));
    var open = join(ints(0), "mdat".getBytes(UTF_8), new byte[Mp4Builder.SAMPLE_BYTES]);
    var file = join(ftyp(), moov, open);

    assertThat(probe(file)).isInstanceOf(Playable.class);
    assertThat(probe(Arrays.copyOf(file, file.length - 1))).isInstanceOf(Unplayable.class);
    assertThat(probe(Arrays.copyOf(file, file.length - 100))).isInstanceOf(Unplayable.class);
  }

  private static int movieBytes() {
    return box("moov", trak(1, "vide", 900, samples(0))).length;
  }

  @Test
  void what_lacks_pictures_size_or_length_is_not_playable() {
    assertThat(probe(file(trak(1, "soun", 900, samples(FIRST_SAMPLE_AT)))))
        .isEqualTo(new Unplayable("there is no video track"));
    assertThat(probe(file(trak(1, "vide", 0, samples(FIRST_SAMPLE_AT)))))
        .isEqualTo(new Unplayable("the video has no usable length"));
    assertThat(probe(file(trak(1, "vide", -1, samples(FIRST_SAMPLE_AT)))))
        .isEqualTo(new Unplayable("the video has no usable length"));
    assertThat(probe(file(trak(1, "vide", 900, noSamples()))))
        .isEqualTo(new Unplayable("there are no pictures"));
    assertThat(probe(file())).isInstanceOf(Unplayable.class);
    assertThat(probe(join(ftyp(), mdat()))).isEqualTo(new Unplayable("there is no index (moov)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "<html>not found</html>", "{\"error\":\"expired\",\"code\":404}"})
  void a_page_or_an_error_in_place_of_a_video_is_not_playable(String content) {
    assertThat(probe(content.getBytes(UTF_8))).isInstanceOf(Unplayable.class);
  }

  @Test
  void counts_that_no_file_can_hold_are_refused() {
    for (var count : new int[] {-1, Integer.MAX_VALUE, 1 << 22, 2}) {
      var sizes = box("stsz", ints(0, 0, count, 100));
      var offsets = box("stco", ints(0, count, FIRST_SAMPLE_AT));
      var runs = box("stsc", ints(0, count, 1, count, 1));
      var stbl = box("stbl", stsd(64, 64), sizes, offsets, runs);

      assertThat(probe(file(trak(1, "vide", 900, stbl)))).isInstanceOf(Unplayable.class);
    }
  }

  @Test
  void endless_small_boxes_end_the_probe_early() {
    var empty = box("free");
    var many = new byte[empty.length * 100_000];
    for (var i = 0; i < many.length; i++) {
      many[i] = empty[i % empty.length];
    }
    var channel = new MemoryChannel(join(ftyp(), many, file(video())));

    assertThat(Mp4Probe.probe(channel)).isInstanceOf(Unplayable.class);
    assertThat(channel.bytesRead()).isLessThan(BoxReader.BOXES_MAX * 20L);
  }

  @Test
  void a_long_file_is_not_read_as_a_whole() {
    var clip = new SandboxVideo().render(new ClipSpec(256, 144, 60, "", "SANDBOX")).mp4();
    var channel = new MemoryChannel(clip);

    assertThat(Mp4Probe.probe(channel)).isInstanceOf(Playable.class);
    assertThat(channel.bytesRead()).isLessThan(8_000).isLessThan(clip.length / 20);
  }

  @Test
  void no_mutation_of_a_good_file_breaks_the_probe() {
    var random = new SplittableRandom(SEED);
    var clip = new SandboxVideo().render(new ClipSpec(64, 64, 1, "", "SANDBOX")).mp4();
    var seeds = new byte[][] {Arrays.copyOf(clip, clip.length), file(video()), fragmented()};

    for (var i = 0; i < MUTATIONS; i++) {
      var mutant = mutant(seeds[i % seeds.length], random);
      assertThat(probe(mutant))
          .as("seed " + SEED + " mutation " + i)
          .isNotInstanceOf(Unreadable.class);
    }
  }

  /** Changes a few bytes of the index, mostly to the values that break parsers; sometimes cuts. */
  private static byte[] mutant(byte[] good, SplittableRandom random) {
    var mutant = good.clone();
    var indexBytes = Math.min(1_000, mutant.length);
    for (var changes = random.nextInt(1, 6); changes > 0; changes--) {
      var at = random.nextInt(indexBytes);
      mutant[at] =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> (byte) (mutant[at] + random.nextInt(-2, 3));
            default -> (byte) random.nextInt(256);
          };
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
  }

  @Test
  void garbage_never_breaks_the_probe() {
    var random = new SplittableRandom(SEED);

    for (var i = 0; i < MUTATIONS; i++) {
      var garbage = new byte[random.nextInt(400)];
      random.nextBytes(garbage);
      assertThat(probe(garbage)).isInstanceOf(Unplayable.class);
    }
  }

  @Test
  void a_file_on_disk_is_probed_by_its_path(@TempDir Path folder) throws IOException {
    var path = Files.write(folder.resolve("video.mp4"), file(video()));

    assertThat(Mp4Probe.probe(path)).isEqualTo(playable(640, 360, 5_005, false));
  }

  @Test
  void a_broken_disk_says_nothing_about_the_file(@TempDir Path folder) {
    var channel = new MemoryChannel(file(video())).failing();

    assertThat(Mp4Probe.probe(channel)).isInstanceOf(Unreadable.class);
    assertThat(Mp4Probe.probe(folder.resolve("missing.mp4"))).isInstanceOf(Unreadable.class);
  }
}
