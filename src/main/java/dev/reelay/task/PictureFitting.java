package dev.reelay.task;

import static dev.reelay.task.PictureRole.FIRST_FRAME;
import static dev.reelay.task.PictureRole.LAST_FRAME;
import static dev.reelay.task.PictureRole.REFERENCE;

import dev.reelay.routing.Capability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Fits the pictures of a request to a model. A picture without a role gets the one that the model
 * has for it: a single one is the first frame, two are the first and the last where the model takes
 * both, and whatever else comes is a reference. Asked directly, a picture that the model does not
 * take is refused. Through an alias it is used as what comes nearest, or left out, and the change
 * is told.
 */
public final class PictureFitting {
  private final Capability.Pictures takes;
  private final List<Optional<PictureRole>> asked;
  private final boolean mayBeFrames;
  private final List<PictureRole> roles;

  private PictureFitting(
      Capability.Pictures takes, List<Optional<PictureRole>> asked, boolean besideClips) {
    this.takes = takes;
    this.mayBeFrames = takes.together() || !besideClips;
    this.asked = List.copyOf(asked);
    this.roles = roles();
  }

  /**
   * @param asked the role of each picture in the caller's order; empty where it was left to the
   *     model. At most one is a first frame and at most one a last
   * @param besideClips whether reference videos or sounds come along that exclude frames: where
   *     references do, no picture is made a frame then
   */
  public static PictureFit fit(
      Capability.Pictures takes,
      List<Optional<PictureRole>> asked,
      boolean besideClips,
      boolean throughAlias) {
    var fitting = new PictureFitting(takes, asked, besideClips);
    return throughAlias ? fitting.nearest() : fitting.exactly();
  }

  private List<PictureRole> roles() {
    long bare = asked.stream().filter(Optional::isEmpty).count();
    if (mayBeFrames && bare == 2 && asked.size() == 2 && takes.firstFrame() && takes.lastFrame()) {
      return List.of(FIRST_FRAME, LAST_FRAME);
    }
    var usual = bare == 1 ? single() : REFERENCE;
    return asked.stream().map(role -> role.orElse(usual)).toList();
  }

  /** What the only picture without a role is, beside those that have one. */
  private PictureRole single() {
    boolean hasFirst = asked.contains(Optional.of(FIRST_FRAME));
    boolean hasLast = asked.contains(Optional.of(LAST_FRAME));
    boolean mayBeFrame =
        mayBeFrames && (takes.together() || !asked.contains(Optional.of(REFERENCE)));
    if (mayBeFrame && takes.firstFrame() && !hasFirst) {
      return FIRST_FRAME;
    }
    if (mayBeFrame && takes.lastFrame() && hasFirst && !hasLast) {
      return LAST_FRAME;
    }
    return REFERENCE;
  }

  private PictureFit exactly() {
    if (roles.contains(FIRST_FRAME) && !takes.firstFrame()) {
      return refused(FIRST_FRAME);
    }
    if (roles.contains(LAST_FRAME) && !takes.lastFrame()) {
      return refused(LAST_FRAME);
    }
    var references = count(REFERENCE);
    boolean areApart = takes.together() || references == 0 || references == roles.size();
    if (references > takes.referencesMax() || !areApart) {
      return refused(REFERENCE);
    }
    var placed = new ArrayList<PictureFit.Placed>();
    for (int i = 0; i < roles.size(); i++) {
      placed.add(new PictureFit.Placed(i, roles.get(i)));
    }
    return new PictureFit.Fits(placed, List.of());
  }

  /** Names the role only where the caller did: of others the caller knows nothing. */
  private PictureFit.Refused refused(PictureRole role) {
    boolean isLeftToUs =
        asked.stream().anyMatch(Optional::isEmpty) && !asked.contains(Optional.of(role));
    return new PictureFit.Refused(
        isLeftToUs ? Optional.empty() : Optional.of(role), count(role), takes);
  }

  private int count(PictureRole role) {
    return (int) roles.stream().filter(role::equals).count();
  }

  private PictureFit nearest() {
    var placed = new ArrayList<PictureFit.Placed>();
    var changes = new LinkedHashMap<PictureFit.Change, Integer>();
    for (int i = 0; i < roles.size(); i++) {
      var role = roles.get(i);
      var used = used(role, placed);
      if (used.isPresent()) {
        placed.add(new PictureFit.Placed(i, used.get()));
      }
      if (!used.equals(Optional.of(role))) {
        changes.merge(new PictureFit.Change(asked.get(i), 1, used), 1, Integer::sum);
      }
    }
    var counted =
        changes.entrySet().stream()
            .map(e -> new PictureFit.Change(e.getKey().asked(), e.getValue(), e.getKey().used()))
            .toList();
    return new PictureFit.Fits(placed, counted);
  }

  private Optional<PictureRole> used(PictureRole role, List<PictureFit.Placed> before) {
    return switch (role) {
      case FIRST_FRAME -> takes.firstFrame() ? Optional.of(FIRST_FRAME) : asReference(before);
      case LAST_FRAME ->
          takes.lastFrame()
              ? Optional.of(LAST_FRAME)
              : takes.firstFrame() ? Optional.empty() : asReference(before);
      case REFERENCE -> takes.referencesMax() > 0 ? asReference(before) : asFirstFrame(before);
    };
  }

  private Optional<PictureRole> asReference(List<PictureFit.Placed> before) {
    boolean hasFrame =
        (roles.contains(FIRST_FRAME) && takes.firstFrame())
            || (roles.contains(LAST_FRAME) && takes.lastFrame());
    long references = before.stream().filter(placed -> placed.role() == REFERENCE).count();
    return references < takes.referencesMax() && (takes.together() || !hasFrame)
        ? Optional.of(REFERENCE)
        : Optional.empty();
  }

  /** A model that takes no reference shows a picture best by beginning with it. */
  private Optional<PictureRole> asFirstFrame(List<PictureFit.Placed> before) {
    boolean isFree = !roles.contains(FIRST_FRAME) && before.isEmpty();
    return takes.firstFrame() && isFree ? Optional.of(FIRST_FRAME) : Optional.empty();
  }
}
