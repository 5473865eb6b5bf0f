package dev.reelay.access;

import java.math.BigInteger;

/**
 * The name under which a tenant appears in answers: {@code user-} and 24 base62 characters, always
 * the same for one tenant, and telling nothing about its id. Safe for use by many threads.
 */
public final class TenantAlias {
  public static final String PREFIX = "user-";
  public static final int RANDOM_CHARACTERS = 24;

  private final PurposeKey key;

  public TenantAlias(MasterKey masterKey) {
    key = masterKey.derive(KeyPurpose.TENANT_ALIAS);
  }

  public String of(TenantId tenant) {
    var number = new BigInteger(1, key.mac(Long.toString(tenant.value())));
    return PREFIX + Base62.encode(number, RANDOM_CHARACTERS);
  }
}
