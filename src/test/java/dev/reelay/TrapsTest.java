package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The traps of the providers' interfaces, and what proves that we do not fall into each: a test by
 * its class and method, or a case file that the contract suite plays. One that is renamed or
 * removed fails here until another stands in its place.
 */
class TrapsTest {
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path CASES = Path.of("src/test/resources/provider");
  private static final int TRAPS = 18;

  record Trap(int number, String words, List<String> proofs) {
    @Override
    public String toString() {
      return number + " " + words;
    }
  }

  private static Trap trap(int number, String words, String... proofs) {
    return new Trap(number, words, List.of(proofs));
  }

  static Stream<Trap> traps() {
    return Stream.concat(ofAnswers(), Stream.concat(ofResults(), ofRequests()));
  }

  private static Stream<Trap> ofAnswers() {
    return Stream.of(
        trap(
            1,
            "a success by HTTP carries a business error",
            "KlingTrapsTest#a_200_with_a_business_code_is_a_refusal",
            "MiniMaxTrapsTest#"
                + "a_failed_question_and_a_failed_job_have_the_same_code_and_differ_by_status",
            "GeminiTrapsTest#success_by_http_without_a_sample_is_a_refusal",
            "XaiTrapsTest#a_video_that_moderation_withholds_is_refused_content_although_it_is_done",
            "DashScopeTrapsTest#a_success_that_carries_a_business_error_is_a_failed_job",
            "fal/poll-failed-content.case"),
        trap(
            2,
            "succeed, Success and Fail are words too",
            "KlingTrapsTest#the_old_generation_says_succeed_and_the_new_one_succeeded",
            "MiniMaxTrapsTest#success_and_fail_are_the_words_of_the_first_version"),
        trap(
            3,
            "a 429 is not always about pace",
            "KlingTrapsTest#a_429_for_a_used_up_pack_is_about_money_and_not_about_pace",
            "GeminiTrapsTest#a_spend_cap_is_no_rate_limit_although_both_say_429",
            "fal/submit-busy.case"),
        trap(
            4,
            "a job is asked for elsewhere than it was made",
            "KlingTrapsTest#a_job_of_the_old_generation_is_asked_for_where_it_was_made",
            "BflTrapsTest#a_job_is_asked_for_at_the_regional_host_that_its_create_named",
            "VertexTrapsTest#"
                + "a_job_is_asked_for_by_a_call_to_its_model"
                + "_that_takes_only_the_beginning_of_a_video",
            "fal/poll-pending.case",
            "fal/poll-pending-workflow.case"),
        trap(
            14,
            "an empty body with 202 is a job at work",
            "XaiTrapsTest#an_empty_body_with_202_is_a_job_at_work_and_with_200_is_no_answer"),
        trap(
            15,
            "times are in seconds, milliseconds, ISO and local without a zone",
            "ArkTrapsTest#times_are_in_seconds",
            "DashScopeTrapsTest#a_local_time_without_a_zone_is_eight_hours_ahead",
            "minimax/list-milliseconds.case",
            "replicate/list-match.case"),
        trap(
            16,
            "a signed token meets another clock",
            "KlingTrapsTest#a_token_is_good_from_five_seconds_ago_since_their_clock_may_be_late",
            "KlingTrapsTest#a_token_that_is_refused_for_its_times_is_renewed_once_by_their_clock"),
        trap(
            17,
            "records vanish while a relay sleeps",
            "DashScopeTrapsTest#a_job_that_a_sleeping_relay_asks_for_after_a_day_is_lost"
                + "_and_not_pending_for_ever",
            "DashScopeTrapsTest#no_doubt_is_looked_for_in_the_list_longer_than_records_live",
            "MiniMaxTrapsTest#a_job_that_is_no_longer_kept_after_seven_days_has_expired"));
  }

