package dev.reelay.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, for saying which
 * callers are trusted proxies. Names are never resolved.
 *
 * @param network the first address of the block
 * @param prefixBits how many leading bits every address of it shares, 0 to 32 or 0 to 128
 */
public record AddressRange(InetAddress network, int prefixBits) {
  public AddressRange {
    var widthBits = network.getAddress().length * Byte.SIZE;
    if (prefixBits < 0 || prefixBits > widthBits) {
      throw new IllegalArgumentException("must have 0 to " + widthBits + " bits behind the slash");
    }
    if (!network.equals(masked(network, prefixBits))) {
      throw new IllegalArgumentException(
          "has bits behind its prefix; meant may be "
              + masked(network, prefixBits).getHostAddress()
              + "/"
              + prefixBits);
    }
  }

  /**
   * Reads {@code address/bits}, or one address alone.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static AddressRange parse(String text) {
    var slash = text.indexOf('/');
    var address = address(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0) {
      return new AddressRange(address, address.getAddress().length * Byte.SIZE);
    }
    var bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("must end in a slash and a number of bits");
    }
    return new AddressRange(address, Integer.parseInt(bits));
  }

  private static InetAddress address(String text) {
    var address = literal(text);
    // The JDK also reads "10.1" and "167772161" as addresses; here they are typing mistakes.
    if (address instanceof Inet4Address && !text.contains(":")) {
      if (!address.getHostAddress().equals(text)) {
        throw new IllegalArgumentException("must be written as four numbers from 0 to 255");
      }
    }
    return address;
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be an address or address/bits, not a name", e);
    }
  }

  public boolean contains(InetAddress address) {
    return address.getAddress().length == network.getAddress().length
        && network.equals(masked(address, prefixBits));
  }

  private static InetAddress masked(InetAddress address, int bits) {
    var bytes = address.getAddress();
    for (var i = 0; i < bytes.length; i++) {
      var kept = Math.clamp(bits - (long) i * Byte.SIZE, 0, Byte.SIZE);
      bytes[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are always an address", e);
    }
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefixBits;
  }
}
