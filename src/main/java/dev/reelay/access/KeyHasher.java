package dev.reelay.access;

/** Turns presented API keys into their keyed hashes. Safe for use by many threads. */
public final class KeyHasher {
  private final PurposeKey pepper;

  public KeyHasher(MasterKey masterKey) {
    pepper = masterKey.derive(KeyPurpose.API_KEY_PEPPER);
  }

  public KeyHash hash(String presented) {
    return KeyHash.fromBytes(pepper.mac(presented));
  }
}