  private static Stream<Trap> ofResults() {
    return Stream.of(
        trap(
            5,
            "a result needs the provider's key, which goes nowhere else",
            "GeminiTrapsTest#results_live_two_days_and_need_the_key",
            "GeminiTrapsTest#the_key_is_a_secret_header_so_it_never_stands_in_an_address",
            "OutboundGuardTest#a_secret_goes_to_the_channels_own_origin_only",
            "OutboundGuardTest#a_file_behind_a_redirect_is_fetched_without_our_headers",
            "TrustedOriginsTest#everything_else_is_not",
            "LabRelayTest#every_way_to_ask_is_relayed_to_its_end"),
        trap(
            6,
            "addresses of results die",
            "ResultFetcherTest#only_gone_is_gone_for_good",
            "LabRelayTest#every_way_to_ask_is_relayed_to_its_end"),
        trap(
            7,
            "a callback address is challenged, and calls are not signed",
            "MiniMaxTrapsTest#a_challenge_is_echoed_and_nothing_else_of_it",
            "CallbackApiTest#a_question_about_our_address_is_answered_and_is_no_word_of_a_job",
            "CallbackApiTest#no_word_of_it_reaches_the_task",
            "ArkTrapsTest#a_callback_carries_no_signature_so_nothing_but_the_id_is_taken_from_it"),
        trap(
            8,
            "callbacks come before the answer, twice, or out of order",
            "CallbackApiTest#a_callback_before_the_answer_is_kept_and_hurries_the_task",
            "CallbackApiTest#a_callback_that_comes_twice_names_one_id",
            "KlingTrapsTest#a_callback_before_the_answer_names_a_job_that_can_be_asked_for",
            "LabRelayTest#every_way_to_ask_is_relayed_to_its_end"),
        trap(
            13,
            "a video may come as text inside JSON",
            "VertexTrapsTest#"
                + "a_video_in_the_answer_is_fetched_by_the_same_question_and_from_its_place",
            "VertexTrapsTest#a_video_so_long_that_nothing_behind_it_was_read_is_a_video",
            "InlineFileTest#what_is_no_base64_or_ends_too_early_is_no_file",
            "InlineFileTest#the_bound_is_that_of_the_file_and_not_of_the_answer",
            "InlineFileTest#a_question_takes_no_more_of_it_than_a_beginning",
            "OutboundTest#an_answer_beyond_its_bound_is_lost",
            "OutboundTest#a_gzip_bomb_is_bounded"),
        trap(
            18,
            "players seek: ranges and HEAD",
            "FileReplyTest#a_thousand_random_ranges_are_right",
            "FileReplyTest#head_tells_the_size_and_sends_nothing",
            "OpenAiApiTest#a_finished_video_gives_its_bytes_by_ranges_and_ends_with_410"));
  }

  private static Stream<Trap> ofRequests() {
    return Stream.of(
        trap(
            9,
            "ids hold colons, and names of models slashes and colons",
            "AskedIdTest#a_form_of_ours_is_read_and_kept_as_it_is",
            "AskedIdTest#what_would_break_a_path_is_not_written_into_an_id"),
        trap(
            10,
            "seconds are a text or a number, and forms know texts only",
            "OpenAiApiTest#seconds_and_sizes_come_in_many_spellings",
            "UnifiedCreateTest#a_length_is_read_under_all_its_names"),
        trap(
            11,
            "a picture is a file, an object or a text",
            "PictureReaderTest#every_name_takes_every_shape",
            "OpenAiApiTest#a_form_without_a_model_and_with_a_nested_picture_is_read"),
        trap(
            12,
            "we fetch what a caller names",
            "PictureFetcherTest#an_inner_address_is_refused_and_never_dialled",
            "PictureFetcherTest#"
                + "what_is_no_picture_or_has_too_many_pixels_or_bytes_is_the_callers_fault",
            "OutboundGuardTest#no_spelling_of_an_inner_address_is_dialled"));
  }

  @Test
  void each_trap_stands_here_once() {
    assertThat(traps().map(Trap::number))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, TRAPS).boxed().toList());
  }

  @ParameterizedTest
  @MethodSource("traps")
  void each_trap_has_proofs_that_exist(Trap trap) throws Exception {
    assertThat(trap.proofs()).isNotEmpty();
    for (var proof : trap.proofs()) {
      assertThat(exists(proof)).as("%s is proved by %s", trap, proof).isTrue();
    }
  }

  @Test
  void a_proof_that_does_not_exist_is_found_out() throws Exception {
    assertThat(exists("KlingTrapsTest#nobody_wrote_this")).isFalse();
    assertThat(exists("NobodyTest#a_200_with_a_business_code_is_a_refusal")).isFalse();
    assertThat(exists("kling/nobody.case")).isFalse();
  }

  private static boolean exists(String proof) throws IOException, ClassNotFoundException {
    if (proof.endsWith(".case")) {
      return Files.exists(CASES.resolve(proof));
    }
    var names = proof.split("#", 2);
    var name = className(names[0]);
    return !name.isEmpty()
        && Arrays.stream(Class.forName(name).getDeclaredMethods())
            .filter(method -> method.getName().equals(names[1]))
            .anyMatch(
                method ->
                    method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class)
                        || method.isAnnotationPresent(TestFactory.class));
  }

  /** The whole name of a test class, or nothing. */
  private static String className(String simpleName) throws IOException {
    try (var files = Files.walk(TESTS)) {
      return files
          .filter(file -> file.getFileName().toString().equals(simpleName + ".java"))
          .map(file -> TESTS.relativize(file).toString().replace(".java", "").replace('/', '.'))
          .findFirst()
          .orElse("");
    }
  }
}
