package dev.reelay.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKey.Refusal;
import dev.reelay.access.KeyAnswer;
import dev.reelay.money.Money;
import dev.reelay.task.TaskId;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one process changes, another one hears, over a real database. */
class ChangesTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final TaskId TASK = new TaskId("01k6x15vhrff09dkkqjrzwhm60");

  private static final String SILENCE = "silence";

  private final StoreKit kit = new StoreKit();
  private final Ear ear = new Ear();
  private ChangeListener listener = listen(List.of(ear));

  @BeforeEach
  void hearTheBeginning() throws InterruptedException {
    assertThat(listener.awaitListening(LONG)).isTrue();
    assertThat(ear.next()).isEqualTo("everything");
  }

  @AfterEach
  void close() {
    listener.close();
    kit.close();
  }

  @Test
  void an_operators_change_is_heard() throws InterruptedException {
    var tenant = kit.tenant("acme");

    kit.accounts.topUp(tenant.id(), Money.parse("1"), "paid");
    kit.tenants.setPlan(tenant.id(), "default");
    kit.sandbox.switchOn();

    assertThat(ear.next()).isEqualTo(new Change.OfAccount(tenant.id()).toString());
    assertThat(ear.next()).isEqualTo(new Change.OfKeys().toString());
    assertThat(ear.next()).isEqualTo(new Change.OfCatalogue().toString());
  }

  @Test
  void a_refused_change_is_silent() throws InterruptedException {
    var tenant = kit.tenant("acme");
    kit.accounts.correct(tenant.id(), Money.parse("1"), "there is nothing to correct");

    kit.accounts.topUp(tenant.id(), Money.parse("1"), "paid");

    assertThat(ear.next()).isEqualTo(new Change.OfAccount(tenant.id()).toString());
    assertThat(ear.heard).isEmpty();
  }

  @Test
  void a_revoked_key_is_refused_within_a_second() throws InterruptedException {
    var issued = kit.key(kit.tenant("acme"));
    assertThat(ear.next()).isEqualTo(new Change.OfKeys().toString());
    var cached = CachedKeys.open(kit.keys, kit.hasher, kit.clock);
    listener.close();
    listener = listen(List.of(cached, ear));
    assertThat(ear.next()).isEqualTo("everything");
    assertThat(cached.find(issued.secret().reveal())).isInstanceOf(KeyAnswer.Known.class);

    kit.keys.revoke(issued.key().id());

    assertThat(ear.heard.poll(1, SECONDS)).isEqualTo(new Change.OfKeys().toString());
    assertThat(cached.find(issued.secret().reveal()))
        .isEqualTo(new KeyAnswer.Refused(Refusal.REVOKED));
  }

  @Test
  void tasks_are_announced_to_others_once_a_batch_and_not_to_oneself() throws InterruptedException {
    try (var other = notifier(true, "other");
        var self = notifier(true, "self")) {
      self.announce(new Change.OfTask(TASK));
      other.announce(new Change.OfTask(TASK));
      other.announce(new Change.OfTask(TASK));
    }

    assertThat(ear.next()).isEqualTo(new Change.OfTask(TASK).toString());
    kit.tenants.savePlan("gold", OptionalInt.empty(), 1);
    assertThat(ear.next()).isEqualTo(new Change.OfKeys().toString());
  }

  @Test
  void nothing_is_announced_while_nobody_else_is_there() throws InterruptedException {
    try (var other = notifier(false, "other")) {
      other.announce(new Change.OfTask(TASK));
    }

    kit.tenants.savePlan("gold", OptionalInt.empty(), 1);
    assertThat(ear.next()).isEqualTo(new Change.OfKeys().toString());
  }

  @Test
  void more_than_can_be_named_becomes_everything() throws InterruptedException {
    try (var other = notifier(true, "other")) {
      for (var i = 0; i < 2 * ChangeNotifier.PENDING_MAX; i++) {
        other.announce(new Change.OfTask(TASK));
      }
    }

    kit.sandbox.switchOn();
    assertThat(ear.until(new Change.OfCatalogue().toString())).contains("everything");
  }

  @Test
  void a_new_connection_drops_everything_since_something_may_have_been_missed()
      throws InterruptedException {
    kit.execute(
        """
        do $$ begin
          perform pg_terminate_backend(pid) from pg_stat_activity
          where query = 'listen reelay_changes' and datname = current_database();
        end $$""");

    assertThat(ear.next()).isEqualTo("everything");
    kit.sandbox.switchOn();
    assertThat(ear.next()).isEqualTo(new Change.OfCatalogue().toString());
  }

  @Test
  void closing_does_not_wait_for_a_silent_database() {
    var before = System.nanoTime();

    listener.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
  }

  private ChangeListener listen(List<ChangeSink> sinks) {
    return ChangeListener.start(
        () -> DriverManager.getConnection(kit.database.jdbcUrl()), sinks, "self");
  }

  private ChangeNotifier notifier(boolean othersPresent, String sender) {
    return ChangeNotifier.start(kit.database.dataSource(), () -> othersPresent, sender);
  }

  /** Notes what it is told, as text. */
  private static final class Ear implements ChangeSink {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Override
    public void changed(Change change) {
      heard.add(change.toString());
    }

    @Override
    public void dropEverything() {
      heard.add("everything");
    }

    @Override
    public void refresh() {
      heard.add("refresh");
    }

    String next() throws InterruptedException {
      var word = heard.poll(LONG.toSeconds(), SECONDS);
      return word == null ? SILENCE : word;
    }

    /** All that is heard before that word. */
    List<String> until(String last) throws InterruptedException {
      var all = new ArrayList<String>();
      for (var word = next(); !List.of(last, SILENCE).contains(word); word = next()) {
        all.add(word);
      }
      return all;
    }
  }
}
