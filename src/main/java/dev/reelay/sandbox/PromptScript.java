package dev.reelay.sandbox;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the beginning of a prompt asks the sandbox to do, for anybody's own tests: {@code [fail]},
 * {@code [refuse]}, {@code [slow 30s]}, {@code [instant]}, in any order before the prompt itself.
 *
 * @param takes how long generating shall take; empty for the usual time
 * @param prompt the rest
 */
record PromptScript(
    boolean refuse, SandboxJob.Script script, Optional<Duration> takes, String prompt) {
  static final int SLOW_SECONDS_MAX = 86_400;
  private static final Pattern WORD =
      Pattern.compile("^\\s*\\[(fail|refuse|instant|slow\\s+([0-9]{1,5})\\s*s)\\]\\s*");

  static PromptScript read(String prompt) {
    var refuse = false;
    var script = SandboxJob.Script.SUCCEED;
    Optional<Duration> takes = Optional.empty();
    var rest = prompt;
    for (var found = WORD.matcher(rest); found.find(); found = WORD.matcher(rest)) {
      switch (found.group(1)) {
        case "refuse" -> refuse = true;
        case "fail" -> script = SandboxJob.Script.FAIL;
        case "instant" -> script = SandboxJob.Script.INSTANT;
        default -> {
          var seconds = Math.min(Integer.parseInt(found.group(2)), SLOW_SECONDS_MAX);
          takes = Optional.of(Duration.ofSeconds(seconds));
        }
      }
      rest = rest.substring(found.end());
    }
    return new PromptScript(refuse, script, takes, rest);
  }

  /** Draws how many pictures came along: they are never fetched, but one sees that they arrived. */
  PromptScript withPictures(int pictures) {
    var drawn =
        switch (pictures) {
          case 0 -> prompt;
          case 1 -> "(1 picture) " + prompt;
          default -> "(" + pictures + " pictures) " + prompt;
        };
    return new PromptScript(refuse, script, takes, drawn);
  }
}
