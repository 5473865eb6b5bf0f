/**
 * Luma's Agents API, read from descriptions of it (November 2026); its states and error codes are
 * documented in part only. The older Dream Machine API is not spoken. Pure translation; no socket,
 * clock or price may enter.
 */
@NullMarked
package dev.reelay.provider.luma;

import org.jspecify.annotations.NullMarked;
