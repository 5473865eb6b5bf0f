package dev.reelay.config;

import java.util.function.Function;

/**
 * What values of a setting look like and how they are read.
 *
 * @param allowed in words, to stand behind "must be"
 * @param parser throws IllegalArgumentException with a message that continues a sentence about the
 *     value ("must be …", "has …") and does not repeat the value
 * @param <T> what the text becomes
 */
public record Kind<T>(String allowed, Function<String, T> parser) {
  T parse(String text) {
    return parser.apply(text);
  }

  static IllegalArgumentException refusal(String allowed) {
    return new IllegalArgumentException("must be " + allowed);
  }
}
