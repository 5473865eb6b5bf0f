package dev.reelay.http.dialect;

/** Reads the pictures, videos and sounds that one caller gives with a create. */
public record InputReader(PictureReader pictures, ClipReader clips) {}
