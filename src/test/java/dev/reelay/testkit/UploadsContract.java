package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import dev.reelay.asset.TimeOrderedIds;
import dev.reelay.asset.Uploads;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every store of uploads must do. */
public abstract class UploadsContract {
  private static final Instant NOW = TaskSamples.NOON;
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private final TimeOrderedIds ids = new TimeOrderedIds(() -> NOW, new SplittableRandom(7));

  /** The same store for the whole of one test. */
  protected abstract Uploads uploads();

  /** A tenant that is there. */
  protected abstract TenantId tenant(String name);

  private Asset picture(long bytes) {
    return new Asset(
        new AssetId(ids.text()),
        AssetKind.INPUT,
        "image/png",
        bytes,
        "ab".repeat(32),
        16,
        9,
        0,
        LATER,
        Optional.empty());
  }

  @Test
  void an_upload_is_found_by_its_tenant_alone() {
    var mine = tenant("mine");
    var other = tenant("other");
    var picture = picture(32);

    assertThat(uploads().add(mine, picture, NOW)).isTrue();

    assertThat(uploads().find(mine, picture.id())).contains(picture);
    assertThat(uploads().find(other, picture.id())).isEmpty();
    assertThat(uploads().find(mine, picture(1).id())).isEmpty();
  }

  @Test
  void a_tenant_keeps_so_many_bytes_and_what_has_expired_does_not_count() {
    var tenant = tenant("full");
    assertThat(uploads().add(tenant, picture(Uploads.BYTES_MAX - 1), NOW)).isTrue();

    assertThat(uploads().add(tenant, picture(2), NOW)).isFalse();
    assertThat(uploads().hasRoom(tenant, NOW)).isTrue();
    assertThat(uploads().add(tenant, picture(1), NOW)).isTrue();
    assertThat(uploads().hasRoom(tenant, NOW)).isFalse();
    assertThat(uploads().hasRoom(tenant("another"), NOW)).isTrue();
    assertThat(uploads().hasRoom(tenant, LATER)).isTrue();
  }

  @Test
  void a_tenant_keeps_so_many_uploads() {
    var tenant = tenant("busy");
    for (var i = 0; i < Uploads.COUNT_MAX; i++) {
      assertThat(uploads().add(tenant, picture(1), NOW)).isTrue();
    }

    assertThat(uploads().hasRoom(tenant, NOW)).isFalse();
    assertThat(uploads().add(tenant, picture(1), NOW)).isFalse();
  }
}
