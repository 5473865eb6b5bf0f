package dev.reelay.cli;

import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.HealthBoard.Shown;
import dev.reelay.routing.HealthPart;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What running relays have out of use, and how to put it back. */
final class HealthCommands {
  private HealthCommands() {}

  /** Shows what is out of use. */
  @Command(
      name = "health",
      description = {
        "What running relays leave alone, why, and when the next probe goes.",
        "Each relay keeps this in its memory, as it has seen it itself."
      })
  static final class ShowHealth extends OperatorCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "One channel; default: all.")
    private Optional<String> name = Optional.empty();

    ShowHealth(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var channels = desk.offer().channels().list();
      name.ifPresent(wanted -> ChannelCommands.channel(desk, wanted));
      var rows =
          desk.offer().health().shown().stream()
              .map(shown -> row(shown, channels))
              .filter(row -> name.isEmpty() || row.channel().equals(name.get()))
              .map(Row::doc)
              .toList();
      return Answer.list("out_of_use", rows);
    }

    private record Row(String channel, Doc doc) {}

    private static Row row(Shown shown, List<Channels.Listed> channels) {
      var part = shown.line().part();
      var channel = named(channels, part.channel());
      var outage = shown.line().outage();
      return new Row(
          channel,
          new Doc()
              .text("channel", channel)
              .text("what", what(part, channels))
              .text("node", shown.node())
              .time("since", outage.since())
              .time("probe_at", outage.probeAt())
              .text("why", outage.why()));
    }

    private static String named(List<Channels.Listed> channels, ChannelId id) {
      return channels.stream()
          .map(Channels.Listed::channel)
          .filter(channel -> channel.id().equals(id))
          .map(channel -> channel.name())
          .findFirst()
          .orElse(String.valueOf(id.value()));
    }

    private static String what(HealthPart part, List<Channels.Listed> channels) {
      return switch (part) {
        case HealthPart.OfChannel _ -> "channel";
        case HealthPart.OfModel(_, String model) -> "model " + model;
        case HealthPart.OfCredential(_, CredentialId id) ->
            "credential "
                + channels.stream()
                    .flatMap(listed -> listed.credentials().stream())
                    .filter(line -> line.id().equals(id))
                    .map(Channels.CredentialLine::name)
                    .findFirst()
                    .orElse(String.valueOf(id.value()));
      };
    }
  }

  /** Puts all of a channel back into use. */
  @Command(
      name = "reset",
      description = {
        "Let every running relay use all of a channel again at once.",
        "What is still broken soon goes out of use again."
      })
  static final class Reset extends OperatorCommand {
    @Parameters(paramLabel = "NAME", description = "The channel.")
    private String name = "";

    Reset(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var channel = ChannelCommands.channel(desk, name);
      desk.offer().health().reset(channel.channel().id());
      return Answer.done(
          "told every running relay that channel " + name + " is well",
          Docs.channel(channel),
          name);
    }
  }
}
