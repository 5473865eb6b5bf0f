package dev.reelay.http.dialect;

import dev.reelay.asset.PictureProbe;
import dev.reelay.task.PictureRole;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A picture as a caller gave it, checked and not yet kept. */
public sealed interface AskedPicture {
  /** What the caller said that it is for; empty if that is left to the model. */
  Optional<PictureRole> role();

  /** The same picture, for something. */
  AskedPicture as(Optional<PictureRole> role);

  /** One that lies elsewhere. */
  record Web(String url, Optional<PictureRole> role) implements AskedPicture {
    /** One whose role is left to the model. */
    public Web(String url) {
      this(url, Optional.empty());
    }

    @Override
    public Web as(Optional<PictureRole> role) {
      return new Web(url, role);
    }
  }

  /**
   * One that came with the request, as a file or as text.
   *
   * @param bytes read-only; a piece of the body or decoded from it
   */
  record Given(
      ByteBuffer bytes, String sha256, PictureProbe.Facts facts, Optional<PictureRole> role)
      implements AskedPicture {
    GivenFile file() {
      return new GivenFile(
          bytes, sha256, facts.contentType(), facts.width(), facts.height(), /* millis= */ 0);
    }

    @Override
    public Given as(Optional<PictureRole> role) {
      return new Given(bytes, sha256, facts, role);
    }
  }
}
