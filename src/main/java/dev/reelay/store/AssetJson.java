package dev.reelay.store;

import dev.reelay.asset.Asset;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.AssetKind;
import java.util.Locale;

/**
 * A stored file within a succeeded task's state, as it was at success. Its row in {@code asset}
 * says what became of it since.
 */
final class AssetJson {
  private AssetJson() {}

  static JsonFields fields(Asset asset) {
    var fields =
        JsonFields.empty()
            .with("id", asset.id().value())
            .with("kind", kind(asset))
            .with("content_type", asset.contentType())
            .with("bytes", asset.bytes())
            .with("sha256", asset.sha256())
            .with("width", asset.width())
            .with("height", asset.height())
            .with("millis", asset.millis())
            .with("expires_at", asset.expiresAt());
    asset.removedAt().ifPresent(at -> fields.with("removed_at", at));
    return fields;
  }

  static Asset asset(JsonFields fields) {
    return new Asset(
        new AssetId(fields.text("id")),
        AssetKind.valueOf(fields.text("kind").toUpperCase(Locale.ROOT)),
        fields.text("content_type"),
        fields.number("bytes"),
        fields.text("sha256"),
        Math.toIntExact(fields.number("width")),
        Math.toIntExact(fields.number("height")),
        fields.number("millis"),
        fields.instant("expires_at"),
        fields.maybe("removed_at", fields::instant));
  }

  /** The kind as the column {@code asset.kind} has it. */
  static String kind(Asset asset) {
    return asset.kind().name().toLowerCase(Locale.ROOT);
  }
}
