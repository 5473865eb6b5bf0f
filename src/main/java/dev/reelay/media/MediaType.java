package dev.reelay.media;

/**
 * The kinds of file that the relay stores and serves. The MIME type and the extension (without a
 * dot) are what clients see, so they always come from here and never from what an upstream claimed.
 */
public enum MediaType {
  MP4("video/mp4", "mp4", Kind.VIDEO),
  WEBM("video/webm", "webm", Kind.VIDEO),
  MOV("video/quicktime", "mov", Kind.VIDEO),
  GIF("image/gif", "gif", Kind.PICTURE),
  JPEG("image/jpeg", "jpg", Kind.PICTURE),
  PNG("image/png", "png", Kind.PICTURE),
  WEBP("image/webp", "webp", Kind.PICTURE);

  private enum Kind {
    VIDEO,
    PICTURE
  }

  private final String mime;
  private final String extension;
  private final Kind kind;

  MediaType(String mime, String extension, Kind kind) {
    this.mime = mime;
    this.extension = extension;
    this.kind = kind;
  }

  public String mime() {
    return mime;
  }

  public String extension() {
    return extension;
  }

  public boolean isVideo() {
    return kind == Kind.VIDEO;
  }

  public boolean isPicture() {
    return kind == Kind.PICTURE;
  }
}
