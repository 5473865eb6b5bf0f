package dev.reelay.provider;

import dev.reelay.money.Bill;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Job;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** The ends that operations of all adapters have, in few words. */
public final class Outcomes {
  /** What another account may well be granted. */
  private static final Set<ErrorCode> OURS =
      Set.of(ErrorCode.UPSTREAM_BUSY, ErrorCode.UPSTREAM_ACCOUNT, ErrorCode.UPSTREAM_MODEL_GONE);

  private Outcomes() {}

  /** The provider refused and made nothing; our account is at fault where the code says so. */
  public static SubmitOutcome rejected(ErrorCode code, String why) {
    return new SubmitOutcome.Rejected(new Failure(code, why), OURS.contains(code));
  }

  /** Refused by ourselves, before anything is sent: no provider of this kind could make it. */
  public static Step<SubmitOutcome> impossible(String why) {
    return new Step.Done<>(rejected(ErrorCode.UPSTREAM_REJECTED, why));
  }

  /** A job with this id, or a doubt where there is none that can be kept. */
  public static SubmitOutcome accepted(Optional<String> upstreamId) {
    return upstreamId
        .filter(id -> id.length() <= Job.UPSTREAM_ID_CHARS_MAX)
        .<SubmitOutcome>map(SubmitOutcome.Accepted::new)
        .orElseGet(() -> new SubmitOutcome.Ambiguous("success without an id"));
  }

  /**
   * A job that is done, if there is a video.
   *
   * @param why what the answer says where there is none
   */
  public static PollOutcome done(Optional<VideoResult> result, String why) {
    return result
        .<PollOutcome>map(PollOutcome.Succeeded::new)
        .orElseGet(() -> failed(ErrorCode.RESULT_MISSING, why));
  }

  /** A verdict on a job that was made. */
  public static PollOutcome failed(ErrorCode code, String why) {
    return new PollOutcome.Failed(new Failure(code, why));
  }

  /** A verdict on a job that was made, in an answer that says what the job takes all the same. */
  public static PollOutcome failed(ErrorCode code, String why, Bill bill) {
    return new PollOutcome.Failed(new Failure(code, why), bill);
  }

  /** Only the question failed. */
  public static PollOutcome unanswered(Reply reply, String why, Instant now) {
    return new PollOutcome.Unanswered("HTTP " + reply.status() + ": " + why, reply.retryAfter(now));
  }

  /** The same of each of these jobs, such as that only the question failed. */
  public static Map<String, PollOutcome> ofAll(List<String> upstreamIds, PollOutcome outcome) {
    return upstreamIds.stream().distinct().collect(Collectors.toMap(id -> id, _ -> outcome));
  }

  /**
   * What an answer says of each of these jobs. One that it names twice is left out, and so is one
   * that nobody asked for.
   *
   * @param items what it says of one job each
   * @param id whose an item is
   * @param read what an item says
   */
  public static Map<String, PollOutcome> ofEach(
      List<String> upstreamIds,
      JsonNode items,
      Function<JsonNode, Optional<String>> id,
      Function<JsonNode, PollOutcome> read) {
    var named =
        StreamSupport.stream(items.spliterator(), false)
            .filter(item -> id.apply(item).filter(upstreamIds::contains).isPresent())
            .collect(Collectors.groupingBy(item -> id.apply(item).orElseThrow()));
    return named.entrySet().stream()
        .filter(said -> said.getValue().size() == 1)
        .collect(
            Collectors.toMap(Map.Entry::getKey, said -> read.apply(said.getValue().getFirst())));
  }

  /** Only the question after one page failed. */
  public static Page unlisted(Reply reply, String why, Instant now) {
    return new Page.Unanswered("HTTP " + reply.status() + ": " + why, reply.retryAfter(now));
  }
}
