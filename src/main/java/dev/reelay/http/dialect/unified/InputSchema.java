package dev.reelay.http.dialect.unified;

import dev.reelay.http.JsonText;
import dev.reelay.http.dialect.ClipNames;
import dev.reelay.http.dialect.ClipReader;
import dev.reelay.http.dialect.PictureNames;
import dev.reelay.http.dialect.PictureReader;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.routing.Capability;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import java.util.ArrayList;
import java.util.List;

/** The pictures, videos and sounds of a create as a JSON Schema. */
final class InputSchema {
  private static final String WEB_PATTERN = "^https?://[A-Za-z0-9]";
  private static final String DATA_PATTERN = "^data:image/(png|jpeg|webp|gif);base64,";

  /** Four characters hold three bytes; the rest is for what stands before them. */
  private static final int DATA_CHARS_MAX = PictureReader.PICTURE_BYTES_MAX / 3 * 4;

  private final JsonText json;
  private final Capability.Pictures takes;
  private final Capability.Clips clips;

  InputSchema(JsonText json, Capability can) {
    this.json = json;
    this.takes = can.pictures();
    this.clips = can.clips();
  }

  /** Writes the fields that the model takes inputs in, and {@code images} in any case. */
  void properties() {
    list(PictureNames.BARE, takes.bareMax());
    for (var frame : frames()) {
      json.object(frame);
      picture();
      json.endObject();
    }
    if (takes.referencesMax() > 0) {
      list(PictureNames.of(PictureRole.REFERENCE), takes.referencesMax());
    }
    for (var kind : ClipKind.values()) {
      if (kind.in(clips).most() > 0) {
        json.object(ClipNames.of(kind))
            .field("type", "array")
            .field("maxItems", Math.min(kind.in(clips).most(), ClipReader.CLIPS_MAX))
            .object("items")
            .field("type", "string")
            .field("format", "uri")
            .field("pattern", WEB_PATTERN)
            .field("maxLength", WebAddress.CHARS_MAX)
            .endObject()
            .endObject();
      }
    }
  }

  /** What stands in {@code images} is left to the model, so it stands alone. */
  void exclusions() {
    var frames = frames();
    var references = PictureNames.of(PictureRole.REFERENCE);
    var labelled = new ArrayList<>(frames);
    if (takes.referencesMax() > 0) {
      labelled.add(references);
    }
    json.object("dependentSchemas");
    exclude(PictureNames.BARE, labelled);
    if (takes.referencesMax() > 0 && !takes.together()) {
      exclude(references, frames);
    }
    if (!takes.together()) {
      excludeBesideClips(frames);
    }
    json.endObject();
  }

  /** Where frames come alone, a picture whose role is left to the model might become one. */
  private void excludeBesideClips(List<String> frames) {
    var others = new ArrayList<>(frames);
    others.add(PictureNames.BARE);
    for (var kind : ClipKind.values()) {
      if (kind.in(clips).most() > 0 && !kind.in(clips).besideFrames()) {
        exclude(ClipNames.of(kind), others);
      }
    }
  }

  private void exclude(String name, List<String> others) {
    if (others.isEmpty()) {
      return;
    }
    json.object(name).object("not").array("anyOf");
    for (var other : others) {
      json.object().strings("required", List.of(other)).endObject();
    }
    json.endArray().endObject().endObject();
  }

  private List<String> frames() {
    var names = new ArrayList<String>();
    if (takes.firstFrame()) {
      names.add(PictureNames.of(PictureRole.FIRST_FRAME));
    }
    if (takes.lastFrame()) {
      names.add(PictureNames.of(PictureRole.LAST_FRAME));
    }
    return names;
  }

  private void list(String name, int most) {
    json.object(name)
        .field("type", "array")
        .field("maxItems", Math.min(most, PictureReader.PICTURES_MAX))
        .object("items");
    picture();
    json.endObject().endObject();
  }

  /** An address or a data URL. */
  private void picture() {
    json.field("type", "string").field("format", "uri").array("anyOf");
    json.object()
        .field("pattern", WEB_PATTERN)
        .field("maxLength", WebAddress.CHARS_MAX)
        .endObject();
    json.object().field("pattern", DATA_PATTERN).field("maxLength", DATA_CHARS_MAX).endObject();
    json.endArray();
  }
}
