package dev.reelay.config;

import java.nio.file.Path;

/** Where a value came from; its text is fit for an operator. */
public sealed interface Origin {
  /** Nobody set it. */
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }

  /** A line of the configuration file, counted from 1. */
  record Line(Path file, int number) implements Origin {
    @Override
    public String toString() {
      return file + ":" + number;
    }
  }

  /** An environment variable. */
  record Variable(String name) implements Origin {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A file that an environment variable names. */
  record NamedFile(String variable, Path file) implements Origin {
    @Override
    public String toString() {
      return variable + " (" + file + ")";
    }
  }
}
