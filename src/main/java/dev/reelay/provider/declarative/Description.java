package dev.reelay.provider.declarative;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.task.Recovery;
import dev.reelay.task.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A provider as the operator describes it.
 *
 * @param token how long the create's {@code ${token}} is honoured, if it is
 * @param maps further values: a name, and from which value it follows by which table
 */
record Description(
    Auth auth,
    Create create,
    Poll poll,
    Optional<Request> cancel,
    Optional<Find> find,
    Optional<JobList> list,
    Optional<Places> callback,
    Optional<Duration> token,
    Map<String, Mapped> maps,
    ErrorTable errors) {
  private static final Duration POLL_CEILING = Duration.ofSeconds(30);

  /** The header that carries the credential. */
  record Auth(String header, String prefix) {
    Call.SecretHeader of(Context context) {
      return new Call.SecretHeader(header, prefix, context.credential());
    }
  }

  record Create(Request request, Places id) {}

  /**
   * @param every shortest wait between two polls
   * @param words their words for states
   * @param resultKey whether results are fetched with the credential, on the channel's own origin
   */
  record Poll(
      Request request,
      Duration every,
      Places status,
      Map<String, Word> words,
      Answer answer,
      boolean resultKey) {}

  /** Where things stand in a poll's answer. */
  record Answer(
      Places progress,
      Places video,
      Places thumbnail,
      Places prompt,
      Places units,
      Places cost,
      Places error) {}

  /** What a word of theirs means. */
  enum Word {
    PENDING,
    SUCCEEDED,
    FAILED,
    CONTENT,
    CANCELED,
    EXPIRED
  }

  /** Looks a job up by the create's token; an empty list proves that there is none. */
  record Find(Request request, String jobs, Places id, Duration lag) {}

  /**
   * @param jobs the pointer to the array
   * @param next where the next page's {@code ${after}} stands; empty for one page
   */
  record JobList(Request request, String jobs, Item item, Places next, Recovery.JobList declared) {}

  /** Where things stand in a listed job. */
  record Item(Places id, Places time, Times times, Places model, Places prompt) {}

  /** How times are written. */
  enum Times {
    SECONDS,
    MILLIS,
    ISO
  }

  record Mapped(String from, Map<String, String> table) {}

  Upstream.Abilities abilities() {
    var recovery = Recovery.NONE;
    if (token.isPresent()) {
      recovery = recovery.withToken(token.get());
    }
    if (find.isPresent()) {
      recovery = recovery.withReference(find.get().lag());
    }
    if (callback.isPresent()) {
      recovery = recovery.withCallback();
    }
    if (list.isPresent()) {
      recovery = recovery.withList(list.get().declared());
    }
    var every = poll.every();
    var ceiling = every.compareTo(POLL_CEILING) > 0 ? every : POLL_CEILING;
    return new Upstream.Abilities(recovery, cancel.isPresent(), every, ceiling);
  }

  /**
   * Reads one.
   *
   * @throws DescriptionException which names line and field
   */
  static Description parse(String yaml) {
    return DescriptionReader.read(Fields.parse(yaml));
  }

  static List<String> wordNames() {
    return List.of("pending", "succeeded", "failed", "content", "canceled", "expired");
  }
}
