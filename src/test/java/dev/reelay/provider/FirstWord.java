package dev.reelay.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Takes a file that begins with "video" or "picture" for one. */
final class FirstWord implements MediaCheck {
  @Override
  public Optional<Video> video(Path file) {
    return begins(file, "video")
        ? Optional.of(new Video("video/mp4", 704, 1_280, 5_040, true))
        : Optional.empty();
  }

  @Override
  public Optional<Picture> picture(Path file) {
    return begins(file, "picture")
        ? Optional.of(new Picture("image/jpeg", 704, 1_280))
        : Optional.empty();
  }

  private static boolean begins(Path file, String word) {
    try {
      return Files.readString(file).startsWith(word);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
