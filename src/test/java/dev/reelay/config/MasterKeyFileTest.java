package dev.reelay.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reelay.access.MasterKey;
import dev.reelay.config.MasterKeyFile.UnusableMasterKeyFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyFileTest {
  @TempDir Path dataDir;

  @Test
  void the_first_start_makes_a_key_that_only_its_owner_reads_and_the_next_finds_it()
      throws Exception {
    var made = file().readOrCreate();

    assertThat(file().readOrCreate()).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
        .isEqualTo("rw-------");
    try (var files = Files.list(dataDir)) {
      assertThat(files).containsExactly(file().path());
    }
  }

  @Test
  void processes_that_start_together_agree_on_one_key() {
    var keys = ConcurrentHashMap.<MasterKey>newKeySet();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 16; i++) {
        threads.execute(() -> keys.add(file().readOrCreate()));
      }
    }

    assertThat(keys).containsExactly(file().readOrCreate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--", "rwx------"})
  void a_key_that_others_may_read_is_refused(String permissions) throws Exception {
    file().readOrCreate();
    Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString(permissions));

    assertThatExceptionOfType(UnusableMasterKeyFile.class)
        .isThrownBy(() -> file().readOrCreate())
        .withMessageContaining("chmod 600 " + file().path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "canary", "canary-canary-canary"})
  void a_file_without_a_key_is_refused_and_never_replaced(String content) throws Exception {
    file().readOrCreate();
    Files.writeString(file().path(), content);

    assertThatExceptionOfType(UnusableMasterKeyFile.class)
        .isThrownBy(() -> file().readOrCreate())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    assertThat(file().path()).hasContent(content);
  }

  @Test
  void a_missing_data_directory_is_no_place_for_a_key() {
    var nowhere = new MasterKeyFile(dataDir.resolve("gone"), new SecureRandom());

    assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(nowhere::readOrCreate);
  }

  private MasterKeyFile file() {
    return new MasterKeyFile(dataDir, new SecureRandom());
  }
}
