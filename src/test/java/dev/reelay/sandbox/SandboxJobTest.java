package dev.reelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SandboxJobTest {
  private static final SandboxJob JOB =
      new SandboxJob(
          Instant.parse("2026-11-23T08:00:00.123Z"),
          Duration.ofSeconds(30),
          SandboxJob.Script.FAIL,
          -7,
          new SandboxJob.Size(720, 1280, 8),
          "一只猫在弹钢琴");

  @Test
  void an_id_is_the_whole_job() {
    assertThat(SandboxJob.parse(JOB.id())).contains(JOB);
  }

  @Test
  void a_long_prompt_is_cut_between_two_characters() {
    var job =
        new SandboxJob(JOB.createdAt(), JOB.takes(), JOB.script(), 1, JOB.size(), "😀".repeat(500));

    assertThat(job.prompt().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(360);
    assertThat(job.prompt()).isEqualTo("😀".repeat(90));
    assertThat(SandboxJob.parse(job.id())).contains(job);
  }

  @Test
  void a_foreign_or_broken_id_is_none() {
    assertThat(SandboxJob.parse("task_123")).isEmpty();
    assertThat(SandboxJob.parse("sbx_")).isEmpty();
    assertThat(SandboxJob.parse("sbx_AA")).isEmpty();
    assertThat(SandboxJob.parse("sbx_" + "A".repeat(10_000))).isEmpty();
  }

  @Test
  void no_broken_id_is_more_than_refused() {
    var random = new SplittableRandom(7);
    var id = JOB.id();
    var readable = 0;
    for (var i = 0; i < 2_000; i++) {
      var broken = new StringBuilder(id);
      broken.setCharAt(random.nextInt(id.length()), (char) random.nextInt(33, 127));
      readable += SandboxJob.parse(broken.toString()).isPresent() ? 1 : 0;
    }

    assertThat(readable).isBetween(1, 1_999);
  }

  @Test
  void scripts_are_read_from_the_beginning_of_a_prompt_only() {
    assertThat(PromptScript.read("[slow 30s] a cat").takes()).contains(Duration.ofSeconds(30));
    assertThat(PromptScript.read("[slow 2s][fail] a cat"))
        .isEqualTo(
            new PromptScript(
                false, SandboxJob.Script.FAIL, Optional.of(Duration.ofSeconds(2)), "a cat"));
    assertThat(PromptScript.read("[refuse]").refuse()).isTrue();
    assertThat(PromptScript.read("[instant] 猫").script()).isEqualTo(SandboxJob.Script.INSTANT);
    assertThat(PromptScript.read("a cat [fail]").prompt()).isEqualTo("a cat [fail]");
    assertThat(PromptScript.read("[slow many] x").takes()).isEmpty();
  }

  @Test
  void a_token_with_a_moment_gives_that_moment() {
    var read = CreateToken.read("019aaf0c-5c7b-7abc-8def-0123456789ab");

    assertThat(read.map(CreateToken::at)).contains(Instant.ofEpochMilli(0x019aaf0c5c7bL));
    assertThat(CreateToken.read("8b9d3c9e-1111-4abc-8def-0123456789ab")).isEmpty();
    assertThat(CreateToken.read("no token")).isEmpty();
  }
}
