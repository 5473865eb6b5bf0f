package dev.reelay.provider;

import dev.reelay.task.Picture;
import dev.reelay.task.PictureForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Brings the bytes of stored pictures into memory for the time of one call, and never more than a
 * bound at once, however many calls are under way.
 */
final class PictureLoader {
  /** Text made of them for the wire takes a multiple of it. */
  static final int BYTES_AT_ONCE_MAX = 64 << 20;

  private static final int BYTES_PER_PERMIT = 1 << 10;
  private static final int PERMITS = BYTES_AT_ONCE_MAX / BYTES_PER_PERMIT;

  private final Inputs inputs;
  private final Duration patience;
  private final Semaphore room = new Semaphore(PERMITS);

  PictureLoader(Inputs inputs, Duration patience) {
    this.inputs = inputs;
    this.patience = patience;
  }

  /** What came of a wish to have pictures. */
  sealed interface Loaded {
    /** They are here until this is closed. */
    record Here(List<SentPicture> pictures, Runnable giveBack) implements Loaded, AutoCloseable {
      @Override
      public void close() {
        giveBack.run();
      }
    }

    /** Not now, and why; nothing was taken. */
    record Missing(String why) implements Loaded {}
  }

  /**
   * @param form {@link PictureForm#ADDRESS} gives addresses alone, where kept pictures have one
   */
  Loaded load(List<Picture> pictures, PictureForm form) {
    return form == PictureForm.ADDRESS ? addresses(pictures) : load(pictures);
  }

  private Loaded addresses(List<Picture> pictures) {
    var sent = new ArrayList<SentPicture>();
    for (var picture : pictures) {
      switch (picture) {
        case Picture.Web(String url, var role) -> sent.add(new SentPicture.Address(url, role));
        case Picture.Stored stored -> {
          var address = inputs.address(stored.asset(), stored.contentType());
          if (address.isEmpty()) {
            return new Loaded.Missing("this relay has no public address for a kept picture");
          }
          sent.add(new SentPicture.Address(address.get(), stored.role()));
        }
      }
    }
    return new Loaded.Here(List.copyOf(sent), () -> {});
  }

  Loaded load(List<Picture> pictures) {
    int permits = permits(pictures);
    if (!takes(permits)) {
      return new Loaded.Missing("too many bytes of pictures are under way");
    }
    try {
      var sent = new ArrayList<SentPicture>();
      for (var picture : pictures) {
        sent.add(read(picture));
      }
      return new Loaded.Here(List.copyOf(sent), () -> room.release(permits));
    } catch (IOException | RuntimeException e) {
      room.release(permits);
      return new Loaded.Missing("a picture of the task is not on this node");
    }
  }

  /** One request alone may take the whole room, but never wait for more than there is. */
  private static int permits(List<Picture> pictures) {
    long bytes = 0;
    for (var picture : pictures) {
      bytes += picture instanceof Picture.Stored stored ? stored.bytes() : 0;
    }
    return (int) Math.min(PERMITS, Math.ceilDiv(bytes, BYTES_PER_PERMIT));
  }

  private boolean takes(int permits) {
    try {
      return room.tryAcquire(permits, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private SentPicture read(Picture picture) throws IOException {
    return switch (picture) {
      case Picture.Web(String url, var role) -> new SentPicture.Address(url, role);
      case Picture.Stored stored -> {
        var file = inputs.files().open(stored.asset());
        if (file.isEmpty()) {
          throw new NoSuchFileException(stored.asset().value());
        }
        var bytes = Files.readAllBytes(file.get());
        yield new SentPicture.Bytes(stored.contentType(), ByteBuffer.wrap(bytes), stored.role());
      }
    };
  }
}
