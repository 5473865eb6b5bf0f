package dev.reelay;

import dev.reelay.media.MediaType;
import dev.reelay.media.Mp4Probe;
import dev.reelay.media.ProbeResult;
import dev.reelay.media.Sniff;
import dev.reelay.provider.MediaCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Joins the provider room's question to the media room's answer. */
final class FileCheck implements MediaCheck {
  /** Only what can be probed counts as playable: MP4 and its sister QuickTime. */
  @Override
  public Optional<Video> video(Path file) {
    return sniff(file)
        .filter(type -> type == MediaType.MP4 || type == MediaType.MOV)
        .flatMap(type -> probe(file, type));
  }

  private static Optional<Video> probe(Path file, MediaType type) {
    return switch (Mp4Probe.probe(file)) {
      case ProbeResult.Playable(var facts) ->
          Optional.of(
              new Video(
                  type.mime(),
                  facts.width(),
                  facts.height(),
                  facts.durationMillis(),
                  facts.audio()));
      case ProbeResult.Unplayable _ -> Optional.empty();
      case ProbeResult.Unreadable(IOException cause) -> throw new UncheckedIOException(cause);
    };
  }

  @Override
  public Optional<Picture> picture(Path file) {
    return sniff(file).filter(MediaType::isPicture).map(type -> new Picture(type.mime(), 0, 0));
  }

  private static Optional<MediaType> sniff(Path file) {
    try (var in = Files.newInputStream(file)) {
      return Sniff.of(in.readNBytes(Sniff.BYTES_MAX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
