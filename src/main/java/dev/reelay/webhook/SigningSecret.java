package dev.reelay.webhook;

import dev.reelay.access.Secret;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an endpoint's messages are signed with: {@code whsec_} and the base64 of 24 to 64 bytes, as
 * Standard Webhooks 1.0 has it.
 */
public record SigningSecret(Secret text) {
  public static final String PREFIX = "whsec_";
  public static final int BYTES_MIN = 24;
  public static final int BYTES_MAX = 64;
  private static final int BYTES_USUAL = 32;

  public SigningSecret {
    if (bytes(text.reveal()).isEmpty()) {
      throw new IllegalArgumentException("not a signing secret");
    }
  }

  public static SigningSecret generate(RandomGenerator random) {
    var bytes = new byte[BYTES_USUAL];
    random.nextBytes(bytes);
    return new SigningSecret(new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes)));
  }

  /** The signing secret that a text is; empty if it is none. */
  public static Optional<SigningSecret> read(Secret text) {
    return bytes(text.reveal()).map(_ -> new SigningSecret(text));
  }

  byte[] bytes() {
    return bytes(text.reveal()).orElseThrow();
  }

  private static Optional<byte[]> bytes(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      var bytes = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      return bytes.length >= BYTES_MIN && bytes.length <= BYTES_MAX
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
