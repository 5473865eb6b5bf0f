package dev.reelay.task;

import dev.reelay.routing.Capability;
import java.util.List;
import java.util.Optional;

/** Whether a model takes the pictures of a request, and as what. */
public sealed interface PictureFit {
  /**
   * It does.
   *
   * @param placed what is used of them, in the caller's order
   * @param changes what had to be used otherwise, or left out; empty if nothing
   */
  record Fits(List<Placed> placed, List<Change> changes) implements PictureFit {
    public Fits {
      placed = List.copyOf(placed);
      changes = List.copyOf(changes);
    }

    /** Whether one of them is a reference, which may have a price of its own. */
    public boolean hasReferences() {
      return placed.stream().anyMatch(one -> one.role() == PictureRole.REFERENCE);
    }

    /** Whether one of them is a frame. */
    public boolean hasFrames() {
      return placed.stream().anyMatch(one -> one.role() != PictureRole.REFERENCE);
    }
  }

  /**
   * One picture and what it is for.
   *
   * @param index its place among those that the caller gave
   */
  record Placed(int index, PictureRole role) {}

  /**
   * Pictures that the model does not take as what they were given.
   *
   * @param asked empty if that was left to the model
   * @param pictures how many
   * @param used as what they are used instead; empty if they are left out
   */
  record Change(Optional<PictureRole> asked, int pictures, Optional<PictureRole> used) {}

  /**
   * It does not.
   *
   * @param role what they were given as; empty if that was left to the model
   * @param pictures how many of them
   * @param takes what it does take
   */
  record Refused(Optional<PictureRole> role, int pictures, Capability.Pictures takes)
      implements PictureFit {}
}
