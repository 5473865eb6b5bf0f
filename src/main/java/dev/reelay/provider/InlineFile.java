package dev.reelay.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Finds a file that stands in JSON as base64, and decodes it while it streams by. */
final class InlineFile {
  /** How much longer an answer may be than the file in it, which base64 makes longer by a third. */
  static final int ANSWER_FACTOR_MAX = 2;

  private static final JsonFactory FACTORY = new JsonFactory();

  private InlineFile() {}

  /**
   * What stands there, into the output; the rest of the answer is not read.
   *
   * @param pointer RFC 6901
   * @throws BoundedBody.Unusable if there is no text there, or it is no base64
   * @throws IOException if the answer cannot be read or the output not written
   */
  static void copy(InputStream json, String pointer, OutputStream out) throws IOException {
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      for (var step : steps(pointer)) {
        if (!descends(parser, step)) {
          throw new BoundedBody.Unusable("the answer has no video in it");
        }
      }
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw new BoundedBody.Unusable("the answer has no video in it");
      }
      parser.readBinaryValue(Base64Variants.MIME, out);
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (JacksonException e) {
      throw new BoundedBody.Unusable("the video in the answer is cut short or no base64");
    }
  }

  private static List<String> steps(String pointer) {
    return Stream.of(pointer.split("/", -1))
        .skip(1)
        .map(step -> step.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** From the value that the parser is at to the one of this name or number in it. */
  private static boolean descends(JsonParser parser, String step) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> toMember(parser, step);
      case START_ARRAY -> toElement(parser, step);
      case null, default -> false;
    };
  }

  private static boolean toMember(JsonParser parser, String name) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      var found = parser.currentName().equals(name);
      parser.nextToken();
      if (found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static boolean toElement(JsonParser parser, String number) {
    for (var i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      if (parser.currentToken() == null) {
        return false;
      }
      if (number.equals(Integer.toString(i))) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }
}
