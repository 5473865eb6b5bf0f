package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.testkit.CountingRandom;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {
  private static final String HEX =
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

  @Test
  void the_fingerprint_of_a_known_key_never_changes() {
    // Computed once with another implementation of HKDF and HMAC.
    assertThat(MasterKey.parse(HEX).fingerprint()).isEqualTo("4f17696164b38bd1dfe1f8f6b800b3ed");
  }

  @Test
  void hex_base64_and_base64url_padded_or_not_are_the_same_key() {
    var bytes = HexFormat.of().parseHex("fb" + HEX.substring(2, 62) + "ff");
    var expected = MasterKey.parse(HexFormat.of().formatHex(bytes));

    assertThat(MasterKey.parse(Base64.getEncoder().encodeToString(bytes))).isEqualTo(expected);
    assertThat(MasterKey.parse(Base64.getUrlEncoder().encodeToString(bytes))).isEqualTo(expected);
    assertThat(MasterKey.parse(Base64.getEncoder().withoutPadding().encodeToString(bytes) + "\n"))
        .isEqualTo(expected);
  }

  @Test
  void what_is_revealed_for_the_file_reads_back_as_the_same_key() {
    var key = MasterKey.generate(new SecureRandom());

    assertThat(MasterKey.parse(key.reveal().reveal())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hunter2",
        "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0123012301230123012301230123012301230123012301230123012301230123"
      })
  void what_is_no_random_key_is_refused_without_repeating_it(String text) {
    assertThatThrownBy(() -> MasterKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .extracting(Throwable::getMessage)
        .isIn(
            "must be 64 hexadecimal digits or the base64 of 32 random bytes",
            "must be 32 random bytes, and these repeat too much");
  }

  @Test
  void every_purpose_has_its_own_key() {
    var key = MasterKey.generate(new CountingRandom());
    var macs = new HashSet<String>();

    for (var purpose : KeyPurpose.values()) {
      macs.add(HexFormat.of().formatHex(key.derive(purpose).mac("same text")));
    }

    assertThat(macs).hasSameSizeAs(KeyPurpose.values());
  }

  @Test
  void another_master_key_has_another_fingerprint() {
    var random = new SecureRandom();

    assertThat(MasterKey.generate(random).fingerprint())
        .hasSize(32)
        .isNotEqualTo(MasterKey.generate(random).fingerprint());
  }

  @Test
  void neither_the_master_key_nor_a_derived_one_prints_its_bytes() {
    var key = MasterKey.parse(HEX);

    assertThat(key).hasToString("MasterKey[hidden]");
    assertThat(key.derive(KeyPurpose.CREDENTIALS).toString())
        .isEqualTo("PurposeKey[CREDENTIALS 7dc087015c3b562a]");
  }
}
