package dev.reelay.media;

import dev.reelay.asset.ClipProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells what a reference video or sound is. An MP4 or QuickTime file must be whole and have a video
 * track, as a result must; of WebM and of sounds the first bytes decide.
 */
public final class ClipHead implements ClipProbe {
  @Override
  public Optional<Facts> probe(ByteBuffer bytes) {
    var in = bytes.slice();
    var leading = new byte[Math.min(in.remaining(), Sniff.BYTES_MAX)];
    in.get(0, leading);
    var type = Sniff.of(leading);
    return type.isEmpty() ? SoundHead.read(in) : video(type.get(), in);
  }

  private static Optional<Facts> video(MediaType type, ByteBuffer in) {
    return switch (type) {
      case MP4, MOV -> probed(type, in);
      case WEBM -> Optional.of(new Facts(type.mime(), true, 0, 0, 0));
      case GIF, JPEG, PNG, WEBP -> Optional.empty();
    };
  }

  private static Optional<Facts> probed(MediaType type, ByteBuffer in) {
    return switch (Mp4Probe.probe(new BufferChannel(in))) {
      case ProbeResult.Playable(VideoFacts facts) ->
          Optional.of(
              new Facts(type.mime(), true, facts.width(), facts.height(), facts.durationMillis()));
      case ProbeResult.Unplayable _ -> Optional.empty();
      case ProbeResult.Unreadable(IOException cause) -> throw new UncheckedIOException(cause);
    };
  }
}
