package dev.reelay.routing;

import java.util.List;

/**
 * The port through which an operator sees what the nodes keep in memory of health, and tells them
 * to forget it. A node writes and never reads it.
 */
public interface HealthBoard {
  /** Replaces what this node has shown before. */
  void show(String node, List<HealthBook.Line> outages);

  /** What living nodes show, by node. */
  List<Shown> shown();

  /** Tells every node that all of this channel is well. */
  void reset(ChannelId channel);

  /** What is out of use on one node. */
  record Shown(String node, HealthBook.Line line) {}
}
