package dev.reelay.worker;

import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.routing.RoutePlanner;
import dev.reelay.task.Admission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What waits decides about room; who can be asked, and for what, decides about models. */
public final class AdmissionByHealth implements Admission {
  private final Admission backlog;
  private final Supplier<Catalogue> catalogue;
  private final RoutePlanner.Outlook outlook;

  public AdmissionByHealth(
      Admission backlog, Supplier<Catalogue> catalogue, RoutePlanner.Outlook outlook) {
    this.backlog = backlog;
    this.catalogue = catalogue;
    this.outlook = outlook;
  }

  @Override
  public Optional<Full> full(ModelName model) {
    return backlog.full(model);
  }

  @Override
  public boolean isOutOfUse(ModelName model) {
    var ask = new RoutePlanner.Ask(model, Set.of(), Set.of(), 0);
    return RoutePlanner.plan(catalogue.get(), ask, outlook).candidates().isEmpty();
  }

  @Override
  public Capability takes(ModelName model, Capability declared) {
    var channels =
        catalogue.get().channels().stream().filter(channel -> channel.serves(model)).toList();
    if (channels.isEmpty()) {
      return declared;
    }
    return declared.taking(
        pictures(channels, declared.pictures()), clips(channels, declared.clips()));
  }

  private Capability.Pictures pictures(List<Channel> channels, Capability.Pictures declared) {
    return new Capability.Pictures(
        declared.firstFrame() && someTakes(channels, Need.FIRST_FRAME),
        declared.lastFrame() && someTakes(channels, Need.LAST_FRAME),
        someTakes(channels, Need.REFERENCES) ? declared.referencesMax() : 0,
        declared.together());
  }

  private Capability.Clips clips(List<Channel> channels, Capability.Clips declared) {
    return new Capability.Clips(
        someTakes(channels, Need.REFERENCE_VIDEO) ? declared.videos() : Capability.Clips.Bound.NONE,
        someTakes(channels, Need.REFERENCE_AUDIO)
            ? declared.audios()
            : Capability.Clips.Bound.NONE);
  }

  private boolean someTakes(List<Channel> channels, Need need) {
    return channels.stream().anyMatch(one -> !outlook.lacks().apply(one.id()).contains(need));
  }
}
