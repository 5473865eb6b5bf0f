package dev.reelay.routing;

/** A model's public name: 1 to 128 printable characters without spaces. */
public record ModelName(String value) {
  public static final int CHARS_MAX = 128;

  public ModelName {
    if (value.isEmpty()
        || value.length() > CHARS_MAX
        || value.chars().anyMatch(c -> c <= ' ' || c == 127)) {
      throw new IllegalArgumentException(
          "a model name has 1 to " + CHARS_MAX + " characters and no spaces");
    }
  }

  /** The name as an id prefix: what could break a path becomes {@code -}. */
  public String asIdPrefix() {
    var out = new StringBuilder(value.length());
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      var plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '_'
              || c == '-';
      out.append(plain ? c : '-');
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
