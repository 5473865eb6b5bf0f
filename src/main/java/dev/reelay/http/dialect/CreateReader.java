package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.asset.ClipProbe;
import dev.reelay.asset.PictureProbe;

/**
 * How the body of a create becomes fields, pictures and clips, the same in all dialects.
 *
 * @param bodies bounded by the longest body of a request
 * @param isPublished whether files that are kept here can be read from outside
 */
public record CreateReader(
    BodyReader bodies, Probes probes, UploadedFiles uploads, boolean isPublished) {
  /** What tells files from each other. */
  public record Probes(PictureProbe pictures, ClipProbe clips) {}

  /** Reads the inputs of this caller, who may name uploads of the same tenant. */
  public InputReader inputs(Caller caller) {
    var own = uploads.of(caller.tenant().id());
    return new InputReader(
        new PictureReader(probes.pictures(), own),
        new ClipReader(probes.clips(), own, isPublished));
  }
}
