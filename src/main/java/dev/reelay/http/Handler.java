package dev.reelay.http;

/**
 * Answers one kind of request. Runs on a virtual thread of its own and may block. An expected bad
 * outcome is a {@link Reply}; an exception becomes a 500 that tells nothing but the request id.
 */
@FunctionalInterface
public interface Handler {
  Reply handle(Request request);
}
