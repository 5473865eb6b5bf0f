package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import dev.reelay.testkit.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the rooms (ARCHITECTURE.md) against the imports of the sources. */
class ArchitectureTest {
  private static final Pattern OURS =
      Pattern.compile("^import (?:static )?dev\\.reelay\\.([a-z]+)\\.");
  private static final Pattern THEIRS =
      Pattern.compile("^import (?:static )?([a-z]+\\.[a-z0-9_.]+)");

  private static final List<String> DOMAIN_IN_ORDER =
      List.of("money", "access", "limit", "asset", "routing", "task", "webhook");

  /** Which rooms a room may import besides the domain rooms. */
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.of(
          "http", Set.of("ops"),
          "worker", Set.of(),
          "store", Set.of(),
          "provider", Set.of(),
          "media", Set.of(),
          "sandbox", Set.of("http", "media"),
          "ops", Set.of(),
          "config", Set.of(),
          "cli", Set.of("config", "ops"));

  @Test
  void a_domain_room_imports_only_the_jdk_and_the_domain_rooms_before_it() {
    var wrong = new ArrayList<String>();
    for (var room : existing(DOMAIN_IN_ORDER)) {
      var before = DOMAIN_IN_ORDER.subList(0, DOMAIN_IN_ORDER.indexOf(room) + 1);
      for (var source : Sources.java("src/main/java/dev/reelay/" + room)) {
        imports(source, OURS).stream()
            .filter(target -> !before.contains(target))
            .forEach(target -> wrong.add(source.name() + " imports room " + target));
        imports(source, THEIRS).stream()
            .filter(name -> !name.startsWith("java."))
            .filter(name -> !name.startsWith("javax.crypto"))
            .filter(name -> !name.startsWith("dev.reelay"))
            .filter(name -> !name.startsWith("org.jspecify"))
            .forEach(name -> wrong.add(source.name() + " imports " + name));
      }
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void an_outer_room_knows_the_domain_and_no_other_outer_room() {
    var wrong = new ArrayList<String>();
    MAY_IMPORT.forEach(
        (room, allowed) -> {
          for (var source : existingSources(room)) {
            imports(source, OURS).stream()
                .filter(target -> !DOMAIN_IN_ORDER.contains(target))
                .filter(target -> !target.equals(room) && !allowed.contains(target))
                .forEach(target -> wrong.add(source.name() + " imports room " + target));
          }
        });

    assertThat(wrong).isEmpty();
  }

  @Test
  void every_room_is_named_here() {
    var rooms = new TreeSet<String>();
    for (var source : Sources.java("src/main/java/dev/reelay")) {
      var path = Sources.MAIN.relativize(source.path());
      if (path.getNameCount() > 1) {
        rooms.add(path.getName(0).toString());
      }
    }

    rooms.removeAll(DOMAIN_IN_ORDER);
    assertThat(MAY_IMPORT.keySet()).containsAll(rooms);
  }

  @Test
  void only_outbound_opens_outgoing_sockets() {
    var banned =
        Pattern.compile(
            "java\\.net\\.(http\\.|Socket\\b|HttpURLConnection)"
                + "|SocketChannel\\b|\\.openConnection\\(|\\.openStream\\("
                + "|org\\.apache\\.hc\\.client5\\.http\\.impl");
    var guests = new TreeMap<String, String>();
    for (var source : Sources.java("src/main/java/dev/reelay")) {
      source.lines().stream()
          .filter(line -> banned.matcher(line).find())
          .findFirst()
          .ifPresent(line -> guests.put(source.name(), line.strip()));
    }

    // The three that are one door: itself, what it is made of, and its way by a proxy.
    var door = List.of("/provider/Outbound", "/provider/HttpClients", "/provider/ProxySocket");
    guests.keySet().removeIf(name -> door.stream().anyMatch(name::contains));
    // The command line of API users is a client program: it talks to the relay it is told.
    guests.keySet().removeIf(name -> name.contains("/cli/RelayClient"));
    // Looks for a free port and asks whether our own database answers: it dials loopback only.
    guests.keySet().removeIf(name -> name.contains("/store/embedded/"));
    assertThat(guests).isEmpty();
  }

  @Test
  void sql_stands_only_in_the_store_and_http_servers_only_in_http() {
    var wrong = new ArrayList<String>();
    for (var source : Sources.java("src/main/java/dev/reelay")) {
      var name = source.name();
      var store = name.contains("/store/");
      var server = name.contains("/http/");
      for (var theirs : imports(source, THEIRS)) {
        if (!store && (theirs.startsWith("java.sql") || theirs.startsWith("org.jdbi"))) {
          wrong.add(name + " imports " + theirs);
        }
        if (!server && theirs.startsWith("io.helidon")) {
          wrong.add(name + " imports " + theirs);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static Set<String> imports(Source source, Pattern pattern) {
    var found = new TreeSet<String>();
    for (var line : source.lines()) {
      var matcher = pattern.matcher(line);
      if (matcher.find()) {
        found.add(matcher.group(1));
      }
    }
    return found;
  }

  private static List<String> existing(List<String> rooms) {
    return rooms.stream().filter(room -> Sources.MAIN.resolve(room).toFile().exists()).toList();
  }

  private static List<Source> existingSources(String room) {
    return Sources.MAIN.resolve(room).toFile().exists()
        ? Sources.java("src/main/java/dev/reelay/" + room)
        : List.of();
  }
}
