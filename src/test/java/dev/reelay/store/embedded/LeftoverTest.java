package dev.reelay.store.embedded;

import static dev.reelay.store.embedded.EmbeddedKit.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.store.DataDirectory;
import dev.reelay.store.DataDirectoryException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a relay finds that was killed before: a server without a parent. */
@Tag("process")
class LeftoverTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final EmbeddedKit kit = EmbeddedKit.used();

  @AfterEach
  void closeKit() {
    kit.close();
  }

  @Test
  void a_server_left_behind_by_kill_9_is_taken_over_with_its_data() throws InterruptedException {
    try (var child = ChildProcess.start(List.of(), CLASS_PATH, kit.path())) {
      var pid = child.line("ready").split(" ")[1];
      child.killHard();

      try (var data = kit.open();
          var postgres = EmbeddedKit.start(data)) {
        assertThat(postgres.isAdopted()).isTrue();
        assertThat(postgres.pid()).isEqualTo(Long.parseLong(pid));
        assertThat(ask(postgres.login(), "select word from kept")).isEqualTo("still here");
        postgres.stop();
        assertThat(postgres.isRunning()).isFalse();
      }
    }
  }

  @Test
  void a_server_left_behind_with_other_settings_is_restarted() throws InterruptedException {
    try (var child = ChildProcess.start(List.of(), CLASS_PATH, kit.path())) {
      child.line("ready");
      child.killHard();

      try (var data = kit.open();
          var postgres = EmbeddedPostgres.start(withConnections(data, 60))) {
        assertThat(postgres.isAdopted()).isFalse();
        assertThat(ask(postgres.login(), "show max_connections")).isEqualTo("60");
        assertThat(ask(postgres.login(), "select word from kept")).isEqualTo("still here");
      }
    }
  }

  @Test
  void relay_and_server_killed_together_lose_nothing() throws InterruptedException {
    try (var child = ChildProcess.start(List.of(), CLASS_PATH, kit.path())) {
      var pid = Long.parseLong(child.line("ready").split(" ")[1]);
      child.killHard();
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

      try (var data = kit.open();
          var postgres = EmbeddedKit.start(data)) {
        assertThat(ask(postgres.login(), "select word from kept")).isEqualTo("still here");
      }
    }
  }

  @Test
  void while_a_relay_lives_no_other_gets_its_directory() throws IOException {
    try (var child = ChildProcess.start(List.of(), CLASS_PATH, kit.path())) {
      child.line("ready");

      assertThatThrownBy(kit::open)
          .isInstanceOf(DataDirectoryException.class)
          .hasMessageContaining("in use by another Reelay process (process " + child.pid() + ")");
      assertThat(EmbeddedPostgres.attach(kit.path())).isPresent();

      child.endInput();
      child.line("stopped");
      assertThat(EmbeddedPostgres.attach(kit.path())).isEmpty();
    }
  }

  private static EmbeddedSettings withConnections(DataDirectory data, int max) {
    return new EmbeddedSettings(
        data, max, EmbeddedSettings.START_TIMEOUT_USUAL, new SecureRandom());
  }
}
