package dev.reelay.config;

import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigResult {
  /**
   * It holds.
   *
   * @param values what is in force, one for each of {@link Settings#ALL}, in that order
   */
  record Loaded(Config config, List<EffectiveValue> values) implements ConfigResult {
    public Loaded {
      values = List.copyOf(values);
    }
  }

  /** It does not hold. Every problem is one sentence for the operator, without secrets. */
  record Refused(List<String> problems) implements ConfigResult {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a reason");
      }
    }
  }
}
