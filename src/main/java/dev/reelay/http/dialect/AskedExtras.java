package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.Json;
import dev.reelay.http.dialect.Fields.Sent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads what we keep for the caller and never look into. */
public final class AskedExtras {
  public static final int REFERENCE_CHARS_MAX = 255;
  public static final int CALLBACK_CHARS_MAX = 2_048;
  public static final int METADATA_ENTRIES_MAX = 32;
  public static final int METADATA_NAME_CHARS_MAX = 64;
  public static final int METADATA_VALUE_CHARS_MAX = 1_024;
  private static final int METADATA_TEXT_CHARS_MAX = 64 << 10;
  private static final Json JSON = new Json(METADATA_TEXT_CHARS_MAX);

  private final Fields fields;

  AskedExtras(Fields fields) {
    this.fields = fields;
  }

  Optional<String> clientReference() {
    return fields
        .first("client_reference", "client_reference_id")
        .map(sent -> Fields.text(sent, REFERENCE_CHARS_MAX));
  }

  Optional<URI> callbackUrl() {
    return fields.first("callback_url", "notify_hook").map(AskedExtras::callback);
  }

  private static URI callback(Sent sent) {
    var text = Fields.text(sent, CALLBACK_CHARS_MAX).strip();
    try {
      var uri = URI.create(text);
      if (WebAddress.is(text) && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw ApiError.field(
            sent.name(),
            "`" + sent.name() + "` must be an http or https URL.",
            "`" + sent.name() + "` 必须是 http 或 https 地址。")
        .refusal();
  }

  /** An object, or its JSON as a text. Values that are no texts are kept as their JSON. */
  Map<String, String> metadata() {
    var sent = fields.first("metadata", "meta_data");
    if (sent.isEmpty()) {
      return Map.of();
    }
    var object = object(sent.get());
    if (object.size() > METADATA_ENTRIES_MAX) {
      throw wrong(sent.get());
    }
    var entries = new HashMap<String, String>();
    for (var entry : object.properties()) {
      var value = entry.getValue();
      if (!value.isNull()) {
        entries.put(
            text(sent.get(), entry.getKey(), METADATA_NAME_CHARS_MAX),
            text(
                sent.get(),
                value.isContainer() ? value.toString() : value.asString(),
                METADATA_VALUE_CHARS_MAX));
      }
    }
    return entries;
  }

  private static JsonNode object(Sent sent) {
    if (sent.node().isObject()) {
      return sent.node();
    }
    var text = sent.node().isString() ? sent.node().asString() : "";
    if (text.length() <= METADATA_TEXT_CHARS_MAX
        && JSON.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof Json.Parsed.Tree(var root)
        && root.isObject()) {
      return root;
    }
    throw wrong(sent);
  }

  private static String text(Sent sent, String text, int charsMax) {
    if (text.length() > charsMax) {
      throw wrong(sent);
    }
    return Fields.storable(text);
  }

  private static RuntimeException wrong(Sent sent) {
    return ApiError.field(
            sent.name(),
            "`"
                + sent.name()
                + "` must be an object of at most "
                + METADATA_ENTRIES_MAX
                + " entries, names up to "
                + METADATA_NAME_CHARS_MAX
                + " and values up to "
                + METADATA_VALUE_CHARS_MAX
                + " characters.",
            "`" + sent.name() + "` 必须是对象，最多 " + METADATA_ENTRIES_MAX + " 项。")
        .refusal();
  }
}
