package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.reelay.task.Journal.Entry;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.SmallDisk;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a disk that is filled to the last byte; only where this user may mount one. */
@Tag("process")
class DiskJournalFullTest {
  private static final TaskId TASK = new TaskId("01k6x15vhrff09dkkqjrzwhm60");
  private static final int TRIES_MAX = 1_000;

  @TempDir Path folder;

  @Test
  void what_a_full_disk_tore_hides_nothing_that_is_written_once_there_is_space() {
    var mounted = SmallDisk.mount(folder.resolve("disk"), 1);
    assumeThat(mounted).as("this user may mount a small disk").isPresent();
    try (var disk = mounted.orElseThrow()) {
      var path = folder.resolve("disk/accepted.journal");
      var killed = DiskJournal.open(path);
      killed.accepted(entry(0));
      disk.fill();
      var taken = acceptUntilFull(killed);

      disk.free();
      killed.accepted(entry(TRIES_MAX));

      try (var next = DiskJournal.open(path)) {
        assertThat(next.unfinished())
            .hasSize(taken + 1)
            .startsWith(entry(0))
            .endsWith(entry(TRIES_MAX));
      }
    }
  }

  /** How many are in the journal before one was refused. */
  private static int acceptUntilFull(DiskJournal journal) {
    for (var n = 1; n < TRIES_MAX; n++) {
      try {
        journal.accepted(entry(n));
      } catch (UncheckedIOException full) {
        return n;
      }
    }
    throw new AssertionError("a full disk took " + TRIES_MAX + " entries");
  }

  private static Entry entry(int number) {
    return new Entry(TASK, number + 1, "upstream " + number);
  }
}
