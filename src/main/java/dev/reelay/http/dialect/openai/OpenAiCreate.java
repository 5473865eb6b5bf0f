package dev.reelay.http.dialect.openai;

import dev.reelay.http.ApiError;
import dev.reelay.http.dialect.BodyReader.Body;
import dev.reelay.http.dialect.InputReader;
import dev.reelay.http.dialect.UnifiedCreate;
import dev.reelay.http.dialect.VideoAsk;
import dev.reelay.task.ErrorCode;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of {@code POST /v1/videos}. Its fields are among those of the unified format,
 * which relays' users send here too; so only what differs is read here, and the rest as there.
 */
final class OpenAiCreate {
  static final String DIALECT = "openai";

  /** What the SDKs leave out when a program means the default. */
  static final String MODEL_DEFAULT = "sora-2";

  private static final List<String> CHARACTERS = List.of("characters", "character_ids");

  private OpenAiCreate() {}

  /**
   * What the body asks for.
   *
   * @param models the names that may be asked for
   * @throws dev.reelay.http.ApiRefusal 400 with the field, or 404 for what can be no model's name
   */
  static VideoAsk read(Body body, InputReader inputs, Supplier<List<String>> models) {
    var fields = JsonNodeFactory.instance.objectNode();
    body.tree().properties().forEach(entry -> fields.set(entry.getKey(), entry.getValue()));
    refuseCharacters(fields);
    if (isAbsent(fields.path("model")) && models.get().contains(MODEL_DEFAULT)) {
      fields.put("model", MODEL_DEFAULT);
    }
    return UnifiedCreate.read(new Body(fields, body.warnings()), inputs, models).in(DIALECT);
  }

  private static void refuseCharacters(ObjectNode fields) {
    for (var name : CHARACTERS) {
      if (!isAbsent(fields.path(name)) && !fields.path(name).isEmpty()) {
        throw ApiError.of(
                ErrorCode.OPERATION_NOT_SUPPORTED,
                "No channel here takes `" + name + "`; send a picture as `input_reference`.",
                "没有渠道支持 `" + name + "`；请改用 `input_reference` 图片。")
            .about(name)
            .refusal();
      }
      fields.remove(name);
    }
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isString() && node.asString().isBlank());
  }
}
