package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.ApiKeyFormat.Form;
import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeyFormatTest {
  private static final String KNOWN = "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL";

  @Test
  void made_keys_are_of_our_form_and_differ() {
    var random = new SecureRandom();
    var seen = new HashSet<String>();

    for (var i = 0; i < 1_000; i++) {
      var key = ApiKeyFormat.generate(random).reveal();
      assertThat(key).matches("rk_[0-9A-Za-z]{38}");
      assertThat(ApiKeyFormat.check(key)).isEqualTo(Form.OURS);
      seen.add(key);
    }

    assertThat(seen).hasSize(1_000);
  }

  @ParameterizedTest
  @CsvSource({
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL, OURS",
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdM, WRONG_CHECKSUM",
    "rk_1123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL, WRONG_CHECKSUM",
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZd, WRONG_CHECKSUM",
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL0, WRONG_CHECKSUM",
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV01ggZdL, WRONG_CHECKSUM",
    "rk_, WRONG_CHECKSUM",
    "rk_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZd-, OTHER",
    "RK_0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL, OTHER",
    "sk-0123456789ABCDEFGHIJKLMNOPQRSTUV1ggZdL, OTHER",
    "'', OTHER",
    "a-key-that-the-operator-declared, OTHER"
  })
  void the_form_is_told_from_the_characters(String presented, Form form) {
    assertThat(ApiKeyFormat.check(presented)).isEqualTo(form);
  }

  @Test
  void every_change_of_one_character_breaks_the_checksum() {
    for (var i = ApiKeyFormat.PREFIX.length(); i < KNOWN.length(); i++) {
      var other = KNOWN.charAt(i) == 'x' ? 'y' : 'x';
      var changed = KNOWN.substring(0, i) + other + KNOWN.substring(i + 1);

      assertThat(ApiKeyFormat.check(changed)).as(changed).isEqualTo(Form.WRONG_CHECKSUM);
    }
  }

  @Test
  void a_hint_shows_the_prefix_of_our_keys_only_and_four_characters() {
    assertThat(KeyHint.of(new Secret(KNOWN))).hasToString("rk_…gZdL");
    assertThat(KeyHint.of(new Secret("a-key-that-the-operator-declared"))).hasToString("…ared");
  }
}
