/**
 * A provider that the operator describes in YAML: requests as templates, places in answers as JSON
 * pointers, words for states, a table of errors. Everything here is data, read strictly and once;
 * what a description cannot say is refused when it is checked, and never guessed.
 */
@NullMarked
package dev.reelay.provider.declarative;

import org.jspecify.annotations.NullMarked;
