package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reelay.access.SealBroken.Reason;
import dev.reelay.testkit.CountingRandom;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
  private static final MasterKey MASTER = MasterKey.generate(new CountingRandom());
  private static final Secret SECRET = new Secret("sk-upstream");
  private static final SealedPlace PLACE = new SealedPlace("channel_credential", "7", "secret", 1);

  /** Written once with another implementation of AES-GCM, from the same counted random bytes. */
  private static final String KNOWN =
      "AX3AhwFcO1YqICEiIyQlJicoKSorV2a0ezsaSMyI905708mCng+PrMZYA6ohDC55hXndr4ILXQq25pzOSgL3gIXV"
          + "EC9TLC0uLzAxMjM0NTY3IZYIYxLikL5TqfCeK42g8pNC80G2AaSW5paI";

  private final Sealer sealer = sealer(MASTER, KeyPurpose.CREDENTIALS);

  @Test
  void the_blob_format_never_changes() {
    var counted = new Sealer(MASTER.derive(KeyPurpose.CREDENTIALS), new CountingRandom());

    assertThat(counted.seal(SECRET, PLACE)).isEqualTo(KNOWN);
    assertThat(sealer.open(KNOWN, PLACE)).isEqualTo(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "sk-upstream", "密钥 with spaces\n", "{\"access\":\"a\"}"})
  void what_was_sealed_opens_in_its_place(String text) {
    var sealed = sealer.seal(new Secret(text), PLACE);

    assertThat(sealer.open(sealed, PLACE).reveal()).isEqualTo(text);
  }

  @Test
  void two_seals_of_one_secret_share_nothing_behind_the_header() {
    var first = Base64.getDecoder().decode(sealer.seal(SECRET, PLACE));
    var second = Base64.getDecoder().decode(sealer.seal(SECRET, PLACE));

    assertThat(Arrays.copyOf(first, 9)).isEqualTo(Arrays.copyOf(second, 9));
    assertThat(Arrays.copyOfRange(first, 9, 21)).isNotEqualTo(Arrays.copyOfRange(second, 9, 21));
    assertThat(Arrays.copyOfRange(first, 69, 81)).isNotEqualTo(Arrays.copyOfRange(second, 69, 81));
  }

  static SealedPlace[] otherPlaces() {
    return new SealedPlace[] {
      new SealedPlace("channel_credential", "8", "secret", 1),
      new SealedPlace("channel_credential", "7", "secret", 2),
      new SealedPlace("channel_credential", "7", "other", 1),
      new SealedPlace("webhook_endpoint", "7", "secret", 1),
      new SealedPlace("channel_credential7", "s", "ecret", 1),
    };
  }

  @ParameterizedTest
  @MethodSource("otherPlaces")
  void a_blob_moved_to_another_place_does_not_open(SealedPlace other) {
    refuses(Reason.TAMPERED_OR_MOVED, sealer, KNOWN, other);
  }

  @Test
  void a_blob_does_not_open_under_another_purpose_or_master_key() {
    refuses(Reason.OTHER_KEY, sealer(MASTER, KeyPurpose.CORRELATION), KNOWN, PLACE);
    var stranger = MasterKey.generate(new SecureRandom());
    refuses(Reason.OTHER_KEY, sealer(stranger, KeyPurpose.CREDENTIALS), KNOWN, PLACE);
  }

  @Test
  void a_change_of_any_single_bit_is_noticed() {
    var blob = Base64.getDecoder().decode(KNOWN);

    for (var bit = 0; bit < blob.length * 8; bit++) {
      var changed = blob.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);

      var reason = bit < 8 ? Reason.MALFORMED : bit < 72 ? Reason.OTHER_KEY : null;
      refuses(
          reason == null ? Reason.TAMPERED_OR_MOVED : reason,
          sealer,
          Base64.getEncoder().encodeToString(changed),
          PLACE);
    }
  }

  @Test
  void a_cut_or_lengthened_blob_is_noticed() {
    var blob = Base64.getDecoder().decode(KNOWN);

    for (var length = 0; length < blob.length; length++) {
      var cut = Base64.getEncoder().encodeToString(Arrays.copyOf(blob, length));
      assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> sealer.open(cut, PLACE));
    }
    var longer = Base64.getEncoder().encodeToString(Arrays.copyOf(blob, blob.length + 1));
    refuses(Reason.TAMPERED_OR_MOVED, sealer, longer, PLACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64!", "AQ==", "sk-upstream"})
  void what_is_no_blob_is_malformed(String text) {
    refuses(Reason.MALFORMED, sealer, text, PLACE);
  }

  @Test
  void a_second_spelling_of_the_same_bytes_is_malformed() {
    var padded = sealer.seal(new Secret("four"), PLACE);
    assertThat(padded).endsWith("=");

    var respelled = padded.replace("=", "");

    refuses(Reason.MALFORMED, sealer, respelled, PLACE);
  }

  private static Sealer sealer(MasterKey master, KeyPurpose purpose) {
    return new Sealer(master.derive(purpose), new SecureRandom());
  }

  private static void refuses(Reason reason, Sealer sealer, String sealed, SealedPlace place) {
    assertThatExceptionOfType(SealBroken.class)
        .isThrownBy(() -> sealer.open(sealed, place))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET.reveal()));
  }
}
