package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.provider.replicate.ReplicateProvider;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicate signs by Standard Webhooks, if the operator has given its secret. */
class ReplicateSigningTest extends StandardSigningContract {
  @Override
  Provider provider() {
    return new ReplicateProvider();
  }

  @Override
  String body(String id) {
    return "{\"id\":\"" + id + "\",\"status\":\"succeeded\"}";
  }

  @Test
  void without_a_secret_nothing_can_be_said_of_it() {
    var nothing = new CallbackSigning.Means(Optional.empty(), Optional.empty());

    assertThat(provider().signing().check(context(), signed(NOW), nothing))
        .isEqualTo(new Provenance.NotSigned());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_", "whsec_!", "whsec_c2hvcnQ=", " ", "x", "whsec"})
  void a_secret_that_is_none_never_verifies(String secret) {
    assertThat(provider().signing().check(context(), signed(NOW), StandardSigner.means(secret)))
        .isInstanceOf(Provenance.Forged.class);
  }

  @Test
  void one_right_signature_among_several_is_enough_while_a_secret_is_changed() {
    var right = signed(NOW).header("webhook-signature").orElseThrow();

    assertThat(check(signature("v1,AAAA " + right))).isEqualTo(new Provenance.Genuine());
    assertForged(signature("v1,AAAA v1a," + right.substring(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "v1,", "v1", "v1,AAAA", "é"})
  void what_is_no_signature_is_forged(String signature) {
    assertForged(signature(signature));
  }

  private Callback signature(String text) {
    var headers = new HashMap<>(signed(NOW).headers());
    headers.put("webhook-signature", text);
    return with(signed(NOW), headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e9", "99999999999999999999", "0x1", "1700000000.5", "now"})
  void what_is_no_time_is_forged(String timestamp) {
    var headers = new HashMap<>(signed(NOW).headers());
    headers.put("webhook-timestamp", timestamp);

    assertForged(with(signed(NOW), headers));
  }
}
