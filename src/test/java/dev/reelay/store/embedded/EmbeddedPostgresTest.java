package dev.reelay.store.embedded;

import static dev.reelay.store.embedded.EmbeddedKit.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("process")
class EmbeddedPostgresTest {
  private final EmbeddedKit kit = EmbeddedKit.used();

  @AfterEach
  void closeKit() {
    kit.close();
  }

  @Test
  void it_is_durable_checked_and_speaks_one_collation() {
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      var login = postgres.login();

      assertThat(ask(login, "show fsync")).isEqualTo("on");
      assertThat(ask(login, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(login, "show full_page_writes")).isEqualTo("on");
      assertThat(ask(login, "show data_checksums")).isEqualTo("on");
      assertThat(ask(login, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(login, "show max_connections")).isEqualTo("50");
      assertThat(ask(login, "select datlocprovider::text || datlocale from pg_database"))
          .isEqualTo("bC.UTF-8");
      assertThat(ask(login, "show server_version"))
          .isEqualTo(Bundle.ofThisMachine().serverVersion());
    }
  }

  @Test
  void only_this_machine_with_the_password_gets_in() throws IOException {
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "reelay", ""))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "reelay", "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(ask(postgres.login(), "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(postgres.login(), "show unix_socket_directories")).isEmpty();
      assertThat(addressesThatAnswer(postgres.port())).containsExactly("127.0.0.1");
      assertThat(rights(kit.own("password"))).isEqualTo("rw-------");
      assertThat(rights(kit.own("."))).isEqualTo("rwx------");
      assertThat(rights(kit.own("server/cluster"))).isEqualTo("rwx------");
    }
  }

  @Test
  void a_second_start_finds_its_data_on_the_same_port() {
    int port;
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      ask(postgres.login(), "create table kept as select 42 as answer");
      port = postgres.port();
    }

    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      assertThat(ask(postgres.login(), "select answer from kept")).isEqualTo("42");
      assertThat(postgres.port()).isEqualTo(port);
      assertThat(postgres.isAdopted()).isFalse();
    }
  }

  @Test
  void a_taken_port_is_changed() throws IOException {
    int port;
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      port = postgres.port();
    }

    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      try (var data = kit.open();
          var postgres = EmbeddedKit.start(data)) {
        assertThat(postgres.port()).isNotEqualTo(port);
        assertThat(ask(postgres.login(), "select 'up'")).isEqualTo("up");
      }
    }
  }

  @Test
  void a_stopped_server_is_gone_and_may_be_stopped_again() {
    try (var data = kit.open()) {
      var postgres = EmbeddedKit.start(data);
      assertThat(postgres.isRunning()).isTrue();

      postgres.stop();
      postgres.stop();

      assertThat(postgres.isRunning()).isFalse();
      assertThat(EmbeddedPostgres.attach(kit.path())).isEmpty();
    }
  }

  @Test
  void a_command_line_beside_the_relay_can_attach() {
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      var login = EmbeddedPostgres.attach(kit.path()).orElseThrow();

      assertThat(login).isEqualTo(postgres.login());
      assertThat(ask(login, "select 'in'")).isEqualTo("in");
    }
  }

  @Test
  void the_server_has_a_session_of_its_own_and_none_of_our_environment() throws IOException {
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      var stat = Files.readString(Path.of("/proc/" + postgres.pid() + "/stat"));
      var session = stat.substring(stat.lastIndexOf(')')).split(" ")[4];

      assertThat(session).isEqualTo(Long.toString(postgres.pid()));
      assertThat(Files.readString(Path.of("/proc/" + postgres.pid() + "/environ")))
          .doesNotContain("JAVA_HOME", "HOME=");
    }
  }

  /** PostgreSQL itself passes over its parent's number, so the other program is not this one. */
  @Test
  void a_process_number_that_another_program_got_does_not_hinder_the_start() throws IOException {
    var other = new ProcessBuilder("cat").start();
    try (var data = kit.open()) {
      var stale = "%d\n%s\n1\n54321\n\n127.0.0.1\n".formatted(other.pid(), "elsewhere");
      Files.writeString(kit.own("server/cluster/postmaster.pid"), stale);

      try (var postgres = EmbeddedKit.start(data)) {
        assertThat(postgres.isAdopted()).isFalse();
        assertThat(ask(postgres.login(), "select 'up'")).isEqualTo("up");
      }
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void a_cluster_of_another_major_is_refused_untouched() throws IOException {
    Files.writeString(kit.own("server/cluster/PG_VERSION"), "15\n");

    try (var data = kit.open()) {
      assertThatThrownBy(() -> EmbeddedKit.start(data))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("made by PostgreSQL 15")
          .hasMessageContaining("brings PostgreSQL 18");
    }
    assertThat(kit.own("server/cluster")).isDirectoryContaining("glob:**PG_VERSION");
  }

  @Test
  void a_lost_password_is_said_and_not_replaced() throws IOException {
    try (var data = kit.open()) {
      EmbeddedKit.start(data).stop();
      Files.delete(kit.own("password"));

      assertThatThrownBy(() -> EmbeddedKit.start(data)).hasMessageContaining("password is missing");
    }
  }

  @Test
  void a_wrong_password_is_said_and_leaves_no_server_behind() throws IOException {
    try (var data = kit.open()) {
      EmbeddedKit.start(data).stop();
      Files.writeString(kit.own("password"), "another");

      assertThatThrownBy(() -> EmbeddedKit.start(data))
          .hasMessageContaining("does not accept the password");
    }
    assertThat(Postmaster.read(kit.own("server/cluster"))).isEmpty();
  }

  @Test
  void a_broken_cluster_is_reported_with_what_postgres_says() throws IOException {
    try (var data = kit.open()) {
      EmbeddedKit.start(data).stop();
      Files.delete(kit.own("server/cluster/global/pg_control"));

      assertThatThrownBy(() -> EmbeddedKit.start(data)).hasMessageContaining("pg_control");
    }
  }

  @Test
  void limits_out_of_range_are_refused() {
    try (var data = kit.open()) {
      assertThatThrownBy(
              () ->
                  new EmbeddedSettings(
                      data, 5, EmbeddedSettings.START_TIMEOUT_USUAL, new SecureRandom()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<String> addressesThatAnswer(int port) throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> answers(address, port))
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static boolean answers(InetAddress address, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
