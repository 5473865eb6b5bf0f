package dev.reelay.http.dialect;

import dev.reelay.access.Caller;
import dev.reelay.asset.AssetFiles;
import dev.reelay.http.ApiError;
import dev.reelay.http.ApiRefusal;
import dev.reelay.money.Hold;
import dev.reelay.money.Money;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.Fit;
import dev.reelay.routing.ModelName;
import dev.reelay.task.Admission;
import dev.reelay.task.ClipFit;
import dev.reelay.task.ClipKind;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Parent;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureFit;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.Task;
import dev.reelay.task.TaskStore.Creation;
import dev.reelay.task.TaskStore.Idempotency;
import dev.reelay.task.VideoRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The steps from a request that was read to a task that is paid for, the same in all dialects. */
public final class CreateVideo {
  public static final String SANDBOX_WARNING =
      "Made by the sandbox: a test picture of ours, not the work of the model.";
  static final int NO_CHANNEL_RETRY_SECONDS = 30;
  static final int OPEN_TASKS_RETRY_SECONDS = 5;
  static final int FIRST_CALL_RETRY_SECONDS = 1;

  /** Added before seconds are counted, so that a part of one counts whole. */
  private static final int MILLIS_MAX = 999;

  private final SubmitTask submit;
  private final Supplier<Catalogue> catalogue;
  private final AssetFiles files;
  private final KeepInputs inputs;
  private final Function<URI, Optional<String>> callbackRefusal;
  private final String currency;

  /**
   * Makes the steps.
   *
   * @param files where results will be kept
   * @param callbackRefusal why an address would never be called, by the rule of who calls it
   * @param currency its code, such as {@code USD}, for messages
   */
  public CreateVideo(
      SubmitTask submit,
      Supplier<Catalogue> catalogue,
      AssetFiles files,
      KeepInputs inputs,
      Function<URI, Optional<String>> callbackRefusal,
      String currency) {
    this.submit = submit;
    this.catalogue = catalogue;
    this.files = files;
    this.inputs = inputs;
    this.callbackRefusal = callbackRefusal;
    this.currency = currency;
  }

  /** A caller's idempotency key with the fingerprint of what it came with. */
  public record Repeatable(String route, String key, String fingerprint) {}

  /** An accepted create: the bytes to send, new or those of the first call. */
  public record Accepted(String answer, boolean isReplay) {}

  /**
   * Accepts a task.
   *
   * @param ask reads what is asked for
   * @param answer writes the bytes that this create, and every repeat of it, is answered with
   * @throws dev.reelay.http.ApiRefusal for everything that speaks against it
   * @throws AssetFiles.StorageFull before anything is held
   */
  public Accepted accept(
      Caller caller,
      Supplier<VideoAsk> ask,
      Function<Task, String> answer,
      Optional<Repeatable> repeatable) {
    try {
      return acceptNew(caller, ask.get(), answer, repeatable);
    } catch (ApiRefusal | AssetFiles.StorageFull refused) {
      // A repeat of an accepted create is answered like it, whatever has changed since.
      return repeatable.flatMap(call -> earlier(caller, call)).orElseThrow(() -> refused);
    }
  }

  private Optional<Accepted> earlier(Caller caller, Repeatable call) {
    var record = new Idempotency(call.route(), call.key(), call.fingerprint(), "");
    return submit
        .repeated(caller, record)
        .filter(Creation.Replayed.class::isInstance)
        .map(Creation.Replayed.class::cast)
        .map(replayed -> new Accepted(replayed.answer(), true));
  }

  private Accepted acceptNew(
      Caller caller, VideoAsk ask, Function<Task, String> answer, Optional<Repeatable> repeatable) {
    var ready = plan(caller, ask);
    requireRoom(ready.model().name());
    files.requireSpace();
    if (KeepInputs.hasBytes(ask)) {
      // A repeat need not write its files only to drop them.
      var first = repeatable.flatMap(call -> earlier(caller, call));
      if (first.isPresent()) {
        return first.get();
      }
    }
    var placed = ready.pictures().placed();
    var kept = inputs.keep(ask, placed, submit.picturesKeptUntil());
    var request = request(ask, ready, kept.pictures()).withClips(kept.clips());
    var draft = submit.draft(caller, request, ready.hold(), submit.newId());
    var text = answer.apply(draft);
    var record = repeatable.map(r -> new Idempotency(r.route(), r.key(), r.fingerprint(), text));
    // If the store breaks here, nobody knows whether it committed: the files stay until swept.
    var creation = submit.submit(caller, draft, record, kept.assets());
    if (!(creation instanceof Creation.Created)) {
      inputs.drop(kept.assets());
    }
    return accepted(creation, text);
  }

