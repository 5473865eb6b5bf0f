package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path temp;

  @Test
  void a_new_directory_and_its_folders_are_for_the_owner_alone() throws IOException {
    try (var data = DataDirectory.open(temp.resolve("deep/data"))) {
      assertThat(rights(data.path())).isEqualTo("rwx------");
      assertThat(rights(data.folder("assets"))).isEqualTo("rwx------");
      assertThat(rights(data.resolve("reelay.lock"))).isEqualTo("rw-------");
    }
  }

  @Test
  void an_empty_directory_is_closed_to_others() throws IOException {
    var path = Files.createDirectory(temp.resolve("data"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));

    try (var data = DataDirectory.open(path)) {
      assertThat(rights(data.path())).isEqualTo("rwx------");
    }
  }

  @Test
  void a_directory_of_others_is_refused_and_left_as_it_is() throws IOException {
    var path = Files.createDirectory(temp.resolve("shared"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.writeString(path.resolve("theirs"), "x");

    assertThatThrownBy(() -> DataDirectory.open(path))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("REELAY_DATA_DIR");
    assertThat(rights(path)).isEqualTo("rwxrwxrwx");
  }

  @Test
  void it_opens_once_in_a_process_and_again_after_it_was_closed() {
    var data = DataDirectory.open(temp.resolve("data"));

    assertThatThrownBy(() -> DataDirectory.open(temp.resolve("data")))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining("already open");
    data.close();

    DataDirectory.open(temp.resolve("data")).close();
  }

  @Test
  void what_a_dead_process_of_the_same_number_left_does_not_hinder() throws IOException {
    DataDirectory.open(temp.resolve("data")).close();
    var self = ProcessHandle.current().pid();
    Files.writeString(temp.resolve("data/reelay.pid"), self + " 12345\n");

    DataDirectory.open(temp.resolve("data")).close();
  }

  @Test
  void a_remembered_text_is_made_once_and_kept_private() throws IOException {
    try (var data = DataDirectory.open(temp.resolve("data"))) {
      assertThat(data.remember("node-id", () -> "first")).isEqualTo("first");
      assertThat(data.remember("node-id", () -> "second")).isEqualTo("first");
      assertThat(rights(data.resolve("node-id"))).isEqualTo("rw-------");
    }
  }

  @Test
  void a_path_that_is_a_file_is_refused_with_its_name() throws IOException {
    var file = Files.writeString(temp.resolve("file"), "x");

    assertThatThrownBy(() -> DataDirectory.open(file))
        .isInstanceOf(DataDirectoryException.class)
        .hasMessageContaining(file.toString());
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
