package dev.reelay.access;

import java.util.Optional;

/** Tells who calls. Asked on every request, so an answer must usually cost no look-up. */
public interface KeyDirectory {
  /**
   * @param authorization the header's text, with or without {@code Bearer} in front; empty if the
   *     caller sent none
   */
  KeyAnswer find(String authorization);

  /**
   * As {@link #find}, but asks the store only about keys that were good lately. Empty for one that
   * {@code find} would have to look up, so that strangers can be slowed down before they cost
   * anything.
   */
  default Optional<KeyAnswer> recall(String authorization) {
    return Optional.of(find(authorization));
  }
}
