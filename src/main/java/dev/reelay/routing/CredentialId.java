package dev.reelay.routing;

/** A credential's row number. */
public record CredentialId(long value) {}
