package dev.reelay.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.asset.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * A form written as {@code multipart/form-data} (RFC 7578). The boundary is a hash of the whole
 * form: nobody can put it into a field or a file beforehand, and with it fields of his own into the
 * form.
 */
final class FormBytes {
  private static final int BOUNDARY_CHARS = 32;
  private static final String LINE = "\r\n";

  private final String boundary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private FormBytes(String boundary) {
    this.boundary = boundary;
  }

  static FormBytes of(List<Call.Part> parts) {
    var form = new FormBytes(boundary(parts));
    parts.forEach(form::write);
    form.text("--" + form.boundary + "--" + LINE);
    return form;
  }

  String boundary() {
    return boundary;
  }

  HttpEntity entity() {
    var type = ContentType.parse("multipart/form-data; boundary=" + boundary);
    return new ByteArrayEntity(out.toByteArray(), type);
  }

  private void write(Call.Part part) {
    text("--" + boundary + LINE);
    text("Content-Disposition: form-data; name=\"" + part.name() + "\"");
    switch (part) {
      case Call.Field field -> text(LINE + LINE + field.value());
      case Call.FilePart file -> {
        text("; filename=\"" + file.fileName() + "\"" + LINE);
        text("Content-Type: " + file.contentType() + LINE + LINE);
        out.writeBytes(plain(file.bytes()));
      }
    }
    text(LINE);
  }

  private void text(String text) {
    out.writeBytes(text.getBytes(UTF_8));
  }

  private static byte[] plain(ByteBuffer bytes) {
    var plain = new byte[bytes.remaining()];
    bytes.get(bytes.position(), plain);
    return plain;
  }

  private static String boundary(List<Call.Part> parts) {
    var digest = Sha256.begun();
    for (var part : parts) {
      add(digest, ByteBuffer.wrap(part.name().getBytes(UTF_8)));
      switch (part) {
        case Call.Field field -> add(digest, ByteBuffer.wrap(field.value().getBytes(UTF_8)));
        case Call.FilePart file -> add(digest, file.bytes().duplicate());
      }
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, BOUNDARY_CHARS);
  }

  /** With the length in front, so that no two forms are the same to the hash. */
  private static void add(MessageDigest digest, ByteBuffer bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.remaining()));
    digest.update(bytes);
  }
}
