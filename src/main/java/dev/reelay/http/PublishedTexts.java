package dev.reelay.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What this relay tells of itself to whoever asks: the contract of its own version and a short
 * guide for language models, as they lie in {@code api/}. They need no key and may be cached.
 */
public final class PublishedTexts {
  private static final Field YAML = new Field(FieldName.CONTENT_TYPE, "application/yaml");
  private static final Field PLAIN = new Field(FieldName.CONTENT_TYPE, "text/plain; charset=utf-8");

  /** An hour: after an update nobody reads an old contract for long. */
  private static final Field CACHED = new Field(FieldName.CACHE_CONTROL, "public, max-age=3600");

  /** Stands in the guide where the address of this relay belongs. */
  private static final String BASE = "{base}";

  private static final int TAG_BYTES = 16;

  private final byte[] contract = resource("/api/openapi.yaml");
  private final String guide = new String(resource("/api/llms.txt"), UTF_8);

  /** {@code GET /openapi.yaml}. */
  public Reply contract(Request request) {
    return text(request, contract, YAML);
  }

  /** {@code GET /llms.txt}: with the addresses that the caller reached us at. */
  public Reply guide(Request request) {
    return text(request, guide.replace(BASE, request.baseUrl()).getBytes(UTF_8), PLAIN);
  }

  private static Reply text(Request request, byte[] bytes, Field type) {
    var tag = '"' + hash(bytes) + '"';
    var etag = new Field(FieldName.ETAG, tag);
    var known = request.header(FieldName.IF_NONE_MATCH);
    return known.isPresent() && EntityTags.anyMatches(known.get(), tag)
        ? Reply.empty(304, etag, CACHED)
        : Reply.ready(200, bytes, type, etag, CACHED);
  }

  private static String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] resource(String name) {
    try (var stream = PublishedTexts.class.getResourceAsStream(name)) {
      return requireNonNull(stream, () -> "not in this build: " + name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
