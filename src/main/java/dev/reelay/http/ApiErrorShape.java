package dev.reelay.http;

/** Gives an error of a client's route the form that the clients of its dialect understand. */
@FunctionalInterface
public interface ApiErrorShape {
  Reply.Ready shape(ErrorShape.Context context, ApiError error);
}
