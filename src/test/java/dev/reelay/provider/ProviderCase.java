package dev.reelay.provider;

import dev.reelay.access.Secret;
import dev.reelay.asset.AssetId;
import dev.reelay.money.Bill;
import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Shape;
import dev.reelay.task.Attempt;
import dev.reelay.task.Callback;
import dev.reelay.task.CancelOutcome;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.FindOutcome;
import dev.reelay.task.Job;
import dev.reelay.task.ListOutcome;
import dev.reelay.task.ListedJob;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureRole;
import dev.reelay.task.PollOutcome;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.QuickFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One readable example of a provider: what we do, what goes out, what comes back, what we make of
 * it; four parts divided by ten dashes.
 *
 * <p>Part 1: comments ({@code #}), then {@code submit}, {@code poll <id>}, {@code cancel <id>},
 * {@code find}, {@code poll-all <ids>}, {@code list <since>} or {@code callback <body>}, then
 * {@code name: value} lines ({@code prompt}, {@code model} as the provider names it, {@code
 * credential}, {@code seconds}, {@code resolution}, {@code ratio}, {@code audio}, {@code image}
 * (several divided by blanks; a data URL is one that is kept), {@code option.<name>}, {@code
 * setting.<name>}). Part 3, one block a call, blocks divided by a line {@code then}: a status and a
 * body on one line, or one of {@code cut}, {@code reset}, {@code hang}, {@code garbage}, {@code
 * refuse}; header lines may follow. A case that cannot occur is one line {@code cannot occur: why}.
 */
record ProviderCase(String comments, List<String> does, String sends, String gets, String means) {
  private static final URI CALLBACK = URI.create("https://relay.example/callback/1/2/3");
  private static final String DASHES = "----------";
  private static final AssetId STORED = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
  private static final Set<String> UNINTERESTING =
      Set.of("host", "connection", "user-agent", "content-length", "accept-encoding");

  static ProviderCase parse(String text) {
    var parts = text.strip().split("\n" + DASHES + "\n?", -1);
    var lines = parts[0].lines().map(String::strip).toList();
    var comments = lines.stream().filter(l -> l.startsWith("#")).collect(Collectors.joining("\n"));
    var does = lines.stream().filter(l -> !l.startsWith("#") && !l.isEmpty()).toList();
    if (parts.length == 1) {
      return new ProviderCase(comments, does, "", "", "");
    }
    if (parts.length != 4) {
      throw new IllegalArgumentException("a case has four parts, this one " + parts.length);
    }
    return new ProviderCase(comments, does, parts[1].strip(), parts[2].strip(), parts[3].strip());
  }

  boolean cannotOccur() {
    return does.size() == 1
        && does.getFirst().startsWith("cannot occur: ")
        && does.getFirst().length() > 20;
  }

  String text() {
    var first = comments.isEmpty() ? "" : comments + "\n";
    return String.join(
        "\n" + DASHES + "\n", first + String.join("\n", does), sends, gets, means + "\n");
  }

  /** The same case with what really goes out and what is really made of it. */
  ProviderCase played(Provider provider) {
    try (var folder = QuickFolder.make();
        var upstream = FakeUpstream.start();
        var outbound = ProviderKit.outbound(upstream.place())) {
      var refuses = gets.equals("refuse");
      if (refuses) {
        upstream.stopListening();
      } else {
        Arrays.stream(gets.split("\nthen\n"))
            .forEach(block -> upstream.will(script(block, upstream)));
      }
      var channel = ProviderKit.channel(provider.name(), upstream.baseUrl(), settings());
      var given = new ProviderKit.Given(new FolderAssetFiles(folder.path()), secret());
      var let = new Providers(List.of(loggedIn(provider)));
      var engine = ProviderKit.engine(channel, let, outbound, given);
      var outcome = act(engine, folder.path()).replace(upstream.place(), "<base>");
      return new ProviderCase(comments, does, sent(upstream), gets, outcome);
    }
  }

  /** The same adapter with the case's credential for its token: a log-in has tests of its own. */
  private static Provider loggedIn(Provider provider) {
    return (Provider)
        Proxy.newProxyInstance(
            Provider.class.getClassLoader(),
            new Class<?>[] {Provider.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("login")
                    ? Optional.empty()
                    : method.invoke(provider, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private String act(Engine engine, Path inputs) {
    var words = does.getFirst().split(" ", 2);
    return switch (words[0]) {
      case "submit" -> word(engine.submit(request(inputs), attempt(), Optional.of(CALLBACK)));
      case "find" -> word(engine.find(attempt()));
      case "list" -> word(engine.list(attempt(), since()));
      case "callback" -> engine.named(ProviderKit.CHANNEL, callback()).orElse("Nothing");
      case "poll" -> word(engine.poll(job(words[1])));
      case "poll-all" -> polled(engine, List.of(words[1].split(" ")));
      case "cancel" -> word(engine.cancel(job(words[1])));
      default ->
          throw new IllegalArgumentException(
              "not submit, poll, poll-all, cancel, find, list or callback: " + words[0]);
    };
  }

  private Job job(String id) {
    return new Job(attempt(), id);
  }

  /** What is made of each of several jobs, one a line. */
  private String polled(Engine engine, List<String> ids) {
    var outcomes = engine.pollAll(ids.stream().map(this::job));
    return IntStream.range(0, ids.size())
        .mapToObj(n -> ids.get(n) + " " + word(outcomes.get(n)))
        .collect(Collectors.joining("\n"));
  }

  private Map<String, String> fields() {
    var fields = new HashMap<String, String>();
    for (var line : does.subList(1, does.size())) {
      var colon = line.indexOf(':');
      fields.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return fields;
  }

  private Map<String, String> under(String prefix) {
    return fields().entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .collect(Collectors.toMap(e -> e.getKey().substring(prefix.length()), Map.Entry::getValue));
  }

  private String secret() {
    return fields().getOrDefault("credential", ProviderKit.SECRET);
  }

  /** By the provider's own name of the model. */
  private Attempt attempt() {
    return ProviderKit.attempt(fields().getOrDefault("model", "sora-2"));
  }

  /** The channel and the moment, for who drives the adapter without an engine. */
  Context context() {
    return new Context(
        URI.create("https://api.example"),
        new Secret(fields().getOrDefault("credential", ProviderKit.SECRET)),
        fields().getOrDefault("model", "sora-2"),
        settings(),
        ProviderKit.NOW);
  }

  private Map<String, String> settings() {
    return under("setting.").entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> setting(entry.getValue())));
  }

  /** {@code @docs/examples/kie.yaml} stands for what is in that file. */
  private static String setting(String value) {
    try {
      return value.startsWith("@") ? Files.readString(Path.of(value.substring(1))) : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VideoRequest request(Path inputs) {
    var fields = fields();
    var shape =
        new Shape(
            Integer.parseInt(fields.getOrDefault("seconds", "10")),
            Resolution.parse(fields.getOrDefault("resolution", "720p")),
            AspectRatio.parse(fields.getOrDefault("ratio", "9:16")),
            Boolean.parseBoolean(fields.getOrDefault("audio", "true")));
    var plain = ProviderKit.request(fields.getOrDefault("prompt", "a cat on a piano"), shape);
    var parent = Optional.ofNullable(fields.get("remix of")).map(ProviderKit::parent);
    return new VideoRequest(
        plain.form(),
        plain.served(),
        plain.prompt(),
        plain.shape(),
        pictures(fields, inputs),
        clips(fields),
        under("option."),
        new VideoRequest.Extras(Optional.empty(), Map.of(), Optional.empty(), parent, List.of()));
  }

  /**
   * Those of {@code image} are unlabelled; other lines name the role, such as {@code last_frame}.
   */
  private static List<Picture> pictures(Map<String, String> fields, Path inputs) {
    var pictures = new ArrayList<Picture>();
    var unlabelled = texts(fields, "image");
    var usual = PictureRole.ofUnlabelled(unlabelled.size());
    unlabelled.forEach(text -> pictures.add(picture(text, usual, inputs)));
    for (var role : PictureRole.values()) {
      texts(fields, role.word()).forEach(text -> pictures.add(picture(text, role, inputs)));
    }
    return pictures;
  }

  /** Those of {@code reference_video} and of {@code reference_audio}. */
  private static List<Clip> clips(Map<String, String> fields) {
    return Arrays.stream(ClipKind.values())
        .flatMap(
            kind ->
                texts(fields, "reference_" + kind.word()).stream()
                    .<Clip>map(url -> new Clip.Web(url, kind)))
        .toList();
  }

  private static List<String> texts(Map<String, String> fields, String name) {
    return fields.containsKey(name) ? List.of(fields.get(name).split(" ")) : List.of();
  }

  /** A data URL stands for a picture whose bytes the relay keeps. */
  private static Picture picture(String text, PictureRole role, Path inputs) {
    if (!text.startsWith("data:")) {
      return new Picture.Web(text, role);
    }
    var type = text.substring("data:".length(), text.indexOf(';'));
    var bytes = Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1));
    try {
      Files.write(inputs.resolve(STORED.value()), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Picture.Stored(STORED, type, bytes.length, "ab".repeat(32), role);
  }

  private Instant since() {
    return Instant.parse(does.getFirst().split(" ", 2)[1]);
  }

  private Callback callback() {
    return new Callback(fields().getOrDefault("query", ""), does.getFirst().split(" ", 2)[1]);
  }

  private static FakeUpstream.Script script(String block, FakeUpstream upstream) {
    return switch (block.strip()) {
      case "cut" -> new FakeUpstream.Script.Cut();
      case "reset" -> new FakeUpstream.Script.Reset();
      case "hang" -> new FakeUpstream.Script.Hang();
      case "garbage" -> FakeUpstream.raw("\u0001\u0002 this is no HTTP \u0003\r\n\r\n");
      default -> answer(block.replace("<base>", upstream.place()));
    };
  }

  private static FakeUpstream.Script answer(String block) {
    var lines = block.strip().lines().toList();
    var first = lines.getFirst().split(" ", 2);
    var headers = lines.subList(1, lines.size()).toArray(String[]::new);
    return FakeUpstream.answer(
        Integer.parseInt(first[0]), first.length > 1 ? first[1] : "", headers);
  }

  private static String sent(FakeUpstream upstream) {
    var blocks = new ArrayList<String>();
    for (var request : upstream.requests()) {
      var out = new StringBuilder(request.method() + " " + request.target());
      Consumer<String> line = text -> out.append('\n').append(text);
      request
          .headers()
          .forEach(
              (name, value) -> {
                if (!UNINTERESTING.contains(name)) {
                  line.accept(name + ": " + value.replace(ProviderKit.SECRET, "<hidden>"));
                }
              });
      if (!request.body().isEmpty()) {
        line.accept(request.body().replace("\r\n", "\n").strip());
      }
      blocks.add(out.toString().replace(upstream.place(), "<base>"));
    }
    return String.join("\nthen\n", blocks);
  }

  private static String word(SubmitOutcome outcome) {
    return switch (outcome) {
      case SubmitOutcome.NotSent _ -> "NotSent";
      case SubmitOutcome.Accepted(String id) -> "Accepted(" + id + ")";
      case SubmitOutcome.Rejected(var failure, boolean ours) ->
          "Rejected("
              + failure.code()
              + (ours ? ", our account" : "")
              + ", \""
              + failure.message()
              + "\")";
      case SubmitOutcome.Ambiguous _ -> "Ambiguous";
    };
  }

  private static String word(PollOutcome outcome) {
    return switch (outcome) {
      case PollOutcome.Pending(var percent) ->
          "Pending(" + (percent.isPresent() ? percent.getAsInt() + "%" : "?") + ")";
      case PollOutcome.Succeeded(var result) ->
          "Done("
              + result.video()
              + result.thumbnail().map(t -> ", thumbnail " + t).orElse("")
              + result.enhancedPrompt().map(p -> ", prompt \"" + p + "\"").orElse("")
              + word(result.bill())
              + ")";
      case PollOutcome.Failed(var failure, var bill) ->
          "Failed(" + failure.code() + ", \"" + failure.message() + "\"" + word(bill) + ")";
      case PollOutcome.Canceled _ -> "Canceled";
      case PollOutcome.Unrecognized(String raw) -> "Unrecognized(" + raw + ")";
      case PollOutcome.Unanswered(_, var after) -> unanswered(after);
    };
  }

  private static String word(Bill bill) {
    return bill.units().stream().mapToObj(n -> ", units " + n).collect(Collectors.joining())
        + bill.cost().map(money -> ", cost " + money).orElse("");
  }

  private static String word(FindOutcome outcome) {
    return switch (outcome) {
      case FindOutcome.Found(String id) -> "Found(" + id + ")";
      case FindOutcome.Absent _ -> "Absent";
      case FindOutcome.Unanswered(_, var after) -> unanswered(after);
    };
  }

  private static String word(ListOutcome outcome) {
    return switch (outcome) {
      case ListOutcome.Listed(var jobs) when jobs.isEmpty() -> "Listed nothing";
      case ListOutcome.Listed(var jobs) ->
          jobs.stream().map(ProviderCase::word).collect(Collectors.joining("\n", "Listed\n", ""));
      case ListOutcome.Unanswered(_, var after) -> unanswered(after);
    };
  }

  private static String word(ListedJob job) {
    return job.upstreamId()
        + " "
        + job.createdAt()
        + job.model().map(model -> " " + model).orElse("")
        + job.prompt().map(prompt -> " \"" + prompt + "\"").orElse("");
  }

  private static String unanswered(Optional<Duration> after) {
    return "Unanswered" + after.map(d -> "(again in " + d.toSeconds() + " s)").orElse("");
  }

  private static String word(CancelOutcome outcome) {
    return switch (outcome) {
      case CancelOutcome.Asked _ -> "Asked";
      case CancelOutcome.NotSupported _ -> "NotSupported";
      case CancelOutcome.Unanswered _ -> "Unanswered";
    };
  }
}
