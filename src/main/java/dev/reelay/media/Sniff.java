package dev.reelay.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.Set;

/**
 * Tells what a file is from its first bytes, whatever its name or its sender says. Pages, JSON and
 * any other text are unknown, so that an error page fetched in place of a video is never stored as
 * one. It says nothing about the rest of the file: see {@link Mp4Probe}.
 */
public final class Sniff {
  /** As many leading bytes as are ever looked at; fewer are judged as they are. */
  public static final int BYTES_MAX = 512;

  private static final Set<String> MP4_BRANDS =
      Set.of(
          "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42",
          "mp71", "avc1", "hvc1", "av01", "M4V ", "M4VH", "M4VP", "MSNV", "dash", "cmfc", "cmfs",
          "f4v ", "3gp4", "3gp5", "3gp6", "3gp7", "mmp4");
  private static final Set<String> STILL_OR_SOUND_BRANDS =
      Set.of("heic", "heix", "hevc", "mif1", "msf1", "avif", "avis", "M4A ", "M4B ", "M4P ");

  /** QuickTime files older than the ftyp box begin with one of these. */
  private static final Set<String> OLD_QUICKTIME_BOXES = Set.of("moov", "mdat", "wide");

  private static final int LARGEST_FIRST_BYTE_OF_NO_TEXT = 0x1f;
  private static final int BOX_HEADER_BYTES = 8;
  private static final int BRAND_BYTES = 4;
  private static final int FIRST_COMPATIBLE_BRAND_AT = 16;
  private static final String EBML_MAGIC = "\u001aE\u00df\u00a3";
  private static final String WEBM_DOC_TYPE = "B\u0082\u0084webm";

  private Sniff() {}

  /** The type of a file that begins with these bytes, or empty if it is none that we know. */
  public static Optional<MediaType> of(byte[] leading) {
    var head = new String(leading, 0, Math.min(leading.length, BYTES_MAX), ISO_8859_1);
    if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
      return Optional.of(MediaType.PNG);
    }
    if (head.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(MediaType.JPEG);
    }
    if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
      return Optional.of(MediaType.GIF);
    }
    if (head.startsWith("RIFF") && head.startsWith("WEBP", BOX_HEADER_BYTES)) {
      return Optional.of(MediaType.WEBP);
    }
    if (head.startsWith(EBML_MAGIC)) {
      return head.contains(WEBM_DOC_TYPE) ? Optional.of(MediaType.WEBM) : Optional.empty();
    }
    return ofBoxes(head);
  }

  private static Optional<MediaType> ofBoxes(String head) {
    if (head.length() < BOX_HEADER_BYTES || head.charAt(0) > LARGEST_FIRST_BYTE_OF_NO_TEXT) {
      return Optional.empty();
    }
    if (head.startsWith("ftyp", BRAND_BYTES)) {
      return ofBrands(head);
    }
    var first = head.substring(BRAND_BYTES, BOX_HEADER_BYTES);
    return OLD_QUICKTIME_BOXES.contains(first) ? Optional.of(MediaType.MOV) : Optional.empty();
  }

  /** The major brand decides; if it is a stranger, the compatible ones may vouch for the file. */
  private static Optional<MediaType> ofBrands(String head) {
    var boxBytes = head.charAt(2) * 256 + head.charAt(3);
    var end = Math.min(head.length(), boxBytes);
    if (head.charAt(0) != 0 || head.charAt(1) != 0 || end < BOX_HEADER_BYTES + BRAND_BYTES) {
      return Optional.empty();
    }
    var major = head.substring(BOX_HEADER_BYTES, BOX_HEADER_BYTES + BRAND_BYTES);
    if (major.equals("qt  ")) {
      return Optional.of(MediaType.MOV);
    }
    if (STILL_OR_SOUND_BRANDS.contains(major)) {
      return Optional.empty();
    }
    if (MP4_BRANDS.contains(major)) {
      return Optional.of(MediaType.MP4);
    }
    for (var at = FIRST_COMPATIBLE_BRAND_AT; at + BRAND_BYTES <= end; at += BRAND_BYTES) {
      if (MP4_BRANDS.contains(head.substring(at, at + BRAND_BYTES))) {
        return Optional.of(MediaType.MP4);
      }
    }
    return Optional.empty();
  }
}
