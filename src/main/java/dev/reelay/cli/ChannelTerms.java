package dev.reelay.cli;

import dev.reelay.routing.Channel;
import dev.reelay.routing.Channels;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How much of the work a channel gets, and what its credentials may be asked for. */
final class ChannelTerms {
  private ChannelTerms() {}

  /** What may be said of it; what is not said stays as it is. */
  static final class Options {
    @Option(
        names = "--priority",
        paramLabel = "N",
        description = "Higher ones are asked first; 0 unless set.")
    private Optional<Integer> priority = Optional.empty();

    @Option(
        names = "--weight",
        paramLabel = "N",
        description = "Its share among equals; 1 unless set.")
    private Optional<Integer> weight = Optional.empty();

    @Option(
        names = "--calls-at-once",
        paramLabel = "N",
        description = "Calls under way at once, a credential; 64 unless set.")
    private Optional<Integer> callsAtOnce = Optional.empty();

    @Option(
        names = "--creates-per-minute",
        paramLabel = "N|none",
        description = "Creates a minute, a credential; any number unless set.")
    private Optional<Bound> createsPerMinute = Optional.empty();

    @Option(
        names = "--polls-per-minute",
        paramLabel = "N",
        description = "Polls a minute, a credential; 6000 unless set.")
    private Optional<Integer> pollsPerMinute = Optional.empty();

    boolean isEmpty() {
      return priority.isEmpty()
          && weight.isEmpty()
          && callsAtOnce.isEmpty()
          && createsPerMinute.isEmpty()
          && pollsPerMinute.isEmpty();
    }

    Channels.Terms over(Channels.Terms before) {
      var limits = before.limits();
      try {
        return new Channels.Terms(
            new Channel.Weight(
                priority.orElse(before.weight().priority()),
                weight.orElse(before.weight().weight())),
            new Channel.Limits(
                callsAtOnce.orElse(limits.callsAtOnceMax()),
                createsPerMinute.isPresent()
                    ? createsPerMinute.get().limit()
                    : limits.createsPerMinute(),
                pollsPerMinute.orElse(limits.pollsPerMinute())));
      } catch (IllegalArgumentException e) {
        throw Refusal.usage(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Changes terms. */
  @Command(
      name = "set",
      description = {
        "Change how much of the work a channel gets, and how fast each of its credentials",
        "may be asked. What is not named stays as it is."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay channel set other-relay --creates-per-minute 30 --calls-at-once 10")
  static final class Change extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The channel.")
    private String name = "";

    @Mixin private Options changed = new Options();

    Change(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (changed.isEmpty()) {
        throw Refusal.usage("say what to change, such as --creates-per-minute 30");
      }
      var channel = ChannelCommands.channel(desk, name).channel();
      var terms = changed.over(new Channels.Terms(channel.weight(), channel.limits()));
      desk.offer().channels().setTerms(channel.id(), terms);
      return Answer.done(
          "channel " + name + " is set", Docs.channel(ChannelCommands.channel(desk, name)), name);
    }
  }

  /** Everything that may be shown of a channel. */
  static Doc page(Desk desk, String name) {
    var listed = ChannelCommands.channel(desk, name);
    var proxy = Optional.ofNullable(desk.offer().proxies().shown().get(listed.channel().id()));
    return Docs.channel(listed).text("proxy", proxy);
  }

  /** Shows a channel. */
  @Command(name = "show", description = "One channel with its limits; never a secret.")
  static final class Show extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The channel.")
    private String name = "";

    Show(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return Answer.page(page(desk, name), name);
    }
  }
}
