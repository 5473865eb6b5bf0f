package dev.reelay.task;

import dev.reelay.asset.Asset;
import java.util.Optional;

/** The port to the still pictures of finished videos. */
public interface Posters {
  /**
   * The poster that the provider gave, or one made of the stored video. Making it takes a while the
   * first time; it is waited for a few seconds and goes on behind the caller's back.
   *
   * @return empty if there is none now, and perhaps never will be
   */
  Optional<Asset> find(Task task);
}
