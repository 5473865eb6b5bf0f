package dev.reelay.asset;

import java.nio.file.Path;
import java.util.Optional;

/** The port behind which bytes are kept. */
public interface AssetFiles {
  /** The file of a stored asset; empty if its bytes are not here. */
  Optional<Path> open(AssetId id);

  /**
   * A fresh, empty place for a download. It is kept only when {@link #keep} moves it under an id,
   * and swept away after a crash.
   *
   * @throws StorageFull if less than the configured reserve is free
   */
  Path draft(AssetId id);

  /** Makes a finished draft durable (synced to disk) under its id. Repeating it is harmless. */
  void keep(AssetId id, Path draft);

  /** Removes the bytes; harmless if they are gone. */
  void remove(AssetId id);

  /**
   * Refuses when less than the configured reserve is free.
   *
   * @throws StorageFull in words for people
   */
  void requireSpace();

  /** Too little space is left to accept or keep anything. */
  final class StorageFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageFull(String message) {
      super(message);
    }
  }
}
