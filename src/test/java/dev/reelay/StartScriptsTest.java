package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell scripts in bin, on a machine made of folders: fake JDKs that print what they get. */
class StartScriptsTest {
  private static final Path BIN = Path.of("bin").toAbsolutePath();
  private static final List<String> TOOLS =
      List.of("dirname", "readlink", "sed", "sort", "head", "find", "cat", "getconf", "touch");

  @TempDir private Path machine;

  @Test
  void a_jdk_25_is_found_though_the_default_is_17() throws IOException {
    var old = jdk("usr/lib/jvm/java-17", "17.0.15");
    var wanted = jdk("usr/lib/jvm/temurin-25", "25.0.1");

    var answer = run(BIN.resolve("find-jdk"), Map.of("PATH", old + "/bin:" + tools()));

    assertThat(answer.code()).isZero();
    assertThat(answer.output()).isEqualTo(wanted.toString());
    assertThat(answer.errors()).isEmpty();
  }

  @Test
  void a_java_home_of_17_does_not_stop_the_search() throws IOException {
    var old = jdk("usr/lib/jvm/java-17", "17.0.15");
    var wanted = jdk("opt/jdk-25", "25");

    var answer = run(BIN.resolve("find-jdk"), Map.of("JAVA_HOME", old.toString()));

    assertThat(answer.output()).isEqualTo(wanted.toString());
  }

  @Test
  void the_folders_of_version_managers_and_ides_are_searched() throws IOException {
    for (var folder :
        List.of(
            "home/.sdkman/candidates/java/25.0.1-tem",
            "home/.jdks/temurin-25.0.1",
            "home/.asdf/installs/java/temurin-25.0.1",
            "home/.local/share/mise/installs/java/temurin-25.0.1",
            "home/Library/Java/JavaVirtualMachines/temurin-25/Contents/Home",
            "Library/Java/JavaVirtualMachines/temurin-25/Contents/Home",
            "usr/java/jdk-25")) {
      var wanted = jdk(folder, "25.0.1");

      assertThat(run(BIN.resolve("find-jdk"), Map.of()).output()).isEqualTo(wanted.toString());
      Files.delete(wanted.resolve("bin/javac"));
    }
  }

  @Test
  void reelay_java_home_comes_first() throws IOException {
    jdk("usr/lib/jvm/temurin-25", "25.0.1");
    var named = jdk("elsewhere/jdk with a space", "26.0.1");

    var answer = run(BIN.resolve("find-jdk"), Map.of("REELAY_JAVA_HOME", named.toString()));

    assertThat(answer.output()).isEqualTo(named.toString());
  }

