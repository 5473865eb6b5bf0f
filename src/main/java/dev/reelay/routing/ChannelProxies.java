package dev.reelay.routing;

import java.util.Map;

/** The port to the proxies of channels. Passwords go in and never come out here. */
public interface ChannelProxies {
  /** Sets or replaces the channel's proxy and tells running servers; false: no such channel. */
  boolean save(ChannelId channel, ChannelProxy proxy);

  /** Calls go directly again; false if they did already. */
  boolean remove(ChannelId channel);

  /** Channels with a proxy, each in words without its password. */
  Map<ChannelId, String> shown();
}
