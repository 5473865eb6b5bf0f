package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels.Addition;
import dev.reelay.routing.Channels.NewChannel;
import dev.reelay.routing.Channels.Terms;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.HealthBoard.Shown;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart.Sign;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operator sees of what nodes keep in memory. */
class JdbcHealthBoardTest {
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final StoreKit kit = new StoreKit();
  private final JdbcHealthBoard board = new JdbcHealthBoard(kit.database.dataSource());
  private final JdbcNodeStore nodes = new JdbcNodeStore(kit.database.dataSource());
  private final HealthBook book = new HealthBook(kit.clock);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void what_a_node_shows_is_read_as_it_was() {
    nodes.register("node-a", LEASE);
    takeOut(channel());

    board.show("node-a", book.outages());

    assertThat(board.shown())
        .extracting(Shown::line)
        .containsExactlyInAnyOrderElementsOf(book.outages());
    assertThat(board.shown()).extracting(Shown::node).containsOnly("node-a");
  }

  @Test
  void each_time_replaces_the_last_and_leaves_other_nodes_alone() {
    nodes.register("node-a", LEASE);
    nodes.register("node-b", LEASE);
    takeOut(channel());
    board.show("node-a", book.outages());
    board.show("node-b", book.outages());

    board.show("node-a", List.of());

    assertThat(board.shown()).hasSize(2).extracting(Shown::node).containsOnly("node-b");
  }

  @Test
  void a_dead_nodes_memory_is_gone() {
    var fence = nodes.register("node-a", LEASE);
    takeOut(channel());
    board.show("node-a", book.outages());

    nodes.release("node-a", fence);

    assertThat(board.shown()).isEmpty();
  }

  @Test
  void a_channel_that_is_gone_is_left_out() {
    nodes.register("node-a", LEASE);
    takeOut(new ChannelId(999));

    board.show("node-a", book.outages());

    assertThat(board.shown()).isEmpty();
  }

  private void takeOut(ChannelId channel) {
    var credential =
        kit.channels.list().stream()
            .flatMap(listed -> listed.credentials().stream())
            .map(line -> line.id())
            .findFirst()
            .orElse(new CredentialId(1));
    book.note(channel, credential, "theirs", Sign.MODEL_GONE, "unknown model");
    book.note(channel, credential, "theirs", Sign.ACCOUNT_REFUSED, "no money");
  }

  private ChannelId channel() {
    var added =
        new NewChannel(
            "east",
            "unified",
            URI.create("https://relay.example"),
            Terms.DEFAULT,
            Map.of(),
            Map.of());
    var addition = kit.channels.add(added, "main", new Secret("a secret"));
    return ((Addition.Added) addition).id();
  }
}
