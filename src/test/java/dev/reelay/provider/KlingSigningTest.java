package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.kling.KlingProvider;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kling signs callbacks of its new generation. */
class KlingSigningTest extends StandardSigningContract {
  private String model = "kling-3.0";

  @Override
  Provider provider() {
    return new KlingProvider();
  }

  @Override
  String model() {
    return model;
  }

  @Override
  String body(String id) {
    return "{\"id\":\"" + id + "\",\"status\":\"succeeded\"}";
  }

  @Test
  void one_of_the_old_generation_is_checked_only_where_it_is_signed() {
    model = "kling-v3";

    assertThat(check(with(signed(NOW), Map.of()))).isEqualTo(new Provenance.NotSigned());
    assertThat(check(signed(NOW))).isEqualTo(new Provenance.Genuine());
    assertForged(tampered(signed(NOW)));
  }

  @Test
  void no_word_in_the_address_makes_one_of_the_new_generation_an_old_one() {
    var from = signed(NOW);
    var pretending = new Callback("POST", PATH, "kind=text2video", Map.of(), from.raw());

    assertForged(pretending);
  }
}
