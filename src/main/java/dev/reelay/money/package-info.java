/**
 * Money, prices, holds and ledger entries: exact integer micros, rounded once, half up, here and
 * nowhere else. Pure: no other room, SQL, JSON, HTTP or clock may enter.
 */
@NullMarked
package dev.reelay.money;

import org.jspecify.annotations.NullMarked;
