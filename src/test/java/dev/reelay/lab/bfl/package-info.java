/** Black Forest Labs, played as the adapter's sources describe it. */
@NullMarked
package dev.reelay.lab.bfl;

import org.jspecify.annotations.NullMarked;
