package dev.reelay.provider;

import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetFiles;
import dev.reelay.asset.AssetId;
import java.net.URI;
import java.util.Optional;

/**
 * The pictures and clips of callers, as the engine gets at them.
 *
 * @param files the bytes of those that are kept here
 * @param elsewhere fetches those that are not
 * @param published where those that are kept here can be read from outside; empty unless this relay
 *     can be reached
 */
public record Inputs(AssetFiles files, WebPictures elsewhere, Optional<Published> published) {
  /** Under which addresses files can be read from outside. */
  public record Published(URI publicUrl, AssetAddresses addresses) {}

  /** Where a file that is kept here can be read from outside; empty unless it can. */
  Optional<String> address(AssetId asset, String contentType) {
    return published.map(at -> at.publicUrl() + at.addresses().path(asset, contentType));
  }

  /** Of an engine that neither fetches pictures nor publishes them. */
  public static Inputs of(AssetFiles files) {
    return new Inputs(files, WebPictures.NONE, Optional.empty());
  }
}