  private Accepted accepted(Creation creation, String text) {
    return switch (creation) {
      case Creation.Created _ -> new Accepted(text, false);
      case Creation.Replayed(_, String first) -> new Accepted(first, true);
      case Creation.BalanceTooLow(Money needed, Money available) ->
          throw tooPoor(ErrorCode.INSUFFICIENT_BALANCE, needed, available).refusal();
      case Creation.KeyLimitReached(Money needed, Money left) ->
          throw tooPoor(ErrorCode.KEY_SPEND_LIMIT, needed, left).refusal();
      case Creation.TooManyOpen(int limit) -> throw tooMany(limit).refusal();
      case Creation.KeyReused _ ->
          throw ApiError.of(ErrorCode.IDEMPOTENCY_MISMATCH).about("Idempotency-Key").refusal();
      case Creation.StillRunning _ ->
          throw ApiError.of(ErrorCode.IDEMPOTENCY_IN_PROGRESS)
              .retryAfter(FIRST_CALL_RETRY_SECONDS)
              .refusal();
    };
  }

  /** Asked before anything is held, and of memory alone. */
  private void requireRoom(ModelName model) {
    var full = submit.full(model);
    if (full.isPresent()) {
      throw backlogFull(model, full.get()).refusal();
    }
  }

  /** Names that may be asked for now, models first, each group in the order of the alphabet. */
  public List<String> names() {
    var now = catalogue.get();
    var models = now.models().keySet().stream().filter(now::isServed).map(ModelName::value);
    var aliases =
        now.aliases().keySet().stream()
            .filter(name -> now.behind(name).stream().anyMatch(m -> now.isServed(m.name())))
            .map(ModelName::value);
    return Stream.concat(models.sorted(), aliases.sorted()).distinct().toList();
  }

  /** As {@link #names()}, of those that the caller's key may ask for. */
  public List<String> names(Caller caller) {
    return names().stream().filter(caller.key().scope()::allowsModel).toList();
  }

  /**
   * What a create would make and hold.
   *
   * @param request without its pictures and clips, of which nothing is kept
   * @param pictures how many it has
   * @param clips how many videos and sounds it has
   */
  public record Quoted(VideoRequest request, int pictures, Map<ClipKind, Long> clips, Hold hold) {}

  /**
   * What a create would do; nothing is stored or held. Refused as a create is for whatever is wrong
   * with the request itself.
   *
   * @throws dev.reelay.http.ApiRefusal for everything that speaks against it but the balance
   */
  public Quoted quote(Caller caller, VideoAsk ask) {
    var ready = plan(caller, ask);
    var clips =
        ask.clips().stream().collect(Collectors.groupingBy(AskedClip::kind, Collectors.counting()));
    return new Quoted(
        request(ask, ready, List.of()), ready.pictures().placed().size(), clips, ready.hold());
  }

  /** What the caller's names offer to the caller, in the order of {@link #names()}. */
  public List<Offer> offers(Caller caller) {
    var now = catalogue.get();
    return names(caller).stream()
        .flatMap(name -> Offer.of(now, new ModelName(name), caller.tenant().factors()).stream())
        .toList();
  }

  /**
   * What one name offers; empty if nobody serves it now or it has no price.
   *
   * @throws dev.reelay.http.ApiRefusal if the caller may not ask for it, or there is no such name
   */
  public Optional<Offer> offer(Caller caller, ModelName name) {
    requireAllowed(caller, name);
    var now = catalogue.get();
    if (now.behind(name).isEmpty() && !now.isAlias(name)) {
      throw unknown(caller, name).refusal();
    }
    return Offer.of(now, name, caller.tenant().factors());
  }

  private void requireAllowed(Caller caller, ModelName model) {
    if (!caller.key().scope().allowsModel(model.value())) {
      throw notAllowed(caller, model).refusal();
    }
  }

  private SubmitTask.Plan.Ready plan(Caller caller, VideoAsk ask) {
    var model = ask.form().requested();
    requireAllowed(caller, model);
    var made = ask.extras().parent().map(Parent::served).orElse(model);
    return switch (submit.plan(caller, made, ask.wish(), ask.given())) {
      case SubmitTask.Plan.Ready ready -> ready;
      case SubmitTask.Plan.UnknownModel _ -> throw unknown(caller, model).refusal();
      case SubmitTask.Plan.NoChannel _ ->
          throw ApiError.of(
                  ErrorCode.NO_CHANNEL,
                  "No channel serves the model " + model + " now.",
                  "模型 " + model + " 暂无可用渠道。")
              .about("model")
              .retryAfter(NO_CHANNEL_RETRY_SECONDS)
              .refusal();
      case SubmitTask.Plan.NotPriced(ModelName name) ->
          throw ApiError.of(
                  ErrorCode.MODEL_NOT_PRICED,
                  "The model " + name + " has no price for this request.",
                  "模型 " + name + " 尚未定价。")
              .about("model")
              .refusal();
      case SubmitTask.Plan.DoesNotFit(Fit.Refused refused) ->
          throw unfit(ask, model, refused).refusal();
      case SubmitTask.Plan.TakesNoSuchPictures(PictureFit.Refused refused) ->
          throw PictureTerms.refused(ask, model, refused).refusal();
      case SubmitTask.Plan.TakesNoSuchClips(ClipFit.Refused refused) ->
          throw ClipTerms.refused(ask, model, refused).refusal();
    };
  }

