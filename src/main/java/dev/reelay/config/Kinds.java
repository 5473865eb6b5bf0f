package dev.reelay.config;

import dev.reelay.access.AddressRange;
import dev.reelay.access.MasterKey;
import dev.reelay.access.Secret;
import dev.reelay.config.Config.HostPort;
import dev.reelay.money.Money;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of values that are no plain numbers. */
final class Kinds {
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,253}");
  private static final Pattern BIND = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");
  private static final int PORT_MAX = 65_535;
  private static final int API_KEY_CHARACTERS_MIN = 20;
  private static final int API_KEY_CHARACTERS_MAX = 512;

  private Kinds() {}

  static Kind<Boolean> yesOrNo() {
    return new Kind<>(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on", "1" -> true;
              case "false", "no", "off", "0" -> false;
              default -> throw Kind.refusal("true or false");
            });
  }

  /** One of an enum's names, written in lower case. */
  static <E extends Enum<E>> Kind<E> oneOf(Class<E> type) {
    var constants = List.of(type.getEnumConstants());
    var names = constants.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    var allowed = String.join(" or ", names);
    return new Kind<>(
        allowed,
        text -> {
          var index = names.indexOf(text.toLowerCase(Locale.ROOT));
          if (index < 0) {
            throw Kind.refusal(allowed);
          }
          return constants.get(index);
        });
  }

  static Kind<String> text(String allowed) {
    return new Kind<>(allowed, text -> text);
  }

  static Kind<Secret> password() {
    return new Kind<>("any text", Secret::new);
  }

  static Kind<Path> folder() {
    return new Kind<>(
        "a path, relative ones from the folder of the start",
        text -> {
          try {
            return Path.of(text);
          } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path", e);
          }
        });
  }

  static Kind<String> bind() {
    var allowed = "an address or host name without scheme and port";
    return new Kind<>(
        allowed,
        text -> {
          var onePort = HOST.matcher(text).matches() || text.indexOf(':') != text.lastIndexOf(':');
          if (!BIND.matcher(text).matches() || !onePort) {
            throw Kind.refusal(allowed);
          }
          return text;
        });
  }

  /** The base of the addresses that we hand out: scheme, host and maybe a port. */
  static Kind<URI> publicUrl() {
    var allowed = "http:// or https:// with a host, and nothing behind host and port";
    return new Kind<>(
        allowed,
        text -> {
          var uri = uri(text, allowed);
          var bare = uri.getScheme() + "://" + uri.getRawAuthority();
          var web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          if (!web || uri.getHost() == null || uri.getUserInfo() != null || !bare.equals(text)) {
            throw Kind.refusal(allowed);
          }
          return uri;
        });
  }

  private static URI uri(String text, String allowed) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be " + allowed, e);
    }
  }

  static Kind<List<AddressRange>> addressRanges() {
    return listOf("addresses or blocks such as 10.0.0.0/8", AddressRange::parse);
  }

  static Kind<List<HostPort>> hostPorts() {
    return listOf("host:port", Kinds::hostPort);
  }

  private static HostPort hostPort(String text) {
    var parts = HOST_PORT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > PORT_MAX) {
      throw Kind.refusal("host:port, an IPv6 address in brackets");
    }
    var bracketed = parts.group(1);
    var host = bracketed == null ? text.substring(0, text.lastIndexOf(':')) : bracketed;
    return new HostPort(host.toLowerCase(Locale.ROOT), Integer.parseInt(parts.group(3)));
  }

  /** Entries between commas; empty ones are ignored, so that an empty text is an empty list. */
  private static <T> Kind<List<T>> listOf(String allowed, Function<String, T> part) {
    return new Kind<>(
        "a list of " + allowed,
        text ->
            Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry(entry, part))
                .toList());
  }

  private static <T> T entry(String entry, Function<String, T> part) {
    try {
      return part.apply(entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("has the entry " + entry + ", which " + e.getMessage(), e);
    }
  }

  static Kind<Money> balance(Money max) {
    var allowed = "an amount in USD from 0 to " + max + " with at most six decimal places";
    return new Kind<>(
        allowed,
        text -> {
          try {
            var amount = Money.parse(text);
            if (!amount.isNegative() && amount.compareTo(max) <= 0) {
              return amount;
            }
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be " + allowed, e);
          }
          throw Kind.refusal(allowed);
        });
  }

  static Kind<MasterKey> masterKey() {
    return new Kind<>("64 hexadecimal digits or the base64 of 32 random bytes", MasterKey::parse);
  }

  /** What fits into an Authorization header and is too long to guess. */
  static Kind<Secret> apiKey() {
    var allowed =
        API_KEY_CHARACTERS_MIN
            + " to "
            + API_KEY_CHARACTERS_MAX
            + " visible ASCII characters without spaces";
    return new Kind<>(
        allowed,
        text -> {
          var visible = text.chars().allMatch(c -> c > ' ' && c < 0x7f);
          if (!visible
              || text.length() < API_KEY_CHARACTERS_MIN
              || text.length() > API_KEY_CHARACTERS_MAX) {
            throw Kind.refusal(allowed);
          }
          return new Secret(text);
        });
  }
}
