package dev.reelay.provider;

import dev.reelay.routing.ChannelProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Decides where a connection may go, in two places: the text of an address before anything is done,
 * and the resolved addresses at the moment of dialling. What it resolves is what is dialled, so
 * that a name which changes its mind in between gains nothing.
 */
final class Guard implements DnsResolver {
  /** Bounds how long a name with many dead addresses can keep a call. */
  static final int ADDRESSES_DIALLED_MAX = 4;

  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]*");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private final Supplier<Set<HostPort>> listed;
  private final Names names;

  private final boolean namesAreSeenElsewhere;

  /**
   * @param namesAreSeenElsewhere a proxy looks names up; addresses in numbers are still held
   *     against the rules here
   */
  Guard(Supplier<Set<HostPort>> listed, Names names, boolean namesAreSeenElsewhere) {
    this.listed = listed;
    this.names = names;
    this.namesAreSeenElsewhere = namesAreSeenElsewhere;
  }

  /** The same rules for calls by way of a proxy. */
  Guard by(ChannelProxy proxy) {
    return new Guard(listed, names, proxy.resolvesNames());
  }

  /** An address that may not be dialled; it is a kind of unknown host for the client inside. */
  static final class AddressRefused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    AddressRefused(String message) {
      super(message);
    }
  }

  /**
   * Why the text of an address is refused, if it is.
   *
   * @param home the channel's own origin, whose port the operator chose
   */
  Optional<String> refusal(URI uri, Origin home) {
    if (uri.getRawUserInfo() != null || hasAtSign(uri)) {
      return Optional.of("an address may not carry a user name");
    }
    Origin origin;
    try {
      origin = Origin.of(uri);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    var place = origin.place();
    if (place.host().indexOf('%') >= 0) {
      return Optional.of("an address may not name a network card");
    }
    if (isOddNumber(place.host())) {
      return Optional.of("an address in numbers is written as four plain decimal ones");
    }
    return mayUsePort(place, home)
        ? Optional.empty()
        : Optional.of("port " + place.port() + " is not allowed");
  }

  /**
   * Octal, hexadecimal, short and whole-number spellings: systems read them differently, so what
   * one guard takes for public may be loopback to the next.
   */
  private static boolean isOddNumber(String host) {
    var whole = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    var last = whole.substring(whole.lastIndexOf('.') + 1);
    return NUMBER.matcher(last).matches() && !DOTTED_QUAD.matcher(host).matches();
  }

  private static boolean hasAtSign(URI uri) {
    return uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0;
  }

  private boolean mayUsePort(HostPort place, Origin home) {
    return place.port() == Origin.HTTPS_PORT
        || place.port() == Origin.HTTP_PORT
        || place.equals(home.place())
        || listed.get().contains(place);
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    var place = new HostPort(host, port);
    if (namesAreSeenElsewhere && !isNumber(place.host())) {
      return List.of(InetSocketAddress.createUnresolved(place.host(), port));
    }
    var addresses = names.resolve(place.host());
    if (!listed.get().contains(place)) {
      requirePublic(place, addresses);
    }
    return addresses.stream()
        .limit(ADDRESSES_DIALLED_MAX)
        .map(address -> new InetSocketAddress(address, port))
        .toList();
  }

  /** Nobody else may read it as a number: such spellings are refused before. */
  private static boolean isNumber(String host) {
    return host.indexOf(':') >= 0 || DOTTED_QUAD.matcher(host).matches();
  }

  private static void requirePublic(HostPort place, List<InetAddress> addresses)
      throws AddressRefused {
    if (addresses.isEmpty() || !addresses.stream().allMatch(PublicAddresses::isPublic)) {
      throw new AddressRefused(
          place + " is not on the public internet; an operator can list exactly this host:port");
    }
  }

  /** Without a port nothing can be listed, so everything must be public. */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var addresses = names.resolve(host);
    requirePublic(new HostPort(host, Origin.HTTPS_PORT), addresses);
    return addresses.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
