package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcAssetsTest {
  private static final AssetId ID = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
  private static final AssetId LATER = new AssetId("01k6x15vhrff09dkkqjrzwhm61");
  private static final AssetId UNKNOWN = new AssetId("01k6x15vhrff09dkkqjrzwhm62");

  private final StoreKit kit = new StoreKit();
  private final JdbcAssets assets = new JdbcAssets(kit.database.dataSource());

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void an_asset_comes_with_its_owner() {
    var tenant = kit.tenant("acme").id();
    insert(tenant.value(), ID, Duration.ofDays(7));

    var owned = assets.find(ID).orElseThrow();

    assertThat(owned.tenant()).isEqualTo(tenant);
    assertThat(owned.taskDeleted()).isFalse();
    assertThat(owned.asset().contentType()).isEqualTo("image/png");
    assertThat(owned.asset().expiresAt()).isEqualTo(kit.clock.instant().plus(Duration.ofDays(7)));
    assertThat(assets.find(UNKNOWN)).isEmpty();
  }

  @Test
  void expired_assets_are_listed_until_they_are_marked_removed() {
    var tenant = kit.tenant("acme").id().value();
    insert(tenant, ID, Duration.ofDays(1));
    insert(tenant, LATER, Duration.ofDays(2));
    kit.clock.move(Duration.ofDays(1));
    var expired = assets.expired(kit.clock.instant(), 10);

    var marked = assets.markRemoved(ID, kit.clock.instant());

    assertThat(expired).extracting(Asset::id).containsExactly(ID);
    assertThat(marked).isTrue();
    assertThat(assets.markRemoved(ID, kit.clock.instant())).isFalse();
    assertThat(assets.expired(kit.clock.instant(), 10)).isEmpty();
    assertThat(assets.find(ID).orElseThrow().asset().removedAt()).contains(kit.clock.instant());
  }

  @Test
  void ids_that_have_a_row_are_told_from_those_that_have_none() {
    insert(kit.tenant("acme").id().value(), ID, Duration.ofDays(1));

    assertThat(assets.known(List.of(ID, UNKNOWN))).containsExactly(ID);
    assertThat(assets.known(List.of())).isEmpty();
  }

  private void insert(long tenant, AssetId id, Duration life) {
    kit.execute(
        """
        insert into asset (id, tenant_id, kind, content_type, bytes, sha256, width, height,
          millis, expires_at)
        values (?, ?, 'input', 'image/png', 5, ?, 16, 9, 0, ?)\
        """,
        id.value(),
        tenant,
        "ab".repeat(32),
        kit.clock.instant().plus(life));
  }
}
