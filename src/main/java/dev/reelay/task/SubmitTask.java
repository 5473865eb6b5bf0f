package dev.reelay.task;

import dev.reelay.access.Caller;
import dev.reelay.asset.Asset;
import dev.reelay.money.Hold;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Quote;
import dev.reelay.money.Usage;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Fit;
import dev.reelay.routing.Fitting;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Wish;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Accepts a task: finds a model that can make it, holds the most it may cost, and stores it. The
 * provider is not called here.
 */
public final class SubmitTask {
  /** For an attempt that was under way at the deadline. */
  public static final Duration PICTURES_KEPT_LONGER = Duration.ofMinutes(10);

  private final TaskStore store;
  private final TaskListener listener;
  private final Supplier<Catalogue> catalogue;
  private final Supplier<TaskId> ids;
  private final InstantSource clock;
  private final Terms terms;

  public SubmitTask(
      TaskStore store,
      TaskListener listener,
      Supplier<Catalogue> catalogue,
      Supplier<TaskId> ids,
      InstantSource clock,
      Terms terms) {
    this.store = store;
    this.listener = listener;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.terms = terms;
  }

  /**
   * How long a task may take, whose it is first, and whether there is room for it.
   *
   * @param custody this node, as it stands now
   */
  public record Terms(
      Duration leaveQueueWithin,
      Duration finishWithin,
      Supplier<Task.Custody> custody,
      Admission admission) {}

  /** What a model makes of a wish. */
  public sealed interface Plan {
    /** It can be made and has a price. */
    record Ready(
        Model model, Fit.Fits fit, PictureFit.Fits pictures, Hold hold, boolean throughAlias)
        implements Plan {}

    record UnknownModel() implements Plan {}

    /** Known, but nobody serves it now. */
    record NoChannel() implements Plan {}

    record NotPriced(ModelName model) implements Plan {}

    record DoesNotFit(Fit.Refused refused) implements Plan {}

    record TakesNoSuchPictures(PictureFit.Refused refused) implements Plan {}

    record TakesNoSuchClips(ClipFit.Refused refused) implements Plan {}
  }

  /**
   * What comes with a wish.
   *
   * @param pictures the role of each picture; empty where it is left to the model
   * @param clips the reference videos and sounds
   */
  public record Given(List<Optional<PictureRole>> pictures, List<ClipFit.Asked> clips) {
    public static final Given NOTHING = new Given(List.of(), List.of());

    public Given {
      pictures = List.copyOf(pictures);
      clips = List.copyOf(clips);
    }
  }

  /** Finds the first model behind the name that is served, priced and able. */
  public Plan plan(Caller caller, ModelName requested, Wish wish, Given given) {
    var now = catalogue.get();
    var models = now.behind(requested);
    if (models.isEmpty()) {
      return now.isAlias(requested) ? new Plan.NoChannel() : new Plan.UnknownModel();
    }
    Plan firstRefusal = new Plan.NoChannel();
    for (var model : inUseFirst(models)) {
      var asked = new Asked(wish, given, now.isAlias(requested));
      var plan = planOne(now, caller, model, asked);
      if (plan instanceof Plan.Ready) {
        return plan;
      }
      if (firstRefusal instanceof Plan.NoChannel) {
        firstRefusal = plan;
      }
    }
    return firstRefusal;
  }

  /** In their order, but those with no channel in use last. */
  private List<Model> inUseFirst(List<Model> models) {
    return models.size() == 1
        ? models
        : models.stream()
            .sorted(Comparator.comparing(model -> terms.admission().isOutOfUse(model.name())))
            .toList();
  }

  /** What is asked of a model. */
  private record Asked(Wish wish, Given given, boolean throughAlias) {}

  private Plan planOne(Catalogue catalogue, Caller caller, Model model, Asked asked) {
    return switch (Fitting.fit(model.capability(), asked.wish(), asked.throughAlias())) {
      case Fit.Refused refused -> new Plan.DoesNotFit(refused);
      case Fit.Fits fits -> pictured(catalogue, caller, model, asked, fits);
    };
  }

  private Plan pictured(
      Catalogue catalogue, Caller caller, Model model, Asked asked, Fit.Fits fits) {
    var takes = terms.admission().takes(model.name(), model.capability());
    var clips = asked.given().clips();
    var pictures =
        PictureFitting.fit(
            takes.pictures(),
            asked.given().pictures(),
            ClipFit.excludeFrames(takes.clips(), clips),
            asked.throughAlias());
    return switch (pictures) {
      case PictureFit.Refused refused -> new Plan.TakesNoSuchPictures(refused);
      case PictureFit.Fits placed -> {
        boolean areFramesApart = placed.hasFrames() && !takes.pictures().together();
        yield switch (ClipFit.of(takes.clips(), clips, areFramesApart)) {
          case ClipFit.Refused refused -> new Plan.TakesNoSuchClips(refused);
          case ClipFit.Fits _ ->
              priced(
                  catalogue,
                  caller,
                  hold -> new Plan.Ready(model, fits, placed, hold, asked.throughAlias()),
                  model,
                  fits.shape().usage().withReferences(placed.hasReferences() || !clips.isEmpty()));
        };
      }
    };
  }

  private static Plan priced(
      Catalogue catalogue, Caller caller, Function<Hold, Plan> ready, Model model, Usage usage) {
    if (!catalogue.isServed(model.name())) {
      return new Plan.NoChannel();
    }
    Optional<PriceRule> rule = catalogue.price(model.name());
    return rule.flatMap(r -> Quote.hold(r, caller.tenant().factors(), usage))
        .map(ready)
        .orElseGet(() -> new Plan.NotPriced(model.name()));
  }

  /** Why no task of this model should be accepted now; empty if one may be. */
  public Optional<Admission.Full> full(ModelName model) {
    return terms.admission().full(model);
  }

  public TaskId newId() {
    return ids.get();
  }

  /** The task as it will be stored; nothing is stored yet. */
  public Task draft(Caller caller, VideoRequest request, Hold hold, TaskId id) {
    var now = clock.instant();
    var deadlines =
        new Task.Deadlines(now.plus(terms.leaveQueueWithin()), now.plus(terms.finishWithin()));
    var accepted =
        new Task.Accepted(caller.tenant().id(), caller.key().id(), request, hold, now, deadlines);
    return Task.create(id, accepted, terms.custody().get());
  }

  /** What an earlier create with the same idempotency key was answered, if there was one. */
  public Optional<TaskStore.Creation> repeated(Caller caller, TaskStore.Idempotency call) {
    return store.repeated(caller.tenant().id(), call);
  }

  /** Until when the pictures of a task accepted now are needed: no attempt begins later. */
  public Instant picturesKeptUntil() {
    return clock.instant().plus(terms.finishWithin()).plus(PICTURES_KEPT_LONGER);
  }

  /** Stores the draft with its hold and its pictures. */
  public TaskStore.Creation submit(
      Caller caller, Task draft, Optional<TaskStore.Idempotency> idempotency, List<Asset> inputs) {
    var creation =
        store.create(new TaskStore.NewTask(draft, caller.openTasksMax(), idempotency, inputs));
    if (creation instanceof TaskStore.Creation.Created(Task task)) {
      listener.committed(task);
    }
    return creation;
  }
}
