package dev.reelay.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Bytes that everybody may read and keep for a while, with the tag by which a client that has them
 * is answered 304. The array is handed over.
 */
public final class PublishedText {
  /** An hour: after an update nobody reads an old contract for long. */
  private static final Field CACHED = new Field(FieldName.CACHE_CONTROL, "public, max-age=3600");

  private final byte[] bytes;
  private final Field type;
  private final String tag;

  public PublishedText(byte[] bytes, String type) {
    this.bytes = bytes;
    this.type = new Field(FieldName.CONTENT_TYPE, type);
    this.tag = EntityTags.of(bytes);
  }

  /** The text, or that it is unchanged; with these fields in either case. */
  public Reply reply(Request request, List<Field> fields) {
    var etag = new Field(FieldName.ETAG, tag);
    var known = request.header(FieldName.IF_NONE_MATCH);
    Reply reply =
        known.isPresent() && EntityTags.anyMatches(known.get(), tag)
            ? Reply.empty(304, etag, CACHED)
            : Reply.ready(200, bytes, type, etag, CACHED);
    for (var field : fields) {
      reply = reply.with(field);
    }
    return reply;
  }

  /**
   * What lies in the jar, or in one beside it.
   *
   * @param name absolute, such as {@code /api/openapi.yaml}
   */
  public static byte[] resource(String name) {
    try (var stream = PublishedText.class.getResourceAsStream(name)) {
      return requireNonNull(stream, () -> "not in this build: " + name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
