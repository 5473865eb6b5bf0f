package dev.reelay.store;

import dev.reelay.access.TenantId;
import dev.reelay.routing.ChannelId;
import dev.reelay.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Changes as the payload of a notification: the sender in the first line, then one change a line.
 * PostgreSQL takes less than 8000 bytes, so many changes make several payloads. All of it is ASCII.
 */
final class ChangeText {
  static final int PAYLOAD_BYTES_MAX = 7_900;
  private static final String TASK = "t";
  private static final String HINT = "h";
  private static final String KEYS = "k";
  private static final String CATALOGUE = "c";
  private static final String ACCOUNT = "a";
  private static final String HEALTH = "w";
  private static final String EVERYTHING = "*";

  private ChangeText() {}

  /** A payload as received. */
  record Notice(String sender, List<Change> changes) {}

  static List<String> write(String sender, Collection<Change> changes) {
    var payloads = new ArrayList<String>();
    var payload = new StringBuilder(sender);
    for (var change : changes) {
      var line = "\n" + line(change);
      if (payload.length() + line.length() > PAYLOAD_BYTES_MAX) {
        payloads.add(payload.toString());
        payload = new StringBuilder(sender);
      }
      payload.append(line);
    }
    payloads.add(payload.toString());
    return payloads;
  }

  /** Never throws: what is not understood counts as everything. */
  static Notice read(String payload) {
    var lines = payload.split("\n");
    var changes = new ArrayList<Change>();
    for (var i = 1; i < lines.length; i++) {
      changes.add(change(lines[i]));
    }
    return new Notice(lines[0], changes);
  }

  private static String line(Change change) {
    return switch (change) {
      case Change.OfTask(TaskId task) -> TASK + task.value();
      case Change.OfHint(TaskId task) -> HINT + task.value();
      case Change.OfKeys() -> KEYS;
      case Change.OfCatalogue() -> CATALOGUE;
      case Change.OfAccount(TenantId tenant) -> ACCOUNT + tenant.value();
      case Change.OfHealth(ChannelId channel) -> HEALTH + channel.value();
      case Change.OfEverything() -> EVERYTHING;
    };
  }

  private static Change change(String line) {
    if (line.isEmpty()) {
      return new Change.OfEverything();
    }
    var rest = line.substring(1);
    try {
      return switch (line.substring(0, 1)) {
        case TASK -> new Change.OfTask(new TaskId(rest));
        case HINT -> new Change.OfHint(new TaskId(rest));
        case KEYS -> new Change.OfKeys();
        case CATALOGUE -> new Change.OfCatalogue();
        case ACCOUNT -> new Change.OfAccount(new TenantId(Long.parseLong(rest)));
        case HEALTH -> new Change.OfHealth(new ChannelId(Long.parseLong(rest)));
        default -> new Change.OfEverything();
      };
    } catch (IllegalArgumentException _) {
      return new Change.OfEverything();
    }
  }
}
