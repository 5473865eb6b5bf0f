package dev.reelay.provider;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the open internet from all others. IPv4 is open unless listed here; IPv6 is
 * closed unless global unicast (2000::/3) and not listed here. Forms that carry an IPv4 address
 * inside (6to4, NAT64, Teredo, mapped) lead elsewhere than they look, so they are closed, except
 * that a mapped one is judged by the address inside.
 */
final class PublicAddresses {
  private static final List<Block> CLOSED_V4 =
      List.of(
          Block.of("0.0.0.0", 8),
          Block.of("10.0.0.0", 8),
          Block.of("100.64.0.0", 10),
          Block.of("127.0.0.0", 8),
          // A cloud's inner server that looks public.
          Block.of("168.63.129.16", 32),
          Block.of("169.254.0.0", 16),
          Block.of("172.16.0.0", 12),
          Block.of("192.0.0.0", 24),
          Block.of("192.0.2.0", 24),
          Block.of("192.88.99.0", 24),
          Block.of("192.168.0.0", 16),
          Block.of("198.18.0.0", 15),
          Block.of("198.51.100.0", 24),
          Block.of("203.0.113.0", 24),
          Block.of("224.0.0.0", 4),
          Block.of("240.0.0.0", 4));
  private static final Block GLOBAL_V6 = Block.of("2000::", 3);
  private static final List<Block> CLOSED_V6 =
      List.of(
          // Protocol assignments, with Teredo, benchmarks and ORCHID among them.
          Block.of("2001::", 23),
          Block.of("2001:db8::", 32),
          Block.of("2002::", 16),
          Block.of("3fff::", 20));
  private static final int V6_BYTES = 16;
  private static final int V4_START = 12;

  private PublicAddresses() {}

  static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> isPublicV4(v4.getAddress());
      case Inet6Address v6 -> isPublicV6(v6.getAddress());
      default -> false;
    };
  }

  private static boolean isPublicV4(byte[] address) {
    return CLOSED_V4.stream().noneMatch(block -> block.holds(address));
  }

  private static boolean isPublicV6(byte[] address) {
    if (isMapped(address)) {
      return isPublicV4(Arrays.copyOfRange(address, V4_START, V6_BYTES));
    }
    return GLOBAL_V6.holds(address) && CLOSED_V6.stream().noneMatch(block -> block.holds(address));
  }

  private static boolean isMapped(byte[] address) {
    for (var i = 0; i < V4_START - 2; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return address[V4_START - 2] == -1 && address[V4_START - 1] == -1;
  }

  /** All addresses that begin with the same bits. */
  private record Block(List<Byte> start, int bits) {
    static Block of(String literal, int bits) {
      var bytes = InetAddress.ofLiteral(literal).getAddress();
      var boxed = new ArrayList<Byte>();
      for (var b : bytes) {
        boxed.add(b);
      }
      return new Block(List.copyOf(boxed), bits);
    }

    boolean holds(byte[] address) {
      for (var bit = 0; bit < bits; bit++) {
        var mask = 1 << (7 - bit % 8);
        if ((address[bit / 8] & mask) != (start.get(bit / 8) & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