  private ApiError notAllowed(Caller caller, ModelName model) {
    return ApiError.of(
            ErrorCode.MODEL_NOT_ALLOWED,
            "This API key may not ask for the model " + model + ".",
            "该 API Key 无权使用模型 " + model + "。")
        .about("model")
        .allowing(names(caller));
  }

  private ApiError unknown(Caller caller, ModelName model) {
    var names = names(caller);
    return ApiError.of(
            ErrorCode.MODEL_NOT_FOUND,
            "There is no model " + model + ". Models here: " + String.join(", ", names) + ".",
            "模型 " + model + " 不存在。可用模型：" + String.join("、", names) + "。")
        .about("model")
        .allowing(names);
  }

  private static ApiError unfit(VideoAsk ask, ModelName model, Fit.Refused refused) {
    var field = ask.nameOf(refused.field());
    var allowed = String.join(", ", refused.allowed());
    return ApiError.field(
            field,
            "%s cannot make `%s` %s. Allowed: %s."
                .formatted(model, field, refused.asked(), allowed),
            "模型 %s 不支持 `%s` 为 %s，可用：%s。".formatted(model, field, refused.asked(), allowed))
        .allowing(refused.allowed());
  }

  private ApiError tooPoor(ErrorCode code, Money needed, Money available) {
    return ApiError.of(
            code,
            "%s This needs %s %s, available are %s %s."
                .formatted(code.english(), needed, currency, available, currency),
            "%s需要 %s %s，可用 %s %s。".formatted(code.chinese(), needed, currency, available, currency))
        .fact("needed", needed.toString())
        .fact("available", available.toString())
        .fact("currency", currency);
  }

  private static ApiError backlogFull(ModelName model, Admission.Full full) {
    var limit = full.limit();
    var error =
        full.ofModel()
            ? ApiError.of(
                    ErrorCode.BACKLOG_FULL,
                    "%d tasks of the model %s wait to be sent already; nothing was held."
                        .formatted(limit, model),
                    "模型 %s 已有 %d 个任务排队，未扣费。".formatted(model, limit))
                .about("model")
            : ApiError.of(
                ErrorCode.BACKLOG_FULL,
                limit + " tasks wait to be sent already; nothing was held.",
                "已有 " + limit + " 个任务排队，未扣费。");
    return error
        .fact("limit", String.valueOf(limit))
        .retryAfter(Math.toIntExact(full.comeBack().plusMillis(MILLIS_MAX).toSeconds()));
  }

  private static ApiError tooMany(int limit) {
    return ApiError.of(
            ErrorCode.OPEN_TASK_LIMIT,
            "At most " + limit + " tasks may be open at once.",
            "最多同时进行 " + limit + " 个任务。")
        .fact("limit", String.valueOf(limit))
        .retryAfter(OPEN_TASKS_RETRY_SECONDS);
  }

  private VideoRequest request(VideoAsk ask, SubmitTask.Plan.Ready ready, List<Picture> pictures) {
    var asked = ask.form();
    var fit = ready.fit();
    var orientation =
        asked.orientation().isEmpty() ? fit.shape().ratio().orientation() : asked.orientation();
    var form = new VideoRequest.Form(asked.dialect(), asked.requested(), asked.size(), orientation);
    var extras = ask.extras();
    return new VideoRequest(
        form,
        ready.model().name(),
        ask.prompt(),
        fit.shape(),
        pictures,
        ask.options(),
        new VideoRequest.Extras(
            extras.clientReference(),
            extras.metadata(),
            extras.callbackUrl(),
            extras.parent(),
            warnings(ask, ready)));
  }

  private List<String> warnings(VideoAsk ask, SubmitTask.Plan.Ready ready) {
    var model = ready.model();
    var warnings = new ArrayList<>(ask.extras().warnings());
    for (var change : ready.fit().changes()) {
      warnings.add(
          "`%s` %s is not possible with %s; %s is used."
              .formatted(ask.nameOf(change.field()), change.asked(), model.name(), change.used()));
    }
    for (var change : ready.pictures().changes()) {
      warnings.add(PictureTerms.warning(ask, model.name(), change));
    }
    ask.extras()
        .callbackUrl()
        .flatMap(callbackRefusal)
        .map(why -> "`%s` is never called: %s.".formatted(ask.nameOf("callback_url"), why))
        .map(never -> never + " `GET /v1/webhooks/feed` tells the same.")
        .ifPresent(warnings::add);
    if (isSandboxOnly(model.name())) {
      warnings.add(SANDBOX_WARNING);
    }
    return warnings;
  }

  private boolean isSandboxOnly(ModelName model) {
    return catalogue.get().channels().stream()
        .filter(channel -> channel.serves(model))
        .allMatch(Channel::isSandbox);
  }
}
