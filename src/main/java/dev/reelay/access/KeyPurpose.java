package dev.reelay.access;

/**
 * What a derived key is for. Each purpose has its own key, so that what one of them signed or
 * sealed means nothing under another. The labels are part of every stored hash and ciphertext: they
 * may be added to, never changed.
 */
public enum KeyPurpose {
  /** Keyed hashes of API keys. */
  API_KEY_PEPPER("api-key-pepper"),
  /** Sealing of channel credentials. */
  CREDENTIALS("credentials"),
  /** Signatures in result addresses. */
  RESULT_URLS("result-urls"),
  /** Opaque names of tenants in answers. */
  TENANT_ALIAS("tenant-alias"),
  /** Sealing of the secrets that webhooks are signed with. */
  WEBHOOK_SECRETS("webhook-secrets"),
  /** Correlation tokens of attempts. */
  CORRELATION("correlation"),
  /** Secrets in the addresses that providers call back. */
  CALLBACKS("callbacks"),
  /** The fingerprint by which a wrong master key is noticed. */
  KEY_CHECK("key-check");

  private final String label;

  KeyPurpose(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
