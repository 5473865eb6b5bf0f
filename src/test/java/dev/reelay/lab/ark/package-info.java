/** Volcengine Ark and BytePlus ModelArk, played as the adapter's sources describe them. */
@NullMarked
package dev.reelay.lab.ark;

import org.jspecify.annotations.NullMarked;
