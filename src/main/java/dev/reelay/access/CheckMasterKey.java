package dev.reelay.access;

/**
 * Notices a wrong master key before it does harm: under another key no API key would be known and
 * no credential open. The first start leaves the fingerprint; later ones compare.
 */
public final class CheckMasterKey {
  static final String FACT = "master_key_fingerprint";

  private final InstallationFacts facts;

  public CheckMasterKey(InstallationFacts facts) {
    this.facts = facts;
  }

  /** Whether the key belongs to this database. */
  public sealed interface Verdict {
    record Fits() implements Verdict {}

    /** The database was set up under another key; both fingerprints may be shown. */
    record Wrong(String stored, String given) implements Verdict {}
  }

  public Verdict check(MasterKey key) {
    var given = key.fingerprint();
    var stored = facts.rememberOnce(FACT, given);
    return stored.equals(given) ? new Verdict.Fits() : new Verdict.Wrong(stored, given);
  }
}
