package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SniffTest {
  @ParameterizedTest
  @CsvSource({
    "isom, MP4",
    "mp42, MP4",
    "iso5, MP4",
    "avc1, MP4",
    "'M4V ', MP4",
    "dash, MP4",
    "'qt  ', MOV"
  })
  void the_major_brand_tells_mp4_from_quicktime(String brand, MediaType type) {
    assertThat(Sniff.of(ftyp(brand))).contains(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"M4A ", "heic", "avif", "mif1", "zzzz"})
  void a_sound_a_still_picture_and_an_unknown_brand_are_no_video(String brand) {
    assertThat(Sniff.of(ftyp(brand))).isEmpty();
  }

  @Test
  void a_compatible_brand_vouches_for_an_unknown_major_brand() {
    assertThat(Sniff.of(ftyp("XAVC", "mp42"))).contains(MediaType.MP4);
  }

  @Test
  void a_brand_beyond_the_box_does_not_vouch() {
    var file = ftyp("XAVC", "mp42");
    file[3] = 16;

    assertThat(Sniff.of(file)).isEmpty();
  }

  @Test
  void a_quicktime_file_older_than_brands_is_known() {
    assertThat(Sniff.of(latin("\0\0\0\u0008wide\0\0\0\0mdat"))).contains(MediaType.MOV);
    assertThat(Sniff.of(latin("\0\0\u00124moov\0\0\0lmvhd"))).contains(MediaType.MOV);
  }

  @Test
  void the_other_types_are_known_by_their_first_bytes() {
    assertThat(Sniff.of(latin("\u001aE\u00df\u00a3\u009fB\u0086\u0081\u0001B\u0082\u0084webm")))
        .contains(MediaType.WEBM);
    assertThat(Sniff.of(latin("GIF89a\u0001\0"))).contains(MediaType.GIF);
    assertThat(Sniff.of(latin("GIF87a\u0001\0"))).contains(MediaType.GIF);
    assertThat(Sniff.of(latin("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF"))).contains(MediaType.JPEG);
    assertThat(Sniff.of(latin("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR"))).contains(MediaType.PNG);
    assertThat(Sniff.of(latin("RIFF$\0\0\0WEBPVP8 "))).contains(MediaType.WEBP);
  }

  @Test
  void matroska_and_wave_are_unknown() {
    assertThat(Sniff.of(latin("\u001aE\u00df\u00a3\u009fB\u0082\u0088matroska"))).isEmpty();
    assertThat(Sniff.of(latin("RIFF$\0\0\0WAVEfmt "))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<!DOCTYPE html><html><body>not found</body></html>",
        "{\"error\":{\"message\":\"expired\"}}",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        "   ftypisom this is a text about boxes",
        "1234moov is a word too",
        "视频不存在",
        "GIF8",
        "#!/bin/sh",
        "%PDF-1.7",
        "PK\u0003\u0004"
      })
  void pages_json_and_other_files_are_unknown(String content) {
    assertThat(Sniff.of(content.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void what_the_sandbox_renders_is_known() {
    var clip = new SandboxVideo().render(new ClipSpec(64, 64, 1, "", "SANDBOX"));

    assertThat(Sniff.of(clip.mp4())).contains(MediaType.MP4);
    assertThat(Sniff.of(clip.poster())).contains(MediaType.JPEG);
  }

  @Test
  void each_type_is_either_a_video_or_a_picture() {
    assertThat(MediaType.values()).allMatch(type -> type.isVideo() != type.isPicture());
    assertThat(MediaType.values())
        .allMatch(type -> type.isVideo() == type.mime().startsWith("video/"));
  }

  private static byte[] ftyp(String major, String... compatible) {
    var brands = String.join("", compatible);
    return latin("\0\0\0" + (char) (16 + brands.length()) + "ftyp" + major + "\0\0\2\0" + brands);
  }

  private static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
