package dev.reelay.lab;

import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a create asks for, once the part has found it good.
 *
 * @param id the id that the job gets, in the vendor's form; see {@link LabDesk#serial}
 * @param seconds the length of the result
 * @param reference the caller's own name of the job, where the vendor keeps one
 * @param callback where to tell of it, if the create says so
 * @param body the whole create, for what a part shows of it later
 */
public record LabOrder(
    String id,
    String model,
    String prompt,
    int seconds,
    Optional<String> reference,
    Optional<URI> callback,
    JsonNode body) {
  /** One without reference and callback. */
  public static LabOrder of(String id, String model, String prompt, int seconds, LabBody body) {
    return new LabOrder(
        id, model, prompt, seconds, Optional.empty(), Optional.empty(), body.tree());
  }

  public LabOrder calling(Optional<String> address) {
    return new LabOrder(id, model, prompt, seconds, reference, address.map(URI::create), body);
  }

  /** The same under another id, with neither reference nor callback. */
  LabOrder as(String otherId) {
    return new LabOrder(otherId, model, prompt, seconds, Optional.empty(), Optional.empty(), body);
  }

  public LabOrder named(Optional<String> name) {
    return new LabOrder(id, model, prompt, seconds, name, callback, body);
  }
}