  @Test
  void a_reelay_java_home_that_does_not_fit_is_an_error_and_not_passed_over() throws IOException {
    jdk("usr/lib/jvm/temurin-25", "25.0.1");
    var old = jdk("usr/lib/jvm/java-17", "17.0.15");

    var answer = run(BIN.resolve("find-jdk"), Map.of("REELAY_JAVA_HOME", old.toString()));

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.errors()).contains("REELAY_JAVA_HOME").hasLineCount(1);
  }

  @Test
  void jdk_25_is_preferred_to_newer_ones_in_the_folders() throws IOException {
    jdk("usr/lib/jvm/jdk-100", "100");
    jdk("usr/lib/jvm/a-26", "26.0.1");
    var wanted = jdk("usr/lib/jvm/z-25", "25.0.1");

    assertThat(run(BIN.resolve("find-jdk"), Map.of()).output()).isEqualTo(wanted.toString());
  }

  @Test
  void a_jdk_without_release_file_is_asked_for_its_version() throws IOException {
    var wanted = jdk("opt/jdk", "25.0.1");
    Files.delete(wanted.resolve("release"));
    script(wanted.resolve("bin/java"), "echo 'openjdk version \"25.0.1\" 2025-10-21' >&2");

    assertThat(run(BIN.resolve("find-jdk"), Map.of()).output()).isEqualTo(wanted.toString());
  }

  @Test
  void without_a_jdk_one_line_says_what_to_install() throws IOException {
    jdk("usr/lib/jvm/java-17", "17.0.15");
    var runtimeOnly = jdk("usr/lib/jvm/jre-25", "25.0.1");
    Files.delete(runtimeOnly.resolve("bin/javac"));

    for (var script : List.of("find-jdk", "reelay", "mvn-quiet")) {
      var answer = run(BIN.resolve(script), Map.of());

      assertThat(answer.code()).isEqualTo(2);
      assertThat(answer.output()).isEmpty();
      assertThat(answer.errors()).contains("install").contains("25").hasLineCount(1);
    }
  }

  @Test
  void reelay_becomes_the_java_process_with_our_flags_and_the_operators_last() throws IOException {
    jdk("usr/lib/jvm/temurin-25", "25.0.1");

    var answer = run(release().resolve("bin/reelay"), Map.of("REELAY_JAVA_OPTS", "-Xmx2g -Da=b"));

    assertThat(answer.code()).isZero();
    assertThat(answer.output())
        .startsWith("java is process " + answer.pid())
        .contains("-XX:+UseG1GC -XX:+UseCompactObjectHeaders")
        .containsPattern("-Djdk.virtualThreadScheduler.parallelism=([2-9]|[1-9][0-9]+) ")
        .contains("-Xmx2g -Da=b -jar " + machine.toRealPath() + "/release/reelay.jar")
        .endsWith("serve two words")
        .doesNotContain("AOTCache");
  }

  @Test
  void the_class_cache_is_used_when_it_belongs_to_this_jar_and_jdk() throws IOException {
    var home = jdk("usr/lib/jvm/temurin-25", "25.0.1");
    var release = release();
    var cache = Files.writeString(release.resolve("reelay.aot"), "cache");
    Files.writeString(release.resolve("reelay.aot.jdk"), home + "\n");
    var jarTime = Files.getLastModifiedTime(release.resolve("reelay.jar")).toInstant();
    Files.setLastModifiedTime(cache, FileTime.from(jarTime.plusSeconds(5)));

    var fitting = run(release.resolve("bin/reelay"), Map.of());
    Files.writeString(release.resolve("reelay.aot.jdk"), "/another/jdk\n");
    var foreign = run(release.resolve("bin/reelay"), Map.of());

    assertThat(fitting.output()).contains("-XX:AOTCache=" + machine.toRealPath());
    assertThat(foreign.output()).doesNotContain("AOTCache");
  }

  @Test
  void a_source_tree_without_maven_says_so_in_one_line() throws IOException {
    jdk("usr/lib/jvm/temurin-25", "25.0.1");
    var tree = release();
    Files.writeString(tree.resolve("pom.xml"), "<project/>");

    var answer = run(tree.resolve("bin/reelay"), Map.of());

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.errors()).contains("install Maven").hasLineCount(1);
  }

  /** What a script answered; the process number shows whether Java replaced the shell. */
  private record Answer(int code, String output, String errors, long pid) {}

  private Path jdk(String folder, String version) throws IOException {
    var home = machine.toRealPath().resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x\"\n");
    script(home.resolve("bin/javac"), "exit 0");
    script(home.resolve("bin/java"), "echo \"java is process $$ $*\"");
    return home;
  }

  /** An unpacked release: the scripts and a jar, without sources. */
  private Path release() throws IOException {
    var release = machine.toRealPath().resolve("release");
    Files.createDirectories(release.resolve("bin"));
    for (var name : List.of("reelay", "find-jdk", "build", "mvn-quiet")) {
      Files.copy(BIN.resolve(name), release.resolve("bin").resolve(name));
    }
    Files.writeString(release.resolve("reelay.jar"), "jar");
    return release;
  }

  /** A PATH with what the scripts need and no java or mvn of the real machine. */
  private Path tools() throws IOException {
    var tools = Files.createDirectories(machine.resolve("tools"));
    for (var tool : TOOLS) {
      var there = Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" : "/bin/";
      script(tools.resolve(tool), "exec " + there + tool + " \"$@\"");
    }
    return tools;
  }

  private static void script(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Answer run(Path script, Map<String, String> environment) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
    if (script.endsWith("reelay")) {
      command.addAll(List.of("serve", "two words"));
    }
    var output = machine.resolve("output").toFile();
    var errors = machine.resolve("errors").toFile();
    var builder = new ProcessBuilder(command).redirectOutput(output).redirectError(errors);
    builder.environment().clear();
    builder.environment().put("PATH", tools().toString());
    builder.environment().put("HOME", machine.toRealPath().resolve("home").toString());
    builder.environment().put("REELAY_JDK_ROOT", machine.toRealPath().toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Answer(
        process.exitValue(),
        Files.readString(output.toPath()).strip(),
        Files.readString(errors.toPath()).strip(),
        process.pid());
  }
}
