package dev.reelay.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.reelay.access.Secret;
import dev.reelay.testkit.TaskSamples;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we sign is what the receivers' own library takes; it looks at the machine's clock. */
class SignatureTest {
  private static final MessageId ID = MessageId.of(TaskSamples.taskId(1));
  private static final String BODY =
      "{\"type\":\"task.succeeded\",\"data\":{\"prompt\":\"一只猫 🐈\"}}";

  private final Instant now = InstantSource.system().instant();
  private final SigningSecret secret = SigningSecret.generate(new SecureRandom());
  private final SigningSecret next = SigningSecret.generate(new SecureRandom());

  @Test
  void the_library_of_receivers_takes_what_we_sign() {
    var headers = headers(BODY, List.of(secret));

    assertThatCode(() -> verify(secret, BODY, headers)).doesNotThrowAnyException();
  }

  @Test
  void while_a_secret_is_rotated_a_receiver_may_use_either() {
    var headers = headers(BODY, List.of(next, secret));

    assertThatCode(() -> verify(secret, BODY, headers)).doesNotThrowAnyException();
    assertThatCode(() -> verify(next, BODY, headers)).doesNotThrowAnyException();
  }

  @Test
  void a_changed_body_and_another_secret_are_not_taken() {
    var headers = headers(BODY, List.of(secret));

    assertThatThrownBy(() -> verify(secret, BODY + " ", headers))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> verify(next, BODY, headers))
        .isInstanceOf(WebhookVerificationException.class);
  }

  /** The example of the specification's own libraries. */
  @Test
  void the_published_example_is_signed_as_published() {
    var known = new SigningSecret(new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
    var body = "{\"test\": 2432232314}";
    var at = Instant.ofEpochSecond(1_614_265_330);

    var signature = Signature.of(ID, at, body, List.of(known));

    assertThatCode(
            () ->
                assertThat(signature)
                    .isEqualTo(
                        new Webhook(known.text().reveal())
                            .sign(ID.toString(), at.getEpochSecond(), body)))
        .doesNotThrowAnyException();
  }

  @Test
  void nothing_goes_out_unsigned() {
    assertThatThrownBy(() -> Signature.of(ID, now, BODY, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_secret_has_24_to_64_bytes_and_does_not_print() {
    assertThat(secret.toString()).doesNotContain(secret.text().reveal());
    assertThat(secret.bytes()).hasSize(32);
    for (var wrong : List.of("whsec_", "whsec_c2hvcnQ=", "whsec_!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2")) {
      assertThatThrownBy(() -> new SigningSecret(new Secret(wrong)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private Map<String, List<String>> headers(String body, List<SigningSecret> secrets) {
    return Map.of(
        "webhook-id",
        List.of(ID.toString()),
        "webhook-timestamp",
        List.of(String.valueOf(now.getEpochSecond())),
        "webhook-signature",
        List.of(Signature.of(ID, now, body, secrets)));
  }

  private static void verify(SigningSecret secret, String body, Map<String, List<String>> headers)
      throws WebhookVerificationException {
    new Webhook(secret.text().reveal()).verify(body, headers);
  }
}
