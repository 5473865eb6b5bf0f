package dev.reelay.http.dialect;

import java.nio.ByteBuffer;

/**
 * The bytes of a picture, a video or a sound that came with a request, judged and not yet kept.
 *
 * @param bytes read-only; a piece of the body or decoded from it
 * @param contentType MIME type as sniffed
 * @param width pixels; 0 if unknown
 * @param height pixels; 0 if unknown
 * @param millis length; 0 if unknown
 */
record GivenFile(
    ByteBuffer bytes, String sha256, String contentType, int width, int height, long millis) {}
