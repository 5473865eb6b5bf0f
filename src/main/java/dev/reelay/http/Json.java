package dev.reelay.http;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON of strangers, bounded in depth, in the length of a number, a name and a text, and in
 * the number of tokens. What is not JSON within these bounds is a value, not an exception.
 */
public final class Json {
  public static final int DEPTH_MAX = 64;
  public static final int NUMBER_CHARS_MAX = 100;
  public static final int NAME_CHARS_MAX = 1_024;
  public static final long TOKENS_MAX = 200_000;

  private final JsonMapper mapper;

  /**
   * Makes a reader.
   *
   * @param textCharsMax the longest text taken; a picture as data URL is one text
   */
  public Json(int textCharsMax) {
    var bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_MAX)
            .maxNumberLength(NUMBER_CHARS_MAX)
            .maxNameLength(NAME_CHARS_MAX)
            .maxStringLength(textCharsMax)
            .maxTokenCount(TOKENS_MAX)
            .build();
    this.mapper =
        JsonMapper.builder(JsonFactory.builder().streamReadConstraints(bounds).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** What the bytes were. */
  public sealed interface Parsed {
    /** A whole JSON value; an empty body is none. */
    record Tree(JsonNode root) implements Parsed {}

    /** Not JSON, or out of bounds; {@code why} is fit for the caller and quotes nothing. */
    record Malformed(String why) implements Parsed {}
  }

  public Parsed parse(byte[] bytes) {
    try {
      var root = mapper.readTree(bytes);
      return root.isMissingNode()
          ? new Parsed.Malformed("the body is empty")
          : new Parsed.Tree(root);
    } catch (JacksonException e) {
      return new Parsed.Malformed(why(e));
    }
  }

  private static String why(JacksonException e) {
    var place = e.getLocation();
    boolean isPlaced = place != null && place.getLineNr() > 0;
    var where = isPlaced ? " at line " + place.getLineNr() + ", column " + place.getColumnNr() : "";
    return switch (e) {
      case tools.jackson.core.exc.StreamConstraintsException _ ->
          "the JSON is nested too deeply or too large" + where;
      case JacksonException _ -> "the body is not valid JSON" + where;
    };
  }
}
