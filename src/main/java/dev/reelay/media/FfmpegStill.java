package dev.reelay.media;

import dev.reelay.asset.StillPictures.Still;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets FFmpeg decode the first picture, in a process of its own that is ended when it takes too
 * long. It may read files and pipes only, is told the format so that no file can choose one with
 * other powers, and gets no text of a client in an argument.
 */
final class FfmpegStill {
  static final Duration TIME_MAX = Duration.ofSeconds(10);
  static final int JPEG_BYTES_MAX = 8 << 20;

  /** What the program sees of our environment. */
  private static final Set<String> ENVIRONMENT = Set.of("PATH");

  private final String program;

  /**
   * Makes it.
   *
   * @param program a path, or a name to be found on the PATH
   */
  FfmpegStill(String program) {
    this.program = program;
  }

  Optional<Still> of(Path video) {
    return format(video).flatMap(format -> run(command(video, format))).flatMap(FfmpegStill::still);
  }

  private static Optional<String> format(Path video) {
    try (var in = Files.newInputStream(video)) {
      return Sniff.of(in.readNBytes(Sniff.BYTES_MAX)).flatMap(FfmpegStill::formatOf);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> formatOf(MediaType type) {
    return switch (type) {
      case MP4, MOV -> Optional.of("mov");
      case WEBM -> Optional.of("matroska");
      case PNG, JPEG, GIF, WEBP -> Optional.empty();
    };
  }

  private List<String> command(Path video, String format) {
    return List.of(
        program,
        "-nostdin",
        "-hide_banner",
        "-loglevel",
        "error",
        "-protocol_whitelist",
        "file,pipe",
        "-f",
        format,
        "-i",
        "file:" + video.toAbsolutePath(),
        "-frames:v",
        "1",
        "-f",
        "mjpeg",
        "pipe:1");
  }

  private static Optional<byte[]> run(List<String> command) {
    try {
      var process = builder(command).start();
      try {
        var read = CompletableFuture.supplyAsync(() -> bytes(process), Thread::startVirtualThread);
        boolean isDone = process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        return isDone && process.exitValue() == 0 ? Optional.of(read.join()) : Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Our environment holds keys and passwords, and a decoder of strangers' files must have none. */
  private static ProcessBuilder builder(List<String> command) {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    return builder;
  }

  /** What comes beyond the bound stays in the pipe, so that the process does not end well. */
  private static byte[] bytes(Process process) {
    try {
      return process.getInputStream().readNBytes(JPEG_BYTES_MAX);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /** The size comes from the header: a small file may hold a picture that fills the heap. */
  private static Optional<Still> still(byte[] jpeg) {
    return new PictureHead()
        .probe(ByteBuffer.wrap(jpeg))
        .filter(facts -> facts.contentType().equals(MediaType.JPEG.mime()))
        .filter(facts -> VideoFacts.isSide(facts.width()) && VideoFacts.isSide(facts.height()))
        .map(facts -> Still.of(jpeg, facts.width(), facts.height()));
  }
}
