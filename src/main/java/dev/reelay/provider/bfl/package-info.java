/**
 * Black Forest Labs: FLUX 3 video by {@code POST /v1/flux-3-video} and the polling address that it
 * answers with, as its public documentation describes it, as of November 2026. Nothing else than
 * translation may enter.
 */
@NullMarked
package dev.reelay.provider.bfl;

import org.jspecify.annotations.NullMarked;
