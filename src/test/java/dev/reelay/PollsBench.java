package dev.reelay;

import dev.reelay.access.Secret;
import dev.reelay.cli.Desk;
import dev.reelay.config.Config;
import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import dev.reelay.lab.Lab;
import dev.reelay.lab.LabPace;
import dev.reelay.lab.LabPart;
import dev.reelay.lab.LabWord;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.Rates;
import dev.reelay.routing.Channel;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Channels.Addition.Added;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.testkit.RelayClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * The laboratory of {@code bench/polls}, its operator and its clients in one program. Says where
 * the laboratory and its results are, and then obeys, a line each and a line of answer:
 *
 * <ul>
 *   <li>{@code offer URL KEY}: opens the relay's database by the environment, adds a model and a
 *       channel for every provider, and creates one task of each that never ends; tells their
 *       providers.
 *   <li>{@code stock PART FROM TO}: has the jobs of these numbers at a provider, each like its
 *       first one; tells the first one's id, at which a number of {@value #DIGITS} digits is put.
 *   <li>{@code asked PART}: requests so far, and how many jobs were asked for in them.
 *   <li>{@code targets FILE COUNT}: writes so many plain polls of jobs, all providers in turn.
 *   <li>{@code finish COUNT PER_SECOND}: ends jobs, and tells p50, p95, p99 and the worst of the
 *       milliseconds from the poll that says so until a client sees the video.
 * </ul>
 */
final class PollsBench {
  private static final int DIGITS = 7;
  private static final int TASK_ID_CHARS = 26;
  private static final Money PRICE = Money.parse("0.01");

  /** Far above what is asked for, so that only intervals bound the polls. */
  private static final Channels.Terms TERMS =
      new Channels.Terms(Channel.Weight.DEFAULT, new Channel.Limits(256, 1_000_000));

  private final Lab lab;
  private final HurriedJobs jobs;
  private final Map<String, String> environment;
  private final Map<String, List<String>> stock = new HashMap<>();

  private PollsBench(Lab lab, Map<String, String> environment) {
    this.lab = lab;
    this.jobs = new HurriedJobs(lab);
    this.environment = environment;
  }

  static void main() throws Exception {
    try (var lab = Lab.start(LabPace.QUICK)) {
      IO.println(lab.address().getAuthority() + " " + lab.filesAddress().getAuthority());
      var bench = new PollsBench(lab, System.getenv());
      for (var line = IO.readln(); line != null; line = IO.readln()) {
        IO.println(bench.obey(List.of(line.split(" "))));
      }
    }
  }

  private String obey(List<String> words) throws IOException, InterruptedException {
    return switch (words.getFirst()) {
      case "offer" -> offer(new RelayClient(URI.create(words.get(1)), words.get(2)));
      case "stock" ->
          stock(words.get(1), Integer.parseInt(words.get(2)), Integer.parseInt(words.get(3)));
      case "asked" -> lab.requests(words.get(1)) + " " + jobs.polls(words.get(1));
      case "targets" -> targets(Path.of(words.get(1)), Integer.parseInt(words.get(2)));
      case "finish" -> finish(Integer.parseInt(words.get(1)), Integer.parseInt(words.get(2)));
      default -> "unknown: " + words.getFirst();
    };
  }

  private String offer(RelayClient client) {
    try (var desk = new OperatorDesks(InstantSource.system(), new SecureRandom()).open(config())) {
      parts().forEach(part -> add(desk, part));
    }
    for (var part : parts()) {
      jobs.watch(part.name(), client);
      var created = create(client, model(part));
      if (!created.contains("task_")) {
        return part.name() + ": " + created;
      }
    }
    return parts().stream().map(LabPart::name).collect(Collectors.joining(" "));
  }

  private static String create(RelayClient client, String model) {
    if (!client.awaitModel(model)) {
      return "the relay does not know its model";
    }
    var body = JsonMapper.shared().createObjectNode();
    body.put("model", model).put("prompt", LabWord.ENDLESS.text() + " a fox");
    return client.create(body.toString()).text();
  }

  private Config config() {
    return switch (new ConfigReader(environment, Path.of("")).read()) {
      case ConfigResult.Loaded loaded -> loaded.config();
      case ConfigResult.Refused(var problems) -> throw new IllegalStateException("" + problems);
    };
  }

  private void add(Desk desk, LabPart part) {
    var name = new ModelName(model(part));
    var at = part.channel();
    var channel =
        new Channels.NewChannel(
            model(part),
            part.name(),
            lab.baseUrl(part),
            TERMS,
            Map.of(name, at.model()),
            at.settings());
    desk.offer().models().save(new Model(name, at.capability()));
    desk.offer().models().setPrice(name, new Price.PerVideo(Rates.flat(PRICE)));
    if (!(desk.offer().channels().add(channel, "main", new Secret(at.secret())) instanceof Added)) {
      throw new IllegalStateException("there is a channel " + model(part));
    }
  }

  private static String model(LabPart part) {
    return "lab-" + part.name();
  }

  private static List<LabPart> parts() {
    return PlainPoll.ALL.stream()
        .flatMap(poll -> Lab.parts().stream().filter(part -> part.name().equals(poll.part())))
        .toList();
  }

  private String stock(String part, int from, int to) {
    var desk = lab.desk(part);
    var first = desk.jobs().getLast();
    for (var number = from; number <= to; number++) {
      var id = numbered(first.id(), number);
      desk.makeAlike(first, id);
      jobs.add(part, id, "task_" + zeros(TASK_ID_CHARS, number));
      stock.computeIfAbsent(part, _ -> new ArrayList<>()).add(id);
    }
    return first.id();
  }

  private static String numbered(String first, int number) {
    return first + zeros(DIGITS, number);
  }

  private static String zeros(int digits, int number) {
    return ("%0" + digits + "d").formatted(number);
  }

  private String targets(Path file, int count) throws IOException {
    var lines = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      var poll = PlainPoll.ALL.get(i % PlainPoll.ALL.size());
      var ids = stock.getOrDefault(poll.part(), List.of());
      lines.add(poll.line(lab.address(), ids.get(i / PlainPoll.ALL.size() % ids.size())));
    }
    Files.write(file, lines);
    return String.valueOf(count);
  }

  private String finish(int count, int perSecond) throws InterruptedException {
    return jobs.end(count, perSecond)
        .map(of -> "%d %d %d %d".formatted(of.p50(), of.p95(), of.p99(), of.worst()))
        .orElse("not all of " + count + " were seen");
  }
}
