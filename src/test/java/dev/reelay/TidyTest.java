package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import dev.reelay.testkit.Sources.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads the repository and says file:line: what is there, what to use instead. */
class TidyTest {
  private static final int LINE_CHARS_MAX = 100;
  private static final int METHOD_LINES_MAX = 70;
  private static final int FILE_LINES_MAX = 600;
  private static final Pattern TYPE = Pattern.compile("\\b(class|record|interface|enum)\\b");
  private static final Pattern ROLE_LESS =
      Pattern.compile("(class|record|interface|enum) \\w*(Impl|Manager|Helper|Util|Utils)\\b");

  /** A pattern, the folder it is banned from, where it is allowed, and what to use instead. */
  private record Ban(String pattern, String folder, List<String> except, String instead) {}

  private static final String ALL = "src/main/java/dev/reelay";
  private static final List<Ban> BANS =
      List.of(
          new Ban(
              "Instant\\.now\\(|System\\.currentTimeMillis",
              ALL,
              List.of("Main.java"),
              "the InstantSource given to the constructor"),
          new Ban("Thread\\.sleep", ALL, List.of(), "a wait that can be woken"),
          new Ban("System\\.(out|err)\\b", ALL, List.of("/cli/", "Main.java"), "a log event"),
          new Ban("^[^*]*\\b(double|float)\\b", ALL + "/money", List.of(), "Money"),
          new Ban("^\\s*///", "src", List.of(), "/** */"),
          new Ban("\\b(TODO|FIXME|XXX)\\b", "src", List.of("TidyTest"), "an issue"),
          new Ban("@Disabled|Mockito", "src", List.of("TidyTest"), "a fake, or a mended test"),
          new Ban("Thread\\.sleep", "src/test/java", List.of("TidyTest"), "a latch or a clock"),
          new Ban("\\.printStackTrace\\(", "src", List.of("TidyTest"), "a log event"));

  @Test
  void every_java_file_is_tidy() {
    var faults = new ArrayList<String>();
    for (var source : Sources.java("src")) {
      checkSizes(source, faults);
      checkMethods(source, faults);
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void nothing_banned_is_used() {
    var faults = new ArrayList<String>();
    for (var ban : BANS) {
      var pattern = Pattern.compile(ban.pattern());
      for (var source : Sources.java(ban.folder())) {
        if (ban.except().stream().noneMatch(part -> source.name().contains(part))) {
          find(source, pattern, ban.instead(), faults);
        }
      }
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void names_say_the_role() {
    var faults = new ArrayList<String>();
    for (var source : Sources.java(ALL)) {
      find(source, ROLE_LESS, "a name that says the role", faults);
    }

    assertThat(faults).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for() {
    var silent = new ArrayList<String>();
    for (var source : Sources.java(ALL)) {
      var folder = source.path().resolveSibling("");
      if (!Files.exists(folder.resolve("package-info.java"))) {
        silent.add(Sources.ROOT.relativize(folder) + ": needs a package-info.java");
      }
    }

    assertThat(silent.stream().distinct()).isEmpty();
  }

  @Test
  void every_page_is_linked_from_another() {
    var pages = new ArrayList<Source>();
    pages.addAll(Sources.files("docs", ".md"));
    for (var name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      pages.add(Sources.read(Sources.ROOT.resolve(name)));
    }
    var unlinked = new ArrayList<String>();
    for (var page : pages) {
      var file = page.path().getFileName().toString();
      var linked =
          file.equals("README.md")
              || pages.stream()
                  .filter(other -> !other.equals(page))
                  .anyMatch(other -> other.text().contains(file));
      if (!linked) {
        unlinked.add(page.name());
      }
    }

    assertThat(unlinked).isEmpty();
  }

  @Test
  void every_link_between_pages_leads_somewhere() {
    var link = Pattern.compile("\\]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");
    var dead = new ArrayList<String>();
    var pages = new ArrayList<>(Sources.files("docs", ".md"));
    pages.add(Sources.read(Sources.ROOT.resolve("README.md")));
    pages.add(Sources.read(Sources.ROOT.resolve("ARCHITECTURE.md")));
    pages.add(Sources.read(Sources.ROOT.resolve("CONTRIBUTING.md")));
    for (var page : pages) {
      var matcher = link.matcher(page.text());
      while (matcher.find()) {
        Path target = page.path().resolveSibling(matcher.group(1)).normalize();
        if (!Files.exists(target)) {
          dead.add(page.name() + " links to " + matcher.group(1));
        }
      }
    }

    assertThat(dead).isEmpty();
  }

  private static void checkSizes(Source source, List<String> faults) {
    if (source.lines().size() > FILE_LINES_MAX) {
      faults.add(source.name() + ": " + source.lines().size() + " lines, split it");
    }
    for (var i = 0; i < source.lines().size(); i++) {
      var line = source.lines().get(i);
      if (line.length() > LINE_CHARS_MAX && !line.startsWith("import ")) {
        faults.add(at(source, i) + " has " + line.length() + " characters, at most 100");
      }
    }
  }

  /**
   * Relies on the formatter: a body ends at the indentation of the line that its head begins on.
   */
  private static void checkMethods(Source source, List<String> faults) {
    var lines = source.lines();
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).endsWith(") {")) {
        var head = headOf(lines, i);
        var end = endOf(lines, head, i);
        if (!TYPE.matcher(lines.get(head)).find() && end - head + 1 > METHOD_LINES_MAX) {
          faults.add(at(source, head) + " a method of " + (end - head + 1) + " lines, at most 70");
        }
      }
    }
  }

  /** The line on which the parentheses that end on this one begin. */
  private static int headOf(List<String> lines, int last) {
    var open = 0L;
    for (var i = last; i >= 0; i--) {
      var line = lines.get(i);
      open += line.chars().filter(c -> c == ')').count();
      open -= line.chars().filter(c -> c == '(').count();
      if (open <= 0) {
        return i;
      }
    }
    return last;
  }

  private static int endOf(List<String> lines, int head, int from) {
    var indent = lines.get(head).length() - lines.get(head).stripLeading().length();
    var end = " ".repeat(indent) + "}";
    for (var i = from + 1; i < lines.size(); i++) {
      if (lines.get(i).startsWith(end)) {
        return i;
      }
    }
    return from;
  }

  private static void find(Source source, Pattern banned, String instead, List<String> faults) {
    for (var i = 0; i < source.lines().size(); i++) {
      if (banned.matcher(source.lines().get(i)).find()) {
        faults.add(at(source, i) + " " + source.lines().get(i).strip() + " — use " + instead);
      }
    }
  }

  private static String at(Source source, int index) {
    return source.name() + ":" + (index + 1) + ":";
  }
}
