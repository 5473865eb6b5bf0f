package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.asset.PictureProbe;

/**
 * How the body of a create becomes fields and pictures, the same in all dialects.
 *
 * @param bodies bounded by the longest body of a request
 */
public record CreateReader(BodyReader bodies, PictureProbe probe, UploadedPictures uploads) {
  /** Reads the pictures of this caller, who may name uploads of the same tenant. */
  public PictureReader pictures(Caller caller) {
    return new PictureReader(probe, uploads.of(caller.tenant().id()));
  }
}
