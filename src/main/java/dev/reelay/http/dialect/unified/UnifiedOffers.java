package dev.reelay.http.dialect.unified;

import dev.reelay.http.Callers;
import dev.reelay.http.JsonText;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import dev.reelay.http.dialect.ClipNames;
import dev.reelay.http.dialect.ClipReader;
import dev.reelay.http.dialect.CreateReader;
import dev.reelay.http.dialect.CreateVideo;
import dev.reelay.http.dialect.Offer;
import dev.reelay.http.dialect.PictureReader;
import dev.reelay.http.dialect.PriceView;
import dev.reelay.http.dialect.UnifiedCreate;
import dev.reelay.http.dialect.WebAddress;
import dev.reelay.routing.Capability;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Shape;
import dev.reelay.task.ClipKind;

/**
 * What can be had and for how much: {@code GET /v1/video/models} and {@code POST /v1/video/quote}.
 * Both say what a create would do, from the same data, and store nothing.
 */
public final class UnifiedOffers {
  private final Callers callers;
  private final CreateVideo create;
  private final CreateReader reader;
  private final String currency;

  public UnifiedOffers(Callers callers, CreateVideo create, CreateReader reader, String currency) {
    this.callers = callers;
    this.create = create;
    this.reader = reader;
    this.currency = currency;
  }

  /** All models and aliases that the caller's key may ask for, or the one of {@code id}. */
  public Reply models(Request request) {
    var caller = callers.of(request);
    var asked = request.query("id").or(() -> request.query("model")).filter(id -> !id.isBlank());
    var offers =
        asked
            .map(name -> create.offer(caller, UnifiedCreate.name(name)).stream().toList())
            .orElseGet(() -> create.offers(caller));
    var json = new JsonText().object().field("object", "list").array("data");
    offers.forEach(offer -> model(json, offer));
    return Reply.json(200, json.endArray().endObject().bytes());
  }

  private void model(JsonText json, Offer offer) {
    var can = offer.first();
    json.object()
        .field("id", offer.name().value())
        .field("object", "model")
        .field("is_alias", offer.isAlias())
        .strings("served_by", offer.models().stream().map(ModelName::value).toList())
        .array("seconds");
    can.sortedSeconds().forEach(seconds -> json.raw(String.valueOf(seconds)));
    json.endArray()
        .strings("resolutions", can.resolutions().stream().map(Object::toString).toList())
        .strings("aspect_ratios", can.ratios().stream().map(Object::toString).toList())
        .strings("sizes", CreateSchema.sizes(can))
        .array("audio");
    can.audio().forEach(audio -> json.raw(String.valueOf(audio)));
    json.endArray().field("images_max", Math.min(can.pictures().max(), PictureReader.PICTURES_MAX));
    json.object("pictures")
        .field("first_frame", can.pictures().firstFrame())
        .field("last_frame", can.pictures().lastFrame())
        .field("references_max", can.pictures().referencesMax())
        .field("together", can.pictures().together())
        .endObject();
    json.object("clips")
        .field("videos_max", Math.min(can.clips().videos().most(), ClipReader.CLIPS_MAX))
        .field("video_seconds_max", can.clips().videos().secondsMax())
        .field("videos_beside_frames", isBesideFrames(can, can.clips().videos()))
        .field("audios_max", Math.min(can.clips().audios().most(), ClipReader.CLIPS_MAX))
        .field("audio_seconds_max", can.clips().audios().secondsMax())
        .field("audios_beside_frames", isBesideFrames(can, can.clips().audios()))
        .endObject();
    json.object("defaults")
        .field("duration", can.seconds().getFirst())
        .field("resolution", can.resolutions().getFirst().toString())
        .field("aspect_ratio", can.ratios().getFirst().toString())
        .field("audio", can.audio().getFirst())
        .endObject();
    json.object("price");
    PriceView.write(json, offer.rule(), offer.factors(), currency);
    json.field("least", offer.least().toString()).field("most", offer.most().toString());
    json.endObject().object("create_schema");
    CreateSchema.write(json, offer);
    json.endObject().endObject();
  }

  private static boolean isBesideFrames(Capability can, Capability.Clips.Bound clips) {
    return clips.most() > 0 && (clips.besideFrames() || can.pictures().together());
  }

  /** The body of a create; the answer says what it would hold, by which price, and what changes. */
  public Reply quote(Request request) {
    var caller = callers.of(request);
    var ask =
        UnifiedCreate.read(
            reader.bodies().read(request), reader.inputs(caller), () -> create.names(caller));
    return Reply.json(200, quoted(create.quote(caller, ask)));
  }

  private byte[] quoted(CreateVideo.Quoted quoted) {
    var request = quoted.request();
    var form = request.form();
    Shape shape = request.shape();
    var json = new JsonText().object().field("object", "video.quote");
    json.field("model", form.requested().value());
    if (!request.served().equals(form.requested())) {
      json.field("served_model", request.served().value());
    }
    json.field("seconds", String.valueOf(shape.seconds()))
        .field("size", shape.width() + "x" + shape.height())
        .field("resolution", shape.resolution().toString())
        .field("aspect_ratio", shape.ratio().toString())
        .field("orientation", form.orientation())
        .field("audio", shape.audio())
        .field("images", quoted.pictures())
        .field(ClipNames.of(ClipKind.VIDEO), quoted.clips().getOrDefault(ClipKind.VIDEO, 0L))
        .field(ClipNames.of(ClipKind.AUDIO), quoted.clips().getOrDefault(ClipKind.AUDIO, 0L))
        .field("currency", currency)
        .field("hold", quoted.hold().max().toString())
        .object("price");
    var snapshot = quoted.hold().snapshot();
    PriceView.write(json, snapshot.rule(), snapshot.factors(), currency);
    json.endObject()
        .strings(
            "warnings", request.extras().warnings().stream().map(WebAddress::defanged).toList());
    return json.endObject().bytes();
  }
}
