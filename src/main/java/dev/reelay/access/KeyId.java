package dev.reelay.access;

/** An API key's row number. */
public record KeyId(long value) {}
