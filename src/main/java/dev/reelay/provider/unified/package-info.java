/**
 * Another relay that speaks the unified video format: {@code POST /v1/video/create} and {@code GET
 * /v1/video/query?id=}. Pure translation; no socket, clock or price may enter.
 */
@NullMarked
package dev.reelay.provider.unified;

import org.jspecify.annotations.NullMarked;
