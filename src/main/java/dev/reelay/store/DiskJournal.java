package dev.reelay.store;

import dev.reelay.task.Journal;
import dev.reelay.task.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file, synced at each entry. A record is its length, the CRC-32C of its text, and
 * the text {@code task attempt upstream-id}; a torn one at the end is what a crash left and ends
 * the reading. The file is emptied when nothing in it is unfinished any more.
 */
public final class DiskJournal implements Journal, AutoCloseable {
  static final int RECORD_BYTES_MAX = 20_000;

  /** Below this size an emptied file is not worth a truncation. */
  static final long KEPT_BYTES_MAX = 1 << 20;

  private static final int HEAD_BYTES = Integer.BYTES + Integer.BYTES;
  private static final Logger LOG = LoggerFactory.getLogger(DiskJournal.class);

  private final FileChannel file;
  private final List<Entry> former;

  /** Where the last record ends that is there as a whole. */
  private long wholeBytes;

  private final Set<Entry> open = ConcurrentHashMap.newKeySet();

  private DiskJournal(FileChannel file, Whole former) {
    this.file = file;
    this.former = List.copyOf(former.entries());
    this.wholeBytes = former.bytes();
    this.open.addAll(this.former);
  }

  /** Opens the journal and reads what a former life left in it. */
  public static DiskJournal open(Path path) {
    try {
      var former = read(Files.exists(path) ? Files.readAllBytes(path) : new byte[0]);
      var file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      // What is written behind a torn record would never be read again.
      file.truncate(former.bytes());
      return new DiskJournal(file, former);
    } catch (IOException e) {
      throw new UncheckedIOException("the journal cannot be opened: " + path, e);
    }
  }

  /** Known as open before it is written, so that the file is never emptied under it. */
  @Override
  public void accepted(Entry entry) {
    open.add(entry);
    try {
      append(record(entry));
    } catch (IOException e) {
      open.remove(entry);
      throw new UncheckedIOException("the journal did not take an accepted id", e);
    }
  }

  /** What a full disk took of an earlier record is cut off, or it would hide all that follow. */
  private synchronized void append(ByteBuffer record) throws IOException {
    var bytes = record.remaining();
    if (file.size() > wholeBytes) {
      file.truncate(wholeBytes);
    }
    while (record.hasRemaining()) {
      file.write(record);
    }
    file.force(false);
    wholeBytes += bytes;
  }

  /** Called at every commit, so it waits for no disk unless the file has grown. */
  @Override
  public void settled(TaskId task) {
    if (!open.isEmpty() && open.removeIf(entry -> entry.task().equals(task)) && open.isEmpty()) {
      emptyIfLarge();
    }
  }

  private synchronized void emptyIfLarge() {
    try {
      if (open.isEmpty() && file.size() > KEPT_BYTES_MAX) {
        file.truncate(0);
        wholeBytes = 0;
      }
    } catch (IOException e) {
      LOG.warn("the journal was not emptied; it only grows: {}", e.toString());
    }
  }

  @Override
  public List<Entry> unfinished() {
    return former;
  }

  @Override
  public synchronized void close() {
    try {
      if (open.isEmpty()) {
        file.truncate(0);
      }
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer record(Entry entry) {
    var text =
        (entry.task().value() + ' ' + entry.attempt() + ' ' + entry.upstreamId())
            .getBytes(StandardCharsets.UTF_8);
    var record = ByteBuffer.allocate(HEAD_BYTES + text.length);
    return record.putInt(text.length).putInt(checksum(text)).put(text).flip();
  }

  /** The whole records at the beginning, and where they end. */
  private record Whole(List<Entry> entries, long bytes) {}

  private static Whole read(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var entries = new ArrayList<Entry>();
    var end = 0;
    while (in.remaining() >= HEAD_BYTES) {
      var length = in.getInt();
      var checksum = in.getInt();
      if (length <= 0 || length > RECORD_BYTES_MAX || length > in.remaining()) {
        break;
      }
      var text = new byte[length];
      in.get(text);
      if (checksum(text) != checksum) {
        break;
      }
      entries.add(entry(new String(text, StandardCharsets.UTF_8)));
      end = in.position();
    }
    if (end < bytes.length) {
      LOG.warn("the journal ends in a torn record, after {} whole ones", entries.size());
    }
    return new Whole(entries, end);
  }

  private static Entry entry(String text) {
    var first = text.indexOf(' ');
    var second = text.indexOf(' ', first + 1);
    return new Entry(
        new TaskId(text.substring(0, first)),
        Integer.parseInt(text.substring(first + 1, second)),
        text.substring(second + 1));
  }

  private static int checksum(byte[] text) {
    var crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
  }
}
