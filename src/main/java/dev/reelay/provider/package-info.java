/**
 * The provider SPI, the engine that drives it, and Outbound, the one class that opens outgoing
 * sockets. Each provider is a sub-package of pure translation that never sees a socket, a clock or
 * a price.
 */
@NullMarked
package dev.reelay.provider;

import org.jspecify.annotations.NullMarked;
