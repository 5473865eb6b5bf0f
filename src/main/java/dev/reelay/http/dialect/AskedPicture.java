package dev.reelay.http.dialect;

import dev.reelay.asset.PictureProbe;
import java.nio.ByteBuffer;

/** A picture as a caller gave it, checked and not yet kept. */
public sealed interface AskedPicture {
  /** One that lies elsewhere. */
  record Web(String url) implements AskedPicture {}

  /**
   * One that came with the request, as a file or as text.
   *
   * @param bytes read-only; a piece of the body or decoded from it
   */
  record Given(ByteBuffer bytes, String sha256, PictureProbe.Facts facts) implements AskedPicture {}
}
