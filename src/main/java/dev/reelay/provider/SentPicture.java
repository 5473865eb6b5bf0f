package dev.reelay.provider;

import java.nio.ByteBuffer;
import java.util.Base64;

/** A picture as an adapter gets it to send on. */
public sealed interface SentPicture {
  /** The picture as one text: its address, or its bytes as a data URL (RFC 2397). */
  String asText();

  /** One that the provider fetches by itself. */
  record Address(String url) implements SentPicture {
    @Override
    public String asText() {
      return url;
    }
  }

  /**
   * One whose bytes we have.
   *
   * @param contentType MIME type as sniffed
   * @param bytes read-only
   */
  record Bytes(String contentType, ByteBuffer bytes) implements SentPicture {
    public Bytes {
      bytes = bytes.asReadOnlyBuffer();
    }

    @Override
    public String asText() {
      var plain = new byte[bytes.remaining()];
      bytes.get(bytes.position(), plain);
      return "data:" + contentType + ";base64," + Base64.getEncoder().encodeToString(plain);
    }

    /** A name for forms, which tells the kind once more to who goes by names. */
    public String fileName() {
      return "picture." + contentType.substring(contentType.indexOf('/') + 1);
    }
  }
}
