package dev.reelay.http.dialect;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.Reply;
import dev.reelay.http.Segments;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers of one dialect, made once for each view of a task (its version and progress) and kept
 * for those tasks that somebody asks about. A caller nearly always asks with the same id under the
 * same address, so the last whole answer is kept beside its segments.
 */
public final class ReadyAnswers {
  private static final int ENTRY_BYTES = 600;
  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long NEVER = Long.MAX_VALUE;

  /** Goes up when the same view is written otherwise than before. */
  private static final String FORMAT = "2-";

  private final View view;
  private final PollAdvice advice;
  private final Cache<Key, Ready> ready;

  /**
   * Makes the answers of a dialect.
   *
   * @param shelf where those of all dialects are kept
   */
  public ReadyAnswers(View view, PollAdvice advice, Shelf shelf) {
    this.view = view;
    this.advice = advice;
    this.ready = shelf.ready;
  }

  /** The memory that the answers of all dialects share, whoever is asked in which. */
  public static final class Shelf {
    static final long WEIGHT_BYTES_MAX = 96L << 20;
    static final Duration UNASKED_MAX = Duration.ofMinutes(1);

    private final Cache<Key, Ready> ready;

    public Shelf() {
      this(WEIGHT_BYTES_MAX);
    }

    Shelf(long weightBytesMax) {
      ready =
          Caffeine.newBuilder()
              .executor(Runnable::run)
              .maximumWeight(weightBytesMax)
              .<Key, Ready>weigher((_, entry) -> entry.weightBytes())
              .expireAfterAccess(UNASKED_MAX)
              .build();
    }

    /** How many answers of all dialects are kept now. */
    long count() {
      ready.cleanUp();
      return ready.estimatedSize();
    }
  }

  /** An answer belongs to a task and to one dialect. */
  private record Key(TaskId task, ReadyAnswers dialect) {}

  /** The answer to a query, with its entity tag and when to come back. */
  public Reply.Ready of(Task task, String id, String baseUrl) {
    var key = new Key(task.id(), this);
    var entry = ready.getIfPresent(key);
    if (entry == null || !entry.shows(task)) {
      entry = new Ready(task, view.render(task), advice);
      ready.put(key, entry);
    } else if (entry.isAdviceOld(advice)) {
      entry = new Ready(task, entry.segments, advice);
      ready.put(key, entry);
    }
    return entry.filled(id, baseUrl);
  }

  /** The whole body as a text, not kept: for lists. */
  public byte[] bytes(Task task, String id, String baseUrl) {
    return view.render(task).fill(id, baseUrl);
  }

  /** One view of one task. */
  private static final class Ready {
    private final long version;
    private final int progress;
    private final List<Field> fields;
    private final long adviceUntilMillis;
    private final Segments segments;
    private volatile Whole last;

    Ready(Task task, Segments segments, PollAdvice advice) {
      var comeBack = advice.of(task);
      this.version = task.version();
      this.progress = task.marks().progress();
      this.fields = fieldsOf(comeBack);
      this.adviceUntilMillis = comeBack.isZero() ? NEVER : advice.nowMillis() + comeBack.toMillis();
      this.segments = segments;
      this.last = new Whole("", "", Reply.empty(500));
    }

    boolean shows(Task task) {
      return version == task.version() && progress == task.marks().progress();
    }

    /** When a client comes back as it was told, it is told anew. */
    boolean isAdviceOld(PollAdvice advice) {
      return adviceUntilMillis != NEVER && advice.nowMillis() >= adviceUntilMillis;
    }

    int weightBytes() {
      return ENTRY_BYTES + 2 * segments.lengthBytes();
    }

    Reply.Ready filled(String id, String baseUrl) {
      var whole = last;
      if (!whole.id().equals(id) || !whole.baseUrl().equals(baseUrl)) {
        var all = new ArrayList<>(fields);
        all.add(new Field(FieldName.ETAG, tag(id, baseUrl)));
        whole = new Whole(id, baseUrl, new Reply.Ready(200, segments.fill(id, baseUrl), all));
        last = whole;
      }
      return whole.reply();
    }

    private String tag(String id, String baseUrl) {
      int holes = 31 * id.hashCode() + baseUrl.hashCode();
      return '"' + FORMAT + version + "-" + progress + "-" + Integer.toHexString(holes) + '"';
    }
  }

  /** An answer with its holes filled. */
  private record Whole(String id, String baseUrl, Reply.Ready reply) {}

  private static List<Field> fieldsOf(Duration comeBack) {
    var fields = new ArrayList<Field>();
    fields.add(Field.JSON);
    fields.add(new Field(FieldName.CACHE_CONTROL, "private, no-cache"));
    if (!comeBack.isZero()) {
      long millis = comeBack.toMillis();
      var seconds = String.valueOf(Math.ceilDiv(millis, MILLIS_PER_SECOND));
      fields.add(new Field(FieldName.RETRY_AFTER, seconds));
      fields.add(new Field(FieldName.OPENAI_POLL_AFTER_MS, String.valueOf(millis)));
    }
    return fields;
  }
}
