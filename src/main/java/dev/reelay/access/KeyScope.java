package dev.reelay.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * What a key may be used for and from where. An empty list allows everything.
 *
 * @param models names of models and aliases that may be asked for, as callers write them
 * @param addresses where calls may come from
 */
public record KeyScope(Set<String> models, List<AddressRange> addresses) {
  public static final int ENTRIES_MAX = 100;
  public static final KeyScope ALL = new KeyScope(Set.of(), List.of());

  public KeyScope {
    models = Set.copyOf(models);
    addresses = List.copyOf(addresses);
    if (models.size() > ENTRIES_MAX || addresses.size() > ENTRIES_MAX || models.contains("")) {
      throw new IllegalArgumentException("a list has up to " + ENTRIES_MAX + " entries with text");
    }
  }

  public boolean allowsModel(String name) {
    return models.isEmpty() || models.contains(name);
  }

  public boolean allowsAddress(InetAddress address) {
    if (addresses.isEmpty()) {
      return true;
    }
    for (var range : addresses) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
