package dev.reelay.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
  private static final long SEED = 7;
  private static final int MANY = 1_000;
  private static final Instant AT = Instant.parse("2026-11-26T08:00:00.123Z");

  @Test
  void the_first_text_of_a_time_divides_ids_of_then_from_those_before() {
    var first = TimeOrderedIds.firstTextAt(AT);

    assertThat(ids(AT)).allMatch(id -> id.compareTo(first) > 0);
    assertThat(ids(AT.minusMillis(1))).allMatch(id -> id.compareTo(first) < 0);
    assertThat(TimeOrderedIds.isText(first)).isTrue();
  }

  @Test
  void a_time_before_ids_could_be_made_is_before_all_of_them() {
    assertThat(TimeOrderedIds.firstTextAt(Instant.EPOCH.minusSeconds(1)))
        .isEqualTo(TimeOrderedIds.firstTextAt(Instant.EPOCH))
        .isEqualTo("0".repeat(TimeOrderedIds.TEXT_CHARS));
  }

  private static Stream<String> ids(Instant at) {
    var ids = new TimeOrderedIds(InstantSource.fixed(at), new Random(SEED));
    return Stream.generate(ids::text).limit(MANY);
  }
}
