package dev.reelay.access;

/** The port to facts about this installation that are written once. */
public interface InstallationFacts {
  /** Stores the value under the name unless one is stored; gives the one that is in force. */
  String rememberOnce(String name, String value);
}
