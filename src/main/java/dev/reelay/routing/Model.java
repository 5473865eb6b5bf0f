package dev.reelay.routing;

/** A model under its public name, and what it can make. */
public record Model(ModelName name, Capability capability) {}
