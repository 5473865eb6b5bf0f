package dev.reelay.task;

import dev.reelay.asset.Asset;
import java.util.Optional;

/** A stored result: the video, a poster if there is one, the prompt as the provider rewrote it. */
public record Output(Asset video, Optional<Asset> poster, Optional<String> enhancedPrompt) {}
