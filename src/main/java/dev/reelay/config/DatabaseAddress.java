package dev.reelay.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.access.Secret;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL, with user and password taken out of it.
 *
 * @param jdbcUrl as the driver wants it; holds no credentials, so it may be shown
 */
record DatabaseAddress(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
  static final String ALLOWED =
      "jdbc:postgresql://host:port/database or postgres://user:password@host:port/database";
  private static final String JDBC = "jdbc:postgresql://";
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:jdbc:postgresql|postgres|postgresql)://"
              + "(?:([^:@/?#\\s]*)(?::([^@/?#\\s]*))?@)?"
              + "([^@/?#\\s]+)/([^/?#\\s]+)(?:\\?([^#\\s]*))?");

  /**
   * Reads the driver's form and the form of PostgreSQL's own programs.
   *
   * @throws IllegalArgumentException if it is neither; the message repeats nothing of it
   */
  static DatabaseAddress parse(String text) {
    var parts = ADDRESS.matcher(text);
    if (!parts.matches() || (text.startsWith(JDBC) && parts.group(1) != null)) {
      throw Kind.refusal(ALLOWED);
    }
    var user = decoded(parts.group(1), true);
    var password = decoded(parts.group(2), true);
    var kept = new ArrayList<String>();
    for (var parameter : Optional.ofNullable(parts.group(5)).orElse("").split("&")) {
      var name = parameter.split("=", 2)[0];
      var value = parameter.substring(Math.min(name.length() + 1, parameter.length()));
      switch (name.toLowerCase(Locale.ROOT)) {
        case "user" -> user = once(user, name, decoded(value, false));
        case "password" -> password = once(password, name, decoded(value, false));
        case "" -> {}
        default -> kept.add(harmless(name, parameter));
      }
    }
    var query = kept.isEmpty() ? "" : "?" + String.join("&", kept);
    var jdbcUrl = JDBC + parts.group(3) + "/" + parts.group(4) + query;
    return new DatabaseAddress(jdbcUrl, user, password.map(Secret::new));
  }

  private static Optional<String> once(
      Optional<String> before, String name, Optional<String> value) {
    if (before.isPresent()) {
      throw new IllegalArgumentException("has the " + name + " twice");
    }
    return value;
  }

  private static String harmless(String name, String parameter) {
    if (name.toLowerCase(Locale.ROOT).contains("password")) {
      throw new IllegalArgumentException(
          "has a secret in the parameter " + name + ", which would be shown");
    }
    return parameter;
  }

  /** A plus sign is itself in front of the host, and a space in the driver's parameters. */
  private static Optional<String> decoded(@Nullable String text, boolean plusIsPlus) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var literal = plusIsPlus ? text.replace("+", "%2B") : text;
      return Optional.of(URLDecoder.decode(literal, UTF_8));
    } catch (IllegalArgumentException _) {
      // The cause would carry characters of the password.
      throw new IllegalArgumentException("has a percent sign that is no escape (write it as %25)");
    }
  }

  /** What an operator may see of it. */
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
