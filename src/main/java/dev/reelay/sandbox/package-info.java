/**
 * The stand-in provider: a small HTTP server on loopback that renders real videos, so that
 * everything works without any provider's key. It knows nothing of tasks or money; the ordinary
 * adapter in provider/sandbox speaks to it. Its job ids carry all that it knows of a job, so that
 * it survives a kill.
 */
@NullMarked
package dev.reelay.sandbox;

import org.jspecify.annotations.NullMarked;
