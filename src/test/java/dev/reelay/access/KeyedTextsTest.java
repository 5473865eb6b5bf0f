package dev.reelay.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.reelay.testkit.CountingRandom;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key hashes, result signatures and tenant aliases; the known values come from elsewhere. */
class KeyedTextsTest {
  private static final MasterKey MASTER = MasterKey.generate(new CountingRandom());
  private static final MasterKey OTHER = MasterKey.generate(new SecureRandom());

  @Test
  void the_hash_of_a_known_key_never_changes() {
    var hash = new KeyHasher(MASTER).hash("rk_test");

    assertThat(HexFormat.of().formatHex(hash.toBytes()))
        .isEqualTo("03721fbae457c232caff9b764b70a9a13394ae3188edcf5abb596b52d3300b57");
    assertThat(KeyHash.fromBytes(hash.toBytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
  }

  @Test
  void a_hash_depends_on_the_key_and_on_the_pepper() {
    var hash = new KeyHasher(MASTER).hash("rk_test");

    assertThat(new KeyHasher(MASTER).hash("rk_tesu")).isNotEqualTo(hash);
    assertThat(new KeyHasher(OTHER).hash("rk_test")).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void a_hash_of_another_length_is_refused(int length) {
    assertThatIllegalArgumentException().isThrownBy(() -> KeyHash.fromBytes(new byte[length]));
  }

  @Test
  void many_threads_get_the_same_hash() throws Exception {
    var hasher = new KeyHasher(MASTER);
    var hashes = ConcurrentHashMap.<KeyHash>newKeySet();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 2_000; i++) {
        threads.execute(() -> hashes.add(hasher.hash("rk_test")));
      }
    }

    assertThat(hashes).containsExactly(hasher.hash("rk_test"));
  }

  @Test
  void the_signature_of_a_known_asset_never_changes() {
    var signatures = new ResultSignature(MASTER);

    assertThat(signatures.sign("asset_1")).isEqualTo("VtFBT2Qsp4KaNaDlSQKqLQ");
    assertThat(signatures.verify("asset_1", "VtFBT2Qsp4KaNaDlSQKqLQ")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "VtFBT2Qsp4KaNaDlSQKqL",
        "VtFBT2Qsp4KaNaDlSQKqLR",
        "VtFBT2Qsp4KaNaDlSQKqLQ==",
        "vtFBT2Qsp4KaNaDlSQKqLQ",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "签名"
      })
  void any_other_signature_is_refused(String presented) {
    assertThat(new ResultSignature(MASTER).verify("asset_1", presented)).isFalse();
  }

  @Test
  void a_signature_fits_one_asset_and_one_master_key() {
    var signature = new ResultSignature(MASTER).sign("asset_1");

    assertThat(new ResultSignature(MASTER).verify("asset_2", signature)).isFalse();
    assertThat(new ResultSignature(OTHER).verify("asset_1", signature)).isFalse();
  }

  @Test
  void a_tenant_has_one_opaque_alias() {
    var aliases = new TenantAlias(MASTER);

    assertThat(aliases.of(new TenantId(42))).isEqualTo("user-x5zXExynDQ7WSnoUxZD7lNpB");
    assertThat(aliases.of(new TenantId(43)))
        .matches("user-[0-9A-Za-z]{24}")
        .isNotEqualTo(aliases.of(new TenantId(42)));
    assertThat(new TenantAlias(OTHER).of(new TenantId(42)))
        .isNotEqualTo(aliases.of(new TenantId(42)));
  }
}
