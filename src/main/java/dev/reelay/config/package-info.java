/**
 * The configuration: one record tree, {@link dev.reelay.config.Config}, read from defaults, {@code
 * reelay.yaml}, {@code REELAY_*} variables and the files they name, checked once, all faults told
 * at once. Also the master key's file. No SQL, HTTP or business rule may enter.
 */
@NullMarked
package dev.reelay.config;

import org.jspecify.annotations.NullMarked;
