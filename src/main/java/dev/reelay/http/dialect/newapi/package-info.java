/**
 * The routes of new-api and the customs of its relays: its generic video format, its price list.
 * Follows the sources of QuantumNous/new-api (dto and task controller, autumn 2026). The page for
 * users: docs/newapi.md. Nothing here decides about tasks or money.
 */
@NullMarked
package dev.reelay.http.dialect.newapi;

import org.jspecify.annotations.NullMarked;
