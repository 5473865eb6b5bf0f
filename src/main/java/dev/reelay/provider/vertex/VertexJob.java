package dev.reelay.provider.vertex;

import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A job by the name of its operation, which is also the path of its address.
 *
 * @param model the path of its model, by which it is asked for
 * @param name all of it
 */
record VertexJob(String model, String name) {
  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._:-]{0,199}";
  private static final Pattern NAME =
      Pattern.compile(
          "(projects/PART/locations/PART/publishers/google/models/PART)/operations/PART"
              .replace("PART", PART));
  private static final Pattern ADDRESS = Pattern.compile("/v1/(" + NAME.pattern() + ")$");

  static Optional<VertexJob> find(String name) {
    var matcher = NAME.matcher(name);
    return matcher.matches()
        ? Optional.of(new VertexJob(matcher.group(1), name))
        : Optional.empty();
  }

  /** The job whose address this is. */
  static Optional<VertexJob> in(URI address) {
    var matcher = ADDRESS.matcher(Optional.ofNullable(address.getRawPath()).orElse(""));
    return matcher.find() ? find(matcher.group(1)) : Optional.empty();
  }

  /** How it stands; the answer of one that is done may have the whole video in it. */
  Call question(Context context) {
    var body = Json.body().put("operationName", name);
    return VertexProvider.post(context, "/v1/" + model + ":fetchPredictOperation", body);
  }

  /** The place of a video in the answer, as an address. */
  URI inside(Context context, String pointer) {
    return URI.create(context.atVersion1("/v1/" + name) + "#" + pointer);
  }
}
