package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Uploads;
import dev.reelay.testkit.UploadsContract;
import org.junit.jupiter.api.AfterEach;

class JdbcUploadsTest extends UploadsContract {
  private final StoreKit kit = new StoreKit();
  private final JdbcUploads uploads = new JdbcUploads(kit.database.dataSource());

  @AfterEach
  void close() {
    kit.close();
  }

  @Override
  protected Uploads uploads() {
    return uploads;
  }

  @Override
  protected TenantId tenant(String name) {
    return kit.tenant(name).id();
  }
}
