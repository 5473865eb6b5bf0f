package dev.reelay.testkit;

import dev.reelay.access.TenantId;
import dev.reelay.asset.Uploads;

class InMemoryUploadsTest extends UploadsContract {
  private final InMemoryUploads uploads = new InMemoryUploads();
  private long tenants;

  @Override
  protected Uploads uploads() {
    return uploads;
  }

  @Override
  protected TenantId tenant(String name) {
    return new TenantId(++tenants);
  }
}
