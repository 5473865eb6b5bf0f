package dev.reelay.access;

/** A tenant's row number. */
public record TenantId(long value) {}
