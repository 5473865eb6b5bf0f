package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.HealthBook;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.store.Change;
import dev.reelay.testkit.ManualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator's word does to a node's memory of health. */
class HealthNewsTest {
  private static final ChannelId CHANNEL = new ChannelId(1);

  private final ManualClock clock = new ManualClock();
  private final HealthBook book = new HealthBook(clock);
  private final HealthNews news = new HealthNews(book);

  @BeforeEach
  void takeOut() {
    book.note(CHANNEL, new CredentialId(1), "theirs", Sign.ACCOUNT_REFUSED, "no money");
  }

  @Test
  void a_reset_forgets_that_channel_alone() {
    news.changed(new Change.OfHealth(new ChannelId(2)));
    assertThat(book.outages()).hasSize(1);

    news.changed(new Change.OfHealth(CHANNEL));

    assertThat(book.outages()).isEmpty();
  }

  @Test
  void a_change_of_the_catalogue_makes_probes_due() {
    news.changed(new Change.OfCatalogue());

    assertThat(book.outages().getFirst().outage().probeAt()).isEqualTo(clock.instant());
  }

  @Test
  void missed_news_leave_what_was_seen() {
    news.dropEverything();
    news.refresh();

    assertThat(book.outages().getFirst().outage().probeAt()).isAfter(clock.instant());
  }
}
