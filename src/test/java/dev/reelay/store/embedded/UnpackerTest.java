package dev.reelay.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.testkit.QuickFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnpackerTest {
  private final QuickFolder folder = QuickFolder.make();
  private final Bundle bundle = Bundle.ofThisMachine();

  @AfterEach
  void deleteFolder() {
    folder.close();
  }

  @Test
  void what_a_killed_process_left_half_done_is_done_again() throws IOException {
    var half = folder.path().resolve("half-" + bundle.version());
    Files.createDirectories(half.resolve("bin"));
    Files.writeString(half.resolve("bin/postgres"), "half a program");

    var programs = Unpacker.unpack(bundle, folder.path());

    assertThat(version(programs)).contains("PostgreSQL) " + bundle.serverVersion());
    assertThat(half).doesNotExist();
  }

  @Test
  void what_is_unpacked_already_is_left_alone() throws IOException {
    var there = Files.createDirectories(folder.path().resolve("bin-" + bundle.version()));

    assertThat(Unpacker.unpack(bundle, folder.path())).isEqualTo(there).isEmptyDirectory();
  }

  @Test
  void programs_of_other_releases_are_removed_and_nothing_else() throws IOException {
    Files.createDirectories(folder.path().resolve("bin-17.1.0/bin"));
    Files.createDirectories(folder.path().resolve("half-18.9.0"));
    Files.createDirectories(folder.path().resolve("bin-" + bundle.version()));
    Files.createDirectories(folder.path().resolve("server"));

    Unpacker.removeOthers(bundle, folder.path());

    assertThat(folder.path().toFile().list())
        .containsExactlyInAnyOrder("bin-" + bundle.version(), "server");
  }

  @Test
  void an_archive_that_is_cut_off_leaves_no_finished_folder() {
    var missing = new Bundle("no-such-archive.txz", "1.2.3");

    assertThatThrownBy(() -> Unpacker.unpack(missing, folder.path()))
        .isInstanceOf(EmbeddedPostgresException.class);
    assertThat(folder.path().resolve("bin-1.2.3")).doesNotExist();
  }

  @Test
  void archives_are_named_after_system_and_processor() {
    assertThat(Bundle.platform("Linux", "amd64")).isEqualTo("postgres-linux-x86_64");
    assertThat(Bundle.platform("Linux", "aarch64")).isEqualTo("postgres-linux-arm_64");
    assertThat(Bundle.platform("Mac OS X", "aarch64")).isEqualTo("postgres-darwin-arm_64");
    assertThat(Bundle.platform("Mac OS X", "x86_64")).isEqualTo("postgres-darwin-x86_64");
  }

  private String version(Path programs) {
    var command = List.of(programs.resolve("bin/postgres").toString(), "--version");
    return Program.run(command, folder.path().resolve("log"), Duration.ofSeconds(10)).output();
  }
}
