package dev.reelay.http.dialect;

import dev.reelay.asset.ClipProbe;
import dev.reelay.task.ClipFit;
import dev.reelay.task.ClipKind;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A reference video or sound as a caller gave it, checked and not yet kept. */
public sealed interface AskedClip {
  ClipKind kind();

  /** What of it decides whether a model takes it. */
  ClipFit.Asked asked();

  /** One that lies elsewhere. */
  record Web(String url, ClipKind kind) implements AskedClip {
    @Override
    public ClipFit.Asked asked() {
      return new ClipFit.Asked(kind, Duration.ZERO);
    }
  }

  /**
   * One that came with the request, as a file or as text.
   *
   * @param bytes read-only; a piece of the body or decoded from it
   */
  record Given(ByteBuffer bytes, String sha256, ClipProbe.Facts facts, ClipKind kind)
      implements AskedClip {
    @Override
    public ClipFit.Asked asked() {
      return new ClipFit.Asked(kind, Duration.ofMillis(facts.millis()));
    }

    GivenFile file() {
      return new GivenFile(
          bytes, sha256, facts.contentType(), facts.width(), facts.height(), facts.millis());
    }
  }
}
