package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.Journal.Entry;
import dev.reelay.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskJournalTest {
  private static final Entry FIRST =
      new Entry(new TaskId("01k6x15vhrff09dkkqjrzwhm60"), 1, "up 1 with spaces");
  private static final Entry SECOND =
      new Entry(new TaskId("01k6x15vhrff09dkkqjrzwhm61"), 3, "任务-2");

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("accepted.journal");
  }

  @Test
  void what_was_accepted_and_not_committed_is_there_after_a_kill() {
    var killed = DiskJournal.open(path);
    killed.accepted(FIRST);
    killed.accepted(SECOND);

    try (var next = DiskJournal.open(path)) {
      assertThat(next.unfinished()).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void every_torn_end_loses_only_the_record_it_tore() throws IOException {
    var killed = DiskJournal.open(path);
    killed.accepted(FIRST);
    var whole = Files.size(path);
    killed.accepted(SECOND);
    var bytes = Files.readAllBytes(path);

    for (var length = (int) whole; length < bytes.length; length++) {
      Files.write(path, Arrays.copyOf(bytes, length));
      try (var next = DiskJournal.open(path)) {
        assertThat(next.unfinished()).containsExactly(FIRST);
      }
    }
  }

  @Test
  void what_comes_after_a_torn_record_is_read_again() throws IOException {
    Files.write(path, new byte[] {0, 0, 0, 9, 1});
    var killed = DiskJournal.open(path);
    killed.accepted(FIRST);

    try (var next = DiskJournal.open(path)) {
      assertThat(next.unfinished()).containsExactly(FIRST);
    }
  }

  @Test
  void a_flipped_bit_is_noticed() throws IOException {
    var killed = DiskJournal.open(path);
    killed.accepted(FIRST);
    var bytes = Files.readAllBytes(path);
    bytes[bytes.length - 1] ^= 1;
    Files.write(path, bytes);

    try (var next = DiskJournal.open(path)) {
      assertThat(next.unfinished()).isEmpty();
    }
  }

  @Test
  void an_orderly_end_with_nothing_open_leaves_an_empty_file() throws IOException {
    try (var journal = DiskJournal.open(path)) {
      journal.accepted(FIRST);
      journal.settled(FIRST.task());
    }

    assertThat(Files.size(path)).isZero();
  }

  @Test
  void an_orderly_end_with_something_open_keeps_it() {
    try (var journal = DiskJournal.open(path)) {
      journal.accepted(FIRST);
      journal.accepted(SECOND);
      journal.settled(FIRST.task());
    }

    try (var next = DiskJournal.open(path)) {
      assertThat(next.unfinished()).contains(SECOND);
    }
  }

  @Test
  void garbage_is_not_read_as_entries() throws IOException {
    Files.write(path, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9}, StandardOpenOption.CREATE);

    try (var journal = DiskJournal.open(path)) {
      assertThat(journal.unfinished()).isEmpty();
    }
  }
}
