package dev.reelay.provider;

import dev.reelay.task.PictureRole;
import java.nio.ByteBuffer;
import java.util.Base64;

/** A picture as an adapter gets it to send on. */
public sealed interface SentPicture {
  /** What it is for. */
  PictureRole role();

  /** The picture as one text: its address, or its bytes as a data URL (RFC 2397). */
  String asText();

  /** One that the provider fetches by itself. */
  record Address(String url, PictureRole role) implements SentPicture {
    /** A first frame. */
    public Address(String url) {
      this(url, PictureRole.FIRST_FRAME);
    }

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
  record Bytes(String contentType, ByteBuffer bytes, PictureRole role) implements SentPicture {
    public Bytes {
      bytes = bytes.asReadOnlyBuffer();
    }

    /** A first frame. */
    public Bytes(String contentType, ByteBuffer bytes) {
      this(contentType, bytes, PictureRole.FIRST_FRAME);
    }

    @Override
    public String asText() {
      return "data:" + contentType + ";base64," + base64();
    }

    /** The bytes alone, as those want them who ask for the type apart. */
    public String base64() {
      var plain = new byte[bytes.remaining()];
      bytes.get(bytes.position(), plain);
      return Base64.getEncoder().encodeToString(plain);
    }

    /** A name for forms, which tells the kind once more to who goes by names. */
    public String fileName() {
      return "picture." + contentType.substring(contentType.indexOf('/') + 1);
    }
  }
}
