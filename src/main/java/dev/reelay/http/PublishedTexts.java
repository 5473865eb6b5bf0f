package dev.reelay.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What this relay tells of itself to whoever asks: the contract of its own version and a short
 * guide for language models, as they lie in {@code api/}. They need no key and may be cached.
 */
public final class PublishedTexts {
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** Stands in the guide where the address of this relay belongs. */
  private static final String BASE = "{base}";

  private final PublishedText contract =
      new PublishedText(PublishedText.resource("/api/openapi.yaml"), "application/yaml");
  private final String guide = new String(PublishedText.resource("/api/llms.txt"), UTF_8);

  /** {@code GET /openapi.yaml}. */
  public Reply contract(Request request) {
    return contract.reply(request, List.of());
  }

  /** {@code GET /llms.txt}: with the addresses that the caller reached us at. */
  public Reply guide(Request request) {
    var bytes = guide.replace(BASE, request.baseUrl()).getBytes(UTF_8);
    return new PublishedText(bytes, PLAIN).reply(request, List.of());
  }
}
