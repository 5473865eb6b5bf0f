package dev.reelay.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Answers a request for a stored file: ranges, revalidation and the header fields that keep a file
 * of strangers from doing anything in a browser but be shown.
 */
public final class FileReply {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String BYTES = "bytes";

  private FileReply() {}

  /**
   * A file as it will be sent.
   *
   * @param tag the entity tag without quotes, a hash of the bytes
   */
  public record Stored(
      Path file, long bytes, String tag, Instant modified, String contentType, Offer offer) {
    public Stored {
      if (bytes < 0) {
        throw new IllegalArgumentException("negative size");
      }
      if (tag.isEmpty() || tag.indexOf('"') >= 0) {
        throw new IllegalArgumentException("not an entity tag: " + tag);
      }
      modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    private String quotedTag() {
      return '"' + tag + '"';
    }
  }

  /**
   * How the file is offered.
   *
   * @param name the file name for saving
   * @param maxAgeSeconds how long a client may keep it; 0 for not without asking
   */
  public record Offer(String name, long maxAgeSeconds) {}

  /** The answer to a GET or HEAD. The server leaves the bytes away for HEAD. */
  public static Reply of(Request request, Stored stored) {
    if (isUnchanged(request, stored)) {
      return new Reply.Ready(304, new byte[0], validators(stored));
    }
    var range = request.header(FieldName.RANGE).filter(_ -> isRangeFor(request, stored));
    if (range.isEmpty()) {
      return whole(stored);
    }
    return switch (ByteRange.parse(range.get(), stored.bytes())) {
      case ByteRange.Part(long first, long last) -> part(stored, first, last);
      case ByteRange.Ignored() -> whole(stored);
      case ByteRange.Unsatisfiable() ->
          Reply.empty(416, field(FieldName.CONTENT_RANGE, "bytes */" + stored.bytes()));
    };
  }

  private static Reply whole(Stored stored) {
    return new Reply.FilePart(200, fields(stored), stored.file(), 0, stored.bytes());
  }

  private static Reply part(Stored stored, long first, long last) {
    var fields = fields(stored);
    var value = "bytes " + first + "-" + last + "/" + stored.bytes();
    fields.add(field(FieldName.CONTENT_RANGE, value));
    return new Reply.FilePart(206, fields, stored.file(), first, last - first + 1);
  }

  /** If-None-Match decides alone where it is sent; the date counts only without it. */
  private static boolean isUnchanged(Request request, Stored stored) {
    var tags = request.header(FieldName.IF_NONE_MATCH);
    if (tags.isPresent()) {
      return EntityTags.anyMatches(tags.get(), stored.quotedTag());
    }
    var since = request.header(FieldName.IF_MODIFIED_SINCE);
    return since.isPresent() && !stored.modified().isAfter(date(since.get(), Instant.MIN));
  }

  /** Without If-Range, or if it names exactly what we hold; a weak tag never does. */
  private static boolean isRangeFor(Request request, Stored stored) {
    var condition = request.header(FieldName.IF_RANGE).orElse("").strip();
    if (condition.isEmpty() || condition.equals(stored.quotedTag())) {
      return true;
    }
    return !condition.endsWith("\"") && date(condition, Instant.MIN).equals(stored.modified());
  }

  private static Instant date(String text, Instant otherwise) {
    try {
      return ZonedDateTime.parse(text.strip(), HTTP_DATE).toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }

  private static List<Field> validators(Stored stored) {
    var seconds = stored.offer().maxAgeSeconds();
    var fields = new ArrayList<Field>();
    fields.add(field(FieldName.ETAG, stored.quotedTag()));
    fields.add(field(FieldName.LAST_MODIFIED, HTTP_DATE.format(stored.modified())));
    fields.add(
        field(FieldName.CACHE_CONTROL, seconds > 0 ? "private, max-age=" + seconds : "no-cache"));
    return fields;
  }

  private static List<Field> fields(Stored stored) {
    var fields = validators(stored);
    fields.add(field(FieldName.CONTENT_TYPE, stored.contentType()));
    fields.add(field(FieldName.ACCEPT_RANGES, BYTES));
    fields.add(field(FieldName.CONTENT_DISPOSITION, disposition(stored.offer().name())));
    fields.add(field(FieldName.X_CONTENT_TYPE_OPTIONS, "nosniff"));
    fields.add(field(FieldName.CONTENT_SECURITY_POLICY, "sandbox"));
    fields.add(field(FieldName.REFERRER_POLICY, "no-referrer"));
    fields.add(field(FieldName.CROSS_ORIGIN_RESOURCE_POLICY, "cross-origin"));
    return fields;
  }

  private static Field field(FieldName name, String value) {
    return new Field(name, value);
  }

  /** The plain form for old clients and the encoded one (RFC 8187) for names in any language. */
  private static String disposition(String name) {
    var plain = new StringBuilder();
    var encoded = new StringBuilder();
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain =
          octet > 0 && (Character.isLetterOrDigit(octet) || "._-".indexOf(octet) >= 0);
      plain.append(isPlain ? (char) octet : '_');
      encoded.append(isPlain ? "" + (char) octet : String.format("%%%02X", octet & 0xff));
    }
    var both = "inline; filename=\"" + plain + '"';
    return plain.toString().equals(name) ? both : both + "; filename*=UTF-8''" + encoded;
  }
}
