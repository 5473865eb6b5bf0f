package dev.reelay.http.dialect;

import dev.reelay.asset.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.POJONode;

/**
 * A file as it came in a form: a piece of the body, not copied. It stands in the tree of fields in
 * the place of a text. No JSON can spell one, so that whoever finds one knows that a form had it.
 */
public final class SentFile {
  private final ByteBuffer bytes;

  public SentFile(ByteBuffer bytes) {
    this.bytes = bytes.asReadOnlyBuffer();
  }

  /** The file in a place of the tree; empty if something else stands there. */
  public static Optional<SentFile> in(JsonNode node) {
    return node instanceof POJONode held && held.getPojo() instanceof SentFile file
        ? Optional.of(file)
        : Optional.empty();
  }

  JsonNode node() {
    return JsonNodeFactory.instance.pojoNode(this);
  }

  /** Its bytes, read-only, from the first to the last. */
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }

  /** 64 lower-case hex digits. */
  public String sha256() {
    var digest = Sha256.begun();
    digest.update(bytes());
    return HexFormat.of().formatHex(digest.digest());
  }
}
