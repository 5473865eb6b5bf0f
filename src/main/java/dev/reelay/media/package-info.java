/**
 * Video and picture bytes: sniffing, probing, posters, and the rendering of sandbox videos. No HTTP
 * or SQL may enter.
 */
@NullMarked
package dev.reelay.media;

import org.jspecify.annotations.NullMarked;
