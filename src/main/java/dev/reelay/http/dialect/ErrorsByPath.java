package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.ApiErrorShape;
import dev.reelay.http.ErrorShape;
import dev.reelay.http.Problem;
import dev.reelay.http.Reply;
import java.util.List;

/** Gives an error the shape of the dialect that the path of its request belongs to. */
public final class ErrorsByPath implements ErrorShape, ApiErrorShape {
  private final List<Place> places;
  private final Place others;

  /** Makes the choice; the first place that a path belongs to wins. */
  public ErrorsByPath(List<Place> places, Place others) {
    this.places = List.copyOf(places);
    this.others = others;
  }

  /**
   * A path, with all that lies under it, and its dialect's shape for both kinds of errors.
   *
   * @param path without a slash at the end
   */
  public record Place(String path, ApiErrorShape api, ErrorShape edge) {
    /** A shape that serves both. */
    public static <T extends ApiErrorShape & ErrorShape> Place of(String path, T shape) {
      return new Place(path, shape, shape);
    }

    private boolean holds(String asked) {
      return asked.startsWith(path)
          && (asked.length() == path.length() || asked.charAt(path.length()) == '/');
    }
  }

  @Override
  public Reply.Ready shape(Context context, ApiError error) {
    return at(context).api().shape(context, error);
  }

  @Override
  public Reply.Ready shape(Context context, Problem problem) {
    return at(context).edge().shape(context, problem);
  }

  private Place at(Context context) {
    for (var place : places) {
      if (place.holds(context.path())) {
        return place;
      }
    }
    return others;
  }
}
