package dev.reelay.cli;

/** Knows descriptions of providers, as a channel of the provider {@code declarative} has one. */
@FunctionalInterface
public interface Descriptions {
  /**
   * The requests that a relay would send by this description, for people; nothing is sent.
   *
   * @throws IllegalArgumentException if it is none; the sentence names line and field
   */
  String requests(String yaml);
}
