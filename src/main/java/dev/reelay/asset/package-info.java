/**
 * A stored media file: where it is, what it is, how large, its hash and its expiry; and the port
 * behind which bytes are kept. No HTTP or SQL may enter.
 */
@NullMarked
package dev.reelay.asset;

import org.jspecify.annotations.NullMarked;
