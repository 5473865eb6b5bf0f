package dev.reelay.access;

/** Who owns balance, keys and tasks. */
public record Tenant(TenantId id, String name, Plan plan) {}
