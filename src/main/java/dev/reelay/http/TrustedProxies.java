package dev.reelay.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The peers whose {@code X-Forwarded-*} fields count, as a list of addresses and CIDR blocks. Empty
 * unless configured: not even loopback is trusted, since any program of the machine may connect
 * from there.
 */
public final class TrustedProxies {
  public static final TrustedProxies NONE = new TrustedProxies(List.of());
  static final int HOPS_MAX = 32;

  private final List<Block> blocks;

  private TrustedProxies(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Reads entries such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.7}.
   *
   * @throws IllegalArgumentException naming the entry that is none of these
   */
  public static TrustedProxies parse(List<String> entries) {
    return new TrustedProxies(entries.stream().map(Block::parse).toList());
  }

  public boolean trusts(InetAddress peer) {
    for (var block : blocks) {
      if (block.contains(peer)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The address of the client: the right-most hop that is not one of ours. What stands left of it
   * was written by the client and proves nothing. An entry that is no address ends the walk.
   */
  public InetAddress client(Incoming incoming) {
    var client = incoming.peer();
    if (!trusts(client)) {
      return client;
    }
    var chain = incoming.header(FieldName.X_FORWARDED_FOR).orElse("");
    int end = chain.length();
    for (int hop = 0; hop < HOPS_MAX && end > 0 && trusts(client); hop++) {
      int comma = chain.lastIndexOf(',', end - 1);
      var address = address(chain.substring(comma + 1, end).strip());
      if (address.isEmpty()) {
        return client;
      }
      client = address.get();
      end = comma;
    }
    return client;
  }

  /** The field as the nearest proxy wrote it: its last value, and only from a trusted peer. */
  Optional<String> forwarded(Incoming incoming, FieldName name) {
    if (blocks.isEmpty() || !trusts(incoming.peer())) {
      return Optional.empty();
    }
    return incoming.header(name).map(value -> value.substring(value.lastIndexOf(',') + 1).strip());
  }

  private static Optional<InetAddress> address(String text) {
    var literal = text;
    if (text.startsWith("[") && text.indexOf(']') > 0) {
      literal = text.substring(1, text.indexOf(']'));
    } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
      literal = text.substring(0, text.indexOf(':'));
    }
    return literal(literal);
  }

  /** Never asks a name server: only the literal forms with all their parts are read. */
  private static Optional<InetAddress> literal(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (!v6 && text.chars().filter(c -> c == '.').count() != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The first {@code bits} of an address; the octets are those of the network. */
  private static final class Block {
    private final byte[] octets;
    private final int bits;

    private Block(byte[] octets, int bits) {
      this.octets = octets;
      this.bits = bits;
    }

    static Block parse(String entry) {
      int slash = entry.indexOf('/');
      var text = slash < 0 ? entry.strip() : entry.substring(0, slash).strip();
      var octets =
          literal(text)
              .orElseThrow(() -> new IllegalArgumentException("not an address: " + entry))
              .getAddress();
      int bits = slash < 0 ? octets.length * 8 : bits(entry, entry.substring(slash + 1).strip());
      if (bits < 0 || bits > octets.length * 8) {
        throw new IllegalArgumentException("not a CIDR block: " + entry);
      }
      return new Block(octets, bits);
    }

    private static int bits(String entry, String text) {
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a CIDR block: " + entry, e);
      }
    }

    boolean contains(InetAddress address) {
      var other = address.getAddress();
      if (other.length != octets.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> (i & 7);
        if (((octets[i >> 3] ^ other[i >> 3]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
