package dev.reelay.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.KeyPurpose;
import dev.reelay.access.MasterKey;
import dev.reelay.access.PurposeKey;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Where providers call back: {@code <public URL>/callback/<task>/<attempt>/<22 characters>}. The
 * last part is a secret of 128 bits that follows from the other two, so that nothing need be stored
 * before an attempt is sent. Safe for use by many threads.
 */
public final class CallbackAddresses {
  public static final String PREFIX = "/callback/";
  private static final int SECRET_BYTES = 16;

  private final PurposeKey key;
  private final Optional<URI> publicUrl;

  /**
   * @param publicUrl where this relay is reached from outside, without a slash at its end; without
   *     it no address is given and none is believed
   */
  public CallbackAddresses(MasterKey masterKey, Optional<URI> publicUrl) {
    this.key = masterKey.derive(KeyPurpose.CALLBACKS);
    this.publicUrl = publicUrl;
  }

  /** The address of an attempt; empty if this relay cannot be reached from outside. */
  public Optional<URI> of(TaskId task, int attempt) {
    return publicUrl.map(base -> URI.create(base + path(task, attempt)));
  }

  private String path(TaskId task, int attempt) {
    return PREFIX + task.value() + "/" + attempt + "/" + secret(task, attempt);
  }

  /** Whether this is the secret of that attempt, in a time that does not depend on the answer. */
  public boolean isSecret(TaskId task, int attempt, String presented) {
    return publicUrl.isPresent()
        && MessageDigest.isEqual(secret(task, attempt).getBytes(UTF_8), presented.getBytes(UTF_8));
  }

  private String secret(TaskId task, int attempt) {
    var bytes = Arrays.copyOf(key.mac(task.value() + ":" + attempt), SECRET_BYTES);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
