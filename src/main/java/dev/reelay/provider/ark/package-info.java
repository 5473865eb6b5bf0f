/**
 * Volcengine Ark and BytePlus ModelArk: Seedance by {@code /contents/generations/tasks}, as their
 * public documentation and the AI SDK's provider package (1.0.29) describe it, as of November 2026.
 * One protocol, two sites; keys of one do not open the other. Nothing else than translation may
 * enter.
 */
@NullMarked
package dev.reelay.provider.ark;

import org.jspecify.annotations.NullMarked;
