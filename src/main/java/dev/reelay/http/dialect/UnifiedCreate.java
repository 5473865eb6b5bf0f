package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.dialect.BodyReader.Body;
import dev.reelay.http.dialect.Fields.Sent;
import dev.reelay.routing.ModelName;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.VideoRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the body of a create: lenient in every spelling, strict in what it means. Whether a model
 * can make it is decided elsewhere. Every field and its names: docs/query-fields.md.
 */
public final class UnifiedCreate {
  public static final String DIALECT = "unified";
  public static final int OPTION_CHARS_MAX = 4_000;
  static final int UNKNOWN_NAMES_MAX = 16;

  public static final List<String> YES_OR_NO =
      List.of(
          "watermark",
          "private",
          "enhance_prompt",
          "enable_upsample",
          "hd",
          "character_create",
          "is_rec",
          "off_peak",
          "bgm",
          "camera_fixed");
  public static final List<String> TEXTS =
      List.of(
          "image_mode",
          "negative_prompt",
          "style",
          "storyboard",
          "character_url",
          "character_timestamps",
          "character_from_task",
          "voice_id",
          "wm_position",
          "wm_url",
          "payload",
          "service_tier",
          "mode",
          "cfg_scale",
          "movement_amplitude",
          "person_generation",
          "shot_type");

  /** Names that providers have for an option, and their clients with them. */
  private static final Map<String, List<String>> OTHER_NAMES =
      Map.of(
          "enhance_prompt",
          List.of("prompt_optimizer", "prompt_extend"),
          "watermark",
          List.of("add_watermark", "aigc_watermark"));

  private final Fields fields;
  private final InputReader inputs;
  private final Supplier<List<String>> models;
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> sentAs = new HashMap<>();

  private UnifiedCreate(Fields fields, InputReader inputs, Supplier<List<String>> models) {
    this.fields = fields;
    this.inputs = inputs;
    this.models = models;
  }

  /**
   * What the body asks for.
   *
   * @param models the names that may be asked for, in case none was
   * @throws dev.reelay.http.ApiRefusal 400 with the field, or 404 for what can be no model's name
   */
  public static VideoAsk read(Body body, InputReader inputs, Supplier<List<String>> models) {
    var create = new UnifiedCreate(new Fields(body.tree()), inputs, models);
    create.warnings.addAll(body.warnings());
    return create.read();
  }

  private VideoAsk read() {
    var model = model();
    var prompt = prompt();
    var images = inputs.pictures().read(fields, sentAs);
    var clips = inputs.clips().read(fields, sentAs);
    var frame = new AskedFrame(fields, sentAs, warnings).read();
    var options = options();
    var extras = new AskedExtras(fields);
    var reference = extras.clientReference();
    var metadata = extras.metadata();
    var callback = extras.callbackUrl();
    nameUnknown();
    return new VideoAsk(
        new VideoRequest.Form(DIALECT, model, frame.size(), frame.orientation()),
        prompt,
        frame.wish(),
        images,
        clips,
        options,
        new VideoRequest.Extras(reference, metadata, callback, Optional.empty(), warnings),
        sentAs);
  }

  private ModelName model() {
    var sent = fields.first("model", "model_name");
    if (sent.isEmpty()) {
      throw ApiError.field(
              "model",
              "`model` is missing. Models here: " + String.join(", ", models.get()) + ".",
              "缺少 `model`。可用模型：" + String.join("、", models.get()) + "。")
          .allowing(models.get())
          .refusal();
    }
    return name(Fields.text(sent.get(), OPTION_CHARS_MAX));
  }

  /** A model's name as a caller wrote it; what can be none is 404 like one that nobody has. */
  public static ModelName name(String text) {
    try {
      return new ModelName(text.strip());
    } catch (IllegalArgumentException _) {
      throw ApiError.of(ErrorCode.MODEL_NOT_FOUND).about("model").refusal();
    }
  }

  private String prompt() {
    var sent = fields.first("prompt");
    var prompt = sent.map(field -> Fields.text(field, VideoRequest.PROMPT_CHARS_MAX)).orElse("");
    if (prompt.isBlank()) {
      throw ApiError.field("prompt", "`prompt` is missing or empty.", "`prompt` 不能为空。").refusal();
    }
    return prompt;
  }

  private Map<String, String> options() {
    var options = new HashMap<String, String>();
    for (var name : YES_OR_NO) {
      scalar(name).ifPresent(sent -> options.put(name, String.valueOf(Fields.yes(sent))));
    }
    for (var name : TEXTS) {
      scalar(name).ifPresent(sent -> options.put(name, Fields.text(sent, OPTION_CHARS_MAX)));
    }
    scalar("seed")
        .ifPresent(
            sent ->
                options.put(
                    "seed", String.valueOf(Fields.whole(sent, Long.MIN_VALUE, Long.MAX_VALUE))));
    return options;
  }

  /** What is optional is not worth a refusal when it comes as an object of some other relay. */
  private Optional<Sent> scalar(String name) {
    var others = OTHER_NAMES.getOrDefault(name, List.of());
    var names = Stream.concat(Stream.of(name), others.stream()).toArray(String[]::new);
    var sent = fields.first(names);
    if (sent.isPresent() && !Fields.isScalar(sent.get())) {
      warnings.add(
          "The field `" + sent.get().name() + "` is no text, number or boolean and was ignored.");
      return Optional.empty();
    }
    return sent;
  }

  private void nameUnknown() {
    var unknown = fields.unknown();
    unknown.stream()
        .limit(UNKNOWN_NAMES_MAX)
        .forEach(name -> warnings.add("Unknown field `" + Fields.plain(name) + "` was ignored."));
    if (unknown.size() > UNKNOWN_NAMES_MAX) {
      int more = unknown.size() - UNKNOWN_NAMES_MAX;
      warnings.add(more + " further unknown fields were ignored.");
    }
  }
}
