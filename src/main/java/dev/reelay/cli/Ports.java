package dev.reelay.cli;

/** Everything the commands need from outside. */
public record Ports(
    Serve serve,
    Desks desks,
    Surroundings surroundings,
    Descriptions descriptions,
    Places places) {}
