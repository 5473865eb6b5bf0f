package dev.reelay.access;

/** Who presented a key, or why it is refused. */
public sealed interface KeyAnswer {
  record Known(Caller caller) implements KeyAnswer {}

  record Refused(ApiKey.Refusal why) implements KeyAnswer {}
}
