package dev.reelay.access;

/** Tells who calls. Asked on every request, so an answer must usually cost no look-up. */
public interface KeyDirectory {
  /**
   * @param authorization the header's text, with or without {@code Bearer} in front; empty if the
   *     caller sent none
   */
  KeyAnswer find(String authorization);
}
