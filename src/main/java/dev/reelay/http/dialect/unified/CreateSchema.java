package dev.reelay.http.dialect.unified;

import dev.reelay.http.JsonText;
import dev.reelay.http.dialect.AskedExtras;
import dev.reelay.http.dialect.FrameSize;
import dev.reelay.http.dialect.Offer;
import dev.reelay.http.dialect.UnifiedCreate;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Shape;
import dev.reelay.task.VideoRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The body of a create as a JSON Schema, made of the bounds that the create is read with and of the
 * offer that it is fitted to. Whatever it allows is accepted as far as its form goes; a create is
 * more lenient in spelling, and reads further names.
 */
final class CreateSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String WEB_PATTERN = "^https?://[A-Za-z0-9]";

  private final JsonText json;
  private final Offer offer;

  private CreateSchema(JsonText json, Offer offer) {
    this.json = json;
    this.offer = offer;
  }

  /** Writes the members of an object that is open already. */
  static void write(JsonText json, Offer offer) {
    json.field("$schema", DIALECT).field("type", "object");
    json.strings("required", List.of("model", "prompt"));
    json.object("properties");
    var schema = new CreateSchema(json, offer);
    schema.properties();
    json.endObject();
    new InputSchema(json, offer.first()).exclusions();
    json.field("additionalProperties", true);
  }

  private void properties() {
    json.object("model").field("const", offer.name().value()).endObject();
    json.object("prompt")
        .field("type", "string")
        .field("minLength", 1)
        .field("maxLength", VideoRequest.PROMPT_CHARS_MAX)
        .field("pattern", "\\S")
        .endObject();
    frame(offer.first());
    new InputSchema(json, offer.first()).properties();
    UnifiedCreate.YES_OR_NO.forEach(name -> json.object(name).field("type", "boolean").endObject());
    UnifiedCreate.TEXTS.forEach(name -> text(name, UnifiedCreate.OPTION_CHARS_MAX));
    json.object("seed")
        .field("type", "integer")
        .field("minimum", Long.MIN_VALUE)
        .field("maximum", Long.MAX_VALUE)
        .endObject();
    extras();
  }

  private void frame(Capability can) {
    json.object("duration").field("type", "integer").array("enum");
    can.sortedSeconds().forEach(seconds -> json.raw(String.valueOf(seconds)));
    json.endArray().field("default", can.seconds().getFirst()).endObject();
    choice("resolution", texts(can.resolutions()), Optional.of(can.resolutions().getFirst()));
    choice("size", sizes(can), Optional.empty());
    choice("aspect_ratio", texts(can.ratios()), Optional.of(can.ratios().getFirst()));
    choice("orientation", orientations(can), Optional.empty());
    json.object("audio").field("type", "boolean").array("enum");
    can.audio().forEach(audio -> json.raw(String.valueOf(audio)));
    json.endArray().field("default", can.audio().getFirst()).endObject();
  }

  private void choice(String name, List<String> values, Optional<Object> standard) {
    if (!values.isEmpty()) {
      json.object(name).field("type", "string").strings("enum", values);
      standard.ifPresent(value -> json.field("default", value.toString()));
      json.endObject();
    }
  }

  private void extras() {
    text("client_reference", AskedExtras.REFERENCE_CHARS_MAX);
    json.object("metadata")
        .field("type", "object")
        .field("maxProperties", AskedExtras.METADATA_ENTRIES_MAX)
        .object("propertyNames")
        .field("maxLength", AskedExtras.METADATA_NAME_CHARS_MAX)
        .endObject()
        .object("additionalProperties")
        .field("type", "string")
        .field("maxLength", AskedExtras.METADATA_VALUE_CHARS_MAX)
        .endObject()
        .endObject();
    json.object("callback_url");
    address(AskedExtras.CALLBACK_CHARS_MAX);
    json.endObject();
  }

  private void text(String name, int charsMax) {
    json.object(name).field("type", "string").field("maxLength", charsMax).endObject();
  }

  private void address(int charsMax) {
    json.field("type", "string")
        .field("format", "uri")
        .field("pattern", WEB_PATTERN)
        .field("maxLength", charsMax);
  }

  /** Pixels that are read as a resolution and a ratio that can be made, turned or not. */
  static List<String> sizes(Capability can) {
    var orientations = orientations(can);
    return can.resolutions().stream()
        .flatMap(r -> can.ratios().stream().map(ratio -> size(r, ratio)))
        .filter(size -> isMade(can, orientations, size))
        .distinct()
        .toList();
  }

  private static String size(Resolution resolution, AspectRatio ratio) {
    var shape = new Shape(1, resolution, ratio, false);
    return shape.width() + "x" + shape.height();
  }

  private static boolean isMade(Capability can, List<String> orientations, String size) {
    var read = FrameSize.parse(size);
    var resolution = read.flatMap(FrameSize::resolution);
    var ratio = read.flatMap(FrameSize::ratio);
    return resolution.filter(can.resolutions()::contains).isPresent()
        && ratio.filter(can.ratios()::contains).isPresent()
        && orientations.stream().allMatch(o -> isTurnable(can, ratio.get(), o));
  }

  /** An orientation that contradicts a size turns it. */
  private static boolean isTurnable(Capability can, AspectRatio ratio, String orientation) {
    return ratio.isPortrait() == ratio.isLandscape()
        || ratio.orientation().equals(orientation)
        || can.ratios().contains(new AspectRatio(/* wide= */ ratio.high(), ratio.wide()));
  }

  static List<String> orientations(Capability can) {
    return Stream.of("portrait", "landscape")
        .filter(word -> can.ratios().stream().anyMatch(r -> r.orientation().equals(word)))
        .toList();
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }
}
