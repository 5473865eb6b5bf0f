package dev.reelay.http.helidon;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Keeps the number of connections within what the system lets this process open. The listener of
 * the library ends for good when it cannot accept for want of a file descriptor.
 */
final class OpenFiles {
  /** For everything that is no connection: jars, database, outgoing calls, results on disk. */
  private static final long OTHER_FILES_MAX = 1_024;

  private OpenFiles() {}

  static int connections(int wanted) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os)) {
      return wanted;
    }
    return within(wanted, os.getMaxFileDescriptorCount());
  }

  /** At least half of the descriptors are left to others if there are few. */
  static int within(int wanted, long descriptors) {
    long free = Math.max(descriptors - OTHER_FILES_MAX, descriptors / 2);
    return (int) Math.max(1, Math.min(wanted, free));
  }
}
