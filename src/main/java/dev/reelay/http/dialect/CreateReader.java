package dev.reelay.http.dialect;

/**
 * How the body of a create becomes fields and pictures, the same in all dialects.
 *
 * @param bodies bounded by the longest body of a request
 */
public record CreateReader(BodyReader bodies, PictureReader pictures) {}
