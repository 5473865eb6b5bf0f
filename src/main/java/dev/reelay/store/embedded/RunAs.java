package dev.reelay.store.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * As whom PostgreSQL runs. It refuses to run as root, so a Reelay that was started by root must
 * give it another face.
 */
sealed interface RunAs {
  /** What stands before the command. */
  List<String> prefix();

  /** How the choice is written down, since a cluster can only be opened by who made it. */
  String memo();

  /** The whole command. */
  default List<String> command(List<String> command) {
    return Stream.concat(prefix().stream(), command.stream()).toList();
  }

  /** As we are: an ordinary user. */
  record Directly() implements RunAs {
    @Override
    public List<String> prefix() {
      return List.of();
    }

    @Override
    public String memo() {
      return "directly";
    }
  }

  /**
   * In a user namespace without a mapping: the process sees itself as nobody and has no power, yet
   * for the file system it stays the caller. So the cluster may lie below a directory that only
   * root can enter.
   */
  record UserNamespace(String unshare) implements RunAs {
    static final String MEMO = "namespace";

    @Override
    public List<String> prefix() {
      return List.of(unshare, "-U", "--");
    }

    @Override
    public String memo() {
      return MEMO;
    }
  }

  /** As another account of the machine; the cluster must lie where that account can go. */
  record Account(String name, List<String> prefix) implements RunAs {
    static final String MEMO_PREFIX = "account ";

    public Account {
      prefix = List.copyOf(prefix);
    }

    @Override
    public String memo() {
      return MEMO_PREFIX + name;
    }
  }
}
