package dev.reelay.cli;

import dev.reelay.config.Config;
import dev.reelay.money.Reconcile;
import dev.reelay.routing.Channel;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.task.TaskState;
import dev.reelay.task.TaskStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What doctor asks of an open database: clock, books, channels, prices, keys. */
final class DeskChecks {
  private static final Duration CLOCK_GAP_MAX = Duration.ofSeconds(2);

  private final Desk desk;
  private final Config config;
  private final Instant now;

  DeskChecks(Desk desk, Config config, Instant now) {
    this.desk = desk;
    this.config = config;
    this.now = now;
  }

  Stream<Finding> run() {
    var facts = desk.database().get();
    var channels = desk.offer().channels().list();
    return Stream.of(
            List.of(Finding.fine("database", facts.version() + ", migrated")),
            List.of(clock(facts.now())),
            List.of(relays(facts.relaysAlive())),
            List.of(books()),
            channels(channels),
            models(),
            List.of(keys()),
            List.of(doubts()))
        .flatMap(Collection::stream);
  }

  private Finding clock(Instant databaseNow) {
    var gap = Duration.between(databaseNow, now).abs();
    return gap.compareTo(CLOCK_GAP_MAX) <= 0
        ? Finding.fine("clock", "agrees with the database's")
        : Finding.problem(
            "clock",
            "this machine and the database are " + gap.toSeconds() + " s apart",
            "set both clocks by NTP: leases and deadlines depend on them");
  }

  private static Finding relays(int alive) {
    return alive == 0
        ? Finding.warning("relay", "no relay works on this database", "start one with reelay serve")
        : Finding.fine("relay", alive + " working on this database");
  }

  private Finding books() {
    var faults = Reconcile.faults(desk.work().books().get());
    return faults.isEmpty()
        ? Finding.fine("books", "balance")
        : Finding.problem(
            "books",
            faults.size() + " faults, the first: " + faults.getFirst(),
            "stop taking tasks and read reelay reconcile");
  }

  private List<Finding> channels(List<Channels.Listed> listed) {
    var inUse = listed.stream().map(Channels.Listed::channel).filter(Channel::enabled).toList();
    var real = inUse.stream().filter(channel -> !channel.isSandbox()).toList();
    return List.of(
        any(inUse, listed),
        sandbox(inUse, real),
        named(
            "channel_credentials",
            inUse.stream().filter(c -> c.credentials().isEmpty()).map(Channel::name),
            "have no credential in use",
            "reelay channel credential NAME --credential-file FILE"),
        named(
            "channel_models",
            inUse.stream().filter(c -> c.models().isEmpty()).map(Channel::name),
            "make no model",
            "reelay channel map NAME MODEL"),
        named(
            "channel_encryption",
            real.stream().filter(c -> "http".equals(c.baseUrl().getScheme())).map(Channel::name),
            "send their secrets unencrypted (http)",
            "reelay channel url NAME https://…"));
  }

  private static Finding any(List<Channel> inUse, List<Channels.Listed> listed) {
    return inUse.isEmpty()
        ? Finding.problem(
            "channels",
            listed.isEmpty() ? "there is no channel" : "every channel is out of use",
            "reelay channel add, reelay channel enable, or REELAY_SANDBOX=true to try it")
        : Finding.fine("channels", inUse.size() + " in use");
  }

  private Finding sandbox(List<Channel> inUse, List<Channel> real) {
    var beside = inUse.stream().anyMatch(Channel::isSandbox) && !real.isEmpty();
    if (beside) {
      return Finding.warning(
          "sandbox",
          "the sandbox stands beside real channels and still makes sandbox-video for money",
          "set REELAY_SANDBOX=false and restart, unless customers should try it");
    }
    return config.sandbox() && real.isEmpty()
        ? Finding.warning(
            "sandbox",
            "only the sandbox makes videos: test pictures, no real ones",
            "add a provider with reelay channel add")
        : Finding.fine("sandbox", config.sandbox() ? "on" : "off");
  }

  private List<Finding> models() {
    var catalogue = desk.offer().catalogue().load();
    var models =
        catalogue.models().values().stream()
            .map(Model::name)
            .sorted((a, b) -> a.value().compareTo(b.value()))
            .toList();
    var mapped =
        catalogue.channels().stream()
            .flatMap(channel -> channel.models().keySet().stream())
            .distinct();
    var dead =
        catalogue.aliases().values().stream()
            .filter(alias -> catalogue.behind(alias.name()).isEmpty())
            .map(alias -> alias.name().value());
    return List.of(
        named(
            "model_channels",
            models.stream().filter(name -> !catalogue.isServed(name)).map(Object::toString),
            "are made by no channel in use",
            "reelay channel map CHANNEL MODEL, or reelay model remove MODEL"),
        named(
            "model_prices",
            models.stream().filter(name -> catalogue.price(name).isEmpty()).map(Object::toString),
            "have no price: creates are refused",
            "reelay price set MODEL …"),
        named(
            "channel_unknown_models",
            mapped.filter(name -> catalogue.find(name).isEmpty()).map(Object::toString),
            "are mapped by channels and are no models",
            "reelay model add MODEL, or reelay channel map CHANNEL MODEL --remove"),
        named(
            "aliases",
            dead,
            "are aliases of nothing that exists",
            "reelay model alias NAME MODEL, or --remove"));
  }

  private Finding keys() {
    var keys = desk.people().keys().list(Optional.empty());
    if (keys.stream().allMatch(usage -> usage.key().refusal(now).isPresent())) {
      return Finding.warning(
          "keys",
          keys.isEmpty() ? "there is no API key" : "every API key is expired or revoked",
          "reelay key create TENANT");
    }
    return named(
        "keys",
        KeyCommands.expired(keys, now).stream().map(u -> String.valueOf(u.key().id().value())),
        "have expired",
        "reelay key limit ID --expires 30d, or reelay key revoke ID");
  }

  private Finding doubts() {
    var query =
        new TaskStore.Query(
            Optional.empty(),
            Set.of(TaskState.Name.IN_DOUBT),
            Optional.empty(),
            Optional.empty(),
            TaskStore.Query.LIMIT_MAX);
    var doubts = desk.work().tasks().list(query).size();
    return doubts == 0
        ? Finding.fine("tasks_in_doubt", "none")
        : Finding.warning(
            "tasks_in_doubt",
            doubts + " were sent and never answered",
            "reelay task list --in-doubt, then attach, resend or refund");
  }

  private static Finding named(String check, Stream<String> names, String what, String cure) {
    var all = names.sorted().collect(Collectors.joining(", "));
    return all.isEmpty()
        ? Finding.fine(check, "as it should be")
        : Finding.warning(check, all + " " + what, cure);
  }
}
