package dev.reelay.sandbox;

import dev.reelay.asset.Sha256;
import dev.reelay.media.ClipSpec;
import dev.reelay.media.RenderedClip;
import dev.reelay.media.SandboxVideo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rendered clips on disk, by what they show. Renders in the background, few at once, since each
 * takes a processor for seconds; keeps the newest {@link #CLIPS_MAX}.
 */
final class ClipShelf implements AutoCloseable {
  static final int CLIPS_MAX = 256;
  private static final Logger LOG = LoggerFactory.getLogger(ClipShelf.class);

  private final Path folder;
  private final SandboxVideo video = new SandboxVideo();
  private final ExecutorService renderers;
  private final Map<String, Boolean> ordered = new ConcurrentHashMap<>();

  /** A clip's two files. */
  record Clip(Path mp4, Path poster) {}

  /**
   * @param renderersMax clips rendered at once, 1 or more
   */
  ClipShelf(Path folder, int renderersMax) {
    this.folder = folder;
    var threads = Thread.ofPlatform().name("sandbox-render-", 0).daemon().factory();
    this.renderers = Executors.newFixedThreadPool(renderersMax, threads);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the sandbox's folder " + folder, e);
    }
  }

  /**
   * The finished clip; if it is not there yet, its rendering is ordered and the answer is empty.
   */
  Optional<Clip> find(ClipSpec spec) {
    var name = name(spec);
    var clip = new Clip(folder.resolve(name + ".mp4"), folder.resolve(name + ".jpg"));
    if (Files.exists(clip.mp4()) && Files.exists(clip.poster())) {
      return Optional.of(clip);
    }
    if (ordered.putIfAbsent(name, true) == null) {
      renderers.execute(() -> render(name, spec, clip));
    }
    return Optional.empty();
  }

  private void render(String name, ClipSpec spec, Clip clip) {
    try {
      save(video.render(spec), clip);
      sweep();
    } catch (IOException | RuntimeException e) {
      LOG.error("sandbox clip {} was not rendered and will be tried again", name, e);
    } finally {
      ordered.remove(name);
    }
  }

  private void save(RenderedClip rendered, Clip clip) throws IOException {
    write(clip.poster(), rendered.poster());
    write(clip.mp4(), rendered.mp4());
  }

  private void write(Path file, byte[] bytes) throws IOException {
    var draft = Files.createTempFile(folder, "draft", ".tmp");
    Files.write(draft, bytes);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void sweep() throws IOException {
    record Aged(Path file, long millis) {}
    try (var files = Files.list(folder)) {
      var old =
          files
              .map(file -> new Aged(file, file.toFile().lastModified()))
              .sorted((a, b) -> Long.compare(b.millis(), a.millis()))
              .skip(CLIPS_MAX * 2L)
              .toList();
      for (var aged : old) {
        Files.deleteIfExists(aged.file());
      }
    }
  }

  private static String name(ClipSpec spec) {
    var hash = Sha256.of(spec.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 16);
  }

  @Override
  public void close() {
    renderers.shutdownNow();
  }
}
