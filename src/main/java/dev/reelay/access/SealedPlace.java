package dev.reelay.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Where a sealed secret is kept. A blob opens only in the place it was sealed for, so copying one
 * to another row or column, or bringing back an older version, is noticed.
 *
 * @param row the row's primary key as text
 * @param version counts up each time the secret of this row is replaced
 */
public record SealedPlace(String table, String row, String column, int version) {
  public SealedPlace {
    if (table.isEmpty() || row.isEmpty() || column.isEmpty() || version < 0) {
      throw new IllegalArgumentException("a sealed place needs table, row, column and version");
    }
  }

  /** Each part with its length before it, so that no two places have the same bytes. */
  byte[] toBytes(String label) {
    var out = new ByteArrayOutputStream();
    for (var part : new String[] {label, table, row, column, Integer.toString(version)}) {
      var bytes = part.getBytes(UTF_8);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }
}
