package dev.reelay.routing;

import dev.reelay.money.Resolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Fits a wish to a model. Asked directly, a value the model cannot do is refused with the allowed
 * ones. Through an alias the nearest allowed value that costs no more is taken, and the change is
 * told.
 */
public final class Fitting {
  private final Capability capability;
  private final boolean throughAlias;
  private final List<Fit.Change> changes = new ArrayList<>();

  private Fitting(Capability capability, boolean throughAlias) {
    this.capability = capability;
    this.throughAlias = throughAlias;
  }

  public static Fit fit(Capability capability, Wish wish, boolean throughAlias) {
    try {
      return new Fitting(capability, throughAlias).fit(wish);
    } catch (Refusal refusal) {
      return refusal.refused;
    }
  }

  private Fit fit(Wish wish) {
    var shape = new Shape(seconds(wish), resolution(wish), ratio(wish), audio(wish));
    return new Fit.Fits(shape, changes);
  }

  private int seconds(Wish wish) {
    var allowed = capability.seconds();
    if (wish.seconds().isEmpty()) {
      return allowed.getFirst();
    }
    var asked = wish.seconds().getAsInt();
    if (allowed.contains(asked)) {
      return asked;
    }
    var texts = capability.sortedSeconds().stream().map(String::valueOf).toList();
    var cheaper =
        allowed.stream().filter(s -> throughAlias && s < asked).max(Comparator.naturalOrder());
    return changed("duration", String.valueOf(asked), cheaper, texts);
  }

  private Resolution resolution(Wish wish) {
    var allowed = capability.resolutions();
    if (wish.resolution().isEmpty()) {
      return allowed.getFirst();
    }
    var asked = wish.resolution().get();
    if (allowed.contains(asked)) {
      return asked;
    }
    var texts = allowed.stream().sorted().map(Resolution::toString).toList();
    var cheaper =
        allowed.stream()
            .filter(r -> throughAlias && r.compareTo(asked) < 0)
            .max(Comparator.naturalOrder());
    return changed("size", asked.toString(), cheaper, texts);
  }

  private AspectRatio ratio(Wish wish) {
    var allowed = capability.ratios();
    if (wish.ratio().isPresent()) {
      var asked = wish.ratio().get();
      if (allowed.contains(asked)) {
        return asked;
      }
      var texts = allowed.stream().map(AspectRatio::toString).toList();
      var near =
          allowed.stream()
              .filter(_ -> throughAlias)
              .min(Comparator.comparingDouble(asked::distance));
      return changed("aspect_ratio", asked.toString(), near, texts);
    }
    if (wish.portrait().isEmpty()) {
      return allowed.getFirst();
    }
    var portrait = wish.portrait().get();
    var texts = allowed.stream().map(AspectRatio::orientation).distinct().toList();
    var fitting = capability.firstRatio(portrait);
    return fitting.isPresent()
        ? fitting.get()
        : changed(
            "orientation",
            portrait ? "portrait" : "landscape",
            allowed.stream().filter(_ -> throughAlias).findFirst(),
            texts);
  }

  private boolean audio(Wish wish) {
    if (wish.audio().isEmpty()) {
      return capability.audio().getFirst();
    }
    boolean asked = wish.audio().get();
    if (capability.audio().contains(asked)) {
      return asked;
    }
    var texts = capability.audio().stream().map(String::valueOf).toList();
    // Silence never costs more than sound; the other way round it might.
    var cheaper = asked && throughAlias ? Optional.of(false) : Optional.<Boolean>empty();
    return changed("audio", String.valueOf(asked), cheaper, texts);
  }

  private <T> T changed(String field, String asked, Optional<T> used, List<String> allowed) {
    if (used.isEmpty()) {
      throw refuse(field, asked, allowed);
    }
    changes.add(new Fit.Change(field, asked, String.valueOf(used.get())));
    return used.get();
  }

  private static Refusal refuse(String field, String asked, List<String> allowed) {
    return new Refusal(new Fit.Refused(field, asked, allowed));
  }

  /** Ends the fitting early; never leaves this class. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Fit.Refused refused;

    Refusal(Fit.Refused refused) {
      super(refused.field(), null, false, false);
      this.refused = refused;
    }
  }
}
