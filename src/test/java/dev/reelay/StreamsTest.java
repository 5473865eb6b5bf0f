package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.reelay.access.IssueKey;
import dev.reelay.access.KeyHasher;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Tenants.Creation.Created;
import dev.reelay.config.MasterKeyFile;
import dev.reelay.http.WaitingRoom;
import dev.reelay.money.Money;
import dev.reelay.store.JdbcAccounts;
import dev.reelay.store.JdbcKeys;
import dev.reelay.store.JdbcTenants;
import dev.reelay.testkit.DatabaseView;
import dev.reelay.testkit.RelayClient;
import dev.reelay.testkit.RelayHome;
import dev.reelay.testkit.RelayProcess;
import dev.reelay.testkit.StreamCrowd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As many open streams as one node allows, to a relay in a process of its own. */
@Tag("process")
class StreamsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final int TENANTS = WaitingRoom.PLACES_MAX / WaitingRoom.PLACES_PER_TENANT_MAX;
  private static final int TASKS_EACH = 25;
  private static final int HEAP_MEGABYTES = 768;

  /** What client and relay need besides, each. */
  private static final int OTHER_FILES = 1_500;

  private static final Duration BEGUN_MAX = Duration.ofMinutes(2);
  private static final Duration ENDED_MAX = Duration.ofMinutes(2);

  /** Far above what is seen on a quiet machine: it finds events that hang, not slow ones. */
  private static final int P99_MILLIS_MAX = 30_000;

  private static final long BYTES_A_STREAM_MAX = 48 << 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A tenant's client and the tasks that it follows. */
  private record Follower(String key, RelayClient client, List<String> tasks) {}

  @Test
  void ten_thousand_streams_are_open_and_each_hears_the_end_of_its_task() {
    int streams = streams();
    try (var home = RelayHome.used().withHeap(HEAP_MEGABYTES)) {
      var relay = home.start();
      var followers = IntStream.range(0, TENANTS).mapToObj(i -> follower(home, relay, i)).toList();
      long before = relay.residentBytes();
      try (var crowd = new StreamCrowd(relay.baseUrl().getPort(), streams)) {
        for (int i = 0; i < streams; i++) {
          var follower = followers.get(i % TENANTS);
          crowd.open(follower.key(), follower.tasks().get(i / TENANTS % TASKS_EACH));
        }
        boolean isBegun = crowd.awaitBegun(BEGUN_MAX);
        assertThat(crowd.faults()).isEmpty();
        assertThat(isBegun).as("%s silent", crowd.silent()).isTrue();
        long open = relay.residentBytes();
        var query = followers.getFirst().client().query(followers.getFirst().tasks().getFirst());

        followers.forEach(f -> f.tasks().forEach(id -> f.client().cancel(id)));
        boolean isEnded = crowd.awaitEnded(ENDED_MAX);

        assertThat(crowd.faults()).isEmpty();
        assertThat(isEnded).isTrue();
        assertThat(query.status()).isEqualTo(200);
        report(streams, before, open, relay, crowd);
        assertThat(crowd.delays().p99()).isLessThan(P99_MILLIS_MAX);
        assertThat((open - before) / streams).isLessThan(BYTES_A_STREAM_MAX);
        assertThat(relay.errors()).doesNotContain("OutOfMemory");
      }
    }
  }

  /** All places of a node, or as many as this machine lets two processes open. */
  private static int streams() {
    var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long files = system.getMaxFileDescriptorCount() - OTHER_FILES;
    return (int) Math.min(WaitingRoom.PLACES_MAX, files);
  }

  private static Follower follower(RelayHome home, RelayProcess relay, int number) {
    DataSource source = DatabaseView.of(home).source();
    var created = (Created) new JdbcTenants(source, CLOCK).create("follower-" + number, "default");
    var tenant = created.tenant().id();
    new JdbcAccounts(source, CLOCK).topUp(tenant, Money.parse("100"), "for a test");
    var issue = new IssueKey(new JdbcKeys(source, CLOCK), new KeyHasher(masterKey(home)), RANDOM);
    var key = issue.issue(tenant, "a key", KeyLimits.NONE).secret().reveal();
    var client = new RelayClient(relay.baseUrl(), key);
    var tasks = new ArrayList<String>();
    for (int i = 0; i < TASKS_EACH; i++) {
      tasks.add(client.create(RelayClient.cheap("[slow 3000s] take " + i)).at("/id"));
    }
    return new Follower(key, client, tasks);
  }

  private static MasterKey masterKey(RelayHome home) {
    try {
      return MasterKey.parse(Files.readString(home.data().resolve(MasterKeyFile.NAME)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void report(
      int streams, long before, long open, RelayProcess relay, StreamCrowd crowd) {
    var delays = crowd.delays();
    System.out.printf(
        "%d streams: %d MB resident before, %d MB open (%d KB a stream), %d threads of the system;"
            + " %d events, from decision to client p50 %d ms, p99 %d ms, worst %d ms%n",
        streams,
        before >> 20,
        open >> 20,
        ((open - before) / streams) >> 10,
        relay.systemThreads(),
        delays.count(),
        delays.p50(),
        delays.p99(),
        delays.worst());
  }
}
