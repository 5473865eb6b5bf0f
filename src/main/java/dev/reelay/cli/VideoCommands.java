package dev.reelay.cli;

import dev.reelay.cli.OperatorCommand.Terms;
import dev.reelay.cli.RelayClient.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What API users do, over HTTP. */
@Command(name = "video", description = "Make videos through a relay, over HTTP with an API key.")
final class VideoCommands extends Group {
  private static final String SHOWN_ID = "id";

  /** A command that talks to a relay. */
  abstract static class ClientCommand implements Callable<Integer> {
    private final Terms terms;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RelayOptions relay = new RelayOptions();

    ClientCommand(Terms terms) {
      this.terms = terms;
    }

    abstract Answer act(RelayClient client);

    @Override
    public Integer call() {
      try (var client = relay.connect(surroundings())) {
        return terms.root().print(spec.commandLine().getOut(), act(client));
      }
    }

    Surroundings surroundings() {
      return terms.ports().surroundings();
    }

    /** Progress and hints go beside the answer, and only where a person may read them. */
    Watch watch(RelayClient client) {
      return new Watch(client, surroundings(), spec.commandLine().getErr(), talks());
    }

    void hint(String line) {
      if (talks()) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
      }
    }

    private boolean talks() {
      return !terms.root().isJson() && !terms.root().isQuiet();
    }
  }

  /** Waiting for the end, and keeping the result. */
  static final class WaitOptions {
    @Option(names = "--wait", description = "Wait until the video is there or the task failed.")
    private boolean wait;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "Wait, and save the video here.")
    private Optional<Path> output = Optional.empty();

    boolean isWanted() {
      return wait || output.isPresent();
    }

    /** Refused before anything is paid. */
    void check(Surroundings surroundings) {
      target(surroundings)
          .filter(file -> !Files.isDirectory(file.resolveSibling("")) || Files.isDirectory(file))
          .ifPresent(
              file -> {
                throw Refusal.usage("a video cannot be saved at " + file);
              });
    }

    Optional<Path> target(Surroundings surroundings) {
      return output.map(file -> surroundings.workingFolder().resolve(file).toAbsolutePath());
    }
  }

  /** Creates a task. */
  @Command(
      name = "create",
      description = {
        "Create a video. It is paid once, however often the network fails on the way.",
        "Ctrl-C while waiting leaves the task running."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay video create 'a cat on a piano' --model sora-2 --seconds 5 -o cat.mp4")
  static final class Create extends ClientCommand {
    private static final String MODEL_DEFAULT = "sandbox-video";

    @Parameters(paramLabel = "PROMPT", description = "What is to be seen.")
    private String prompt = "";

    @Option(
        names = {"-m", "--model"},
        paramLabel = "MODEL",
        description = "The model; default: ${DEFAULT-VALUE}.")
    private String model = MODEL_DEFAULT;

    @Option(names = "--seconds", paramLabel = "N", description = "How long.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
        names = "--size",
        paramLabel = "SIZE",
        description = "small, large, 720p, 1080p or 1280x720.")
    private Optional<String> size = Optional.empty();

    @Option(names = "--orientation", paramLabel = "WORD", description = "portrait or landscape.")
    private Optional<String> orientation = Optional.empty();

    @Option(names = "--ratio", paramLabel = "W:H", description = "Such as 16:9.")
    private Optional<String> ratio = Optional.empty();

    @Option(
        names = "--image",
        paramLabel = "URL",
        description = "A picture, for what the model takes it; repeatable.")
    private List<String> images = List.of();

    @Option(names = "--first-frame", paramLabel = "URL", description = "It begins with this.")
    private Optional<String> firstFrame = Optional.empty();

    @Option(names = "--last-frame", paramLabel = "URL", description = "It ends with this.")
    private Optional<String> lastFrame = Optional.empty();

    @Option(
        names = "--reference",
        paramLabel = "URL",
        description = "A picture whose content is to be seen; repeatable.")
    private List<String> references = List.of();

    @Option(
        names = "--reference-video",
        paramLabel = "URL",
        description = "A video to refer to; repeatable.")
    private List<String> referenceVideos = List.of();

    @Option(
        names = "--reference-audio",
        paramLabel = "URL",
        description = "A sound to refer to; repeatable.")
    private List<String> referenceAudios = List.of();

    @Option(
        names = "--idempotency-key",
        paramLabel = "KEY",
        description = "Calls with the same key and request make one task; otherwise a new one.")
    private Optional<String> idempotencyKey = Optional.empty();

    @Mixin private WaitOptions waiting = new WaitOptions();

    private final Supplier<String> newKey;

    Create(Terms terms) {
      super(terms);
      this.newKey = () -> UUID.randomUUID().toString();
    }

    @Override
    Answer act(RelayClient client) {
      if (prompt.isBlank()) {
        throw Refusal.usage("the prompt is empty");
      }
      waiting.check(surroundings());
      var created = client.create(fields(), idempotencyKey.orElseGet(newKey));
      warnings(created).forEach(warning -> hint("note: " + warning));
      var id = id(created);
      if (!waiting.isWanted()) {
        hint("see it with: reelay video query " + id);
        return shown(created);
      }
      hint("task " + id);
      return ended(client, id);
    }

    private Answer ended(RelayClient client, String id) {
      return saved(client, watch(client).untilEnd(id), waiting.target(surroundings()));
    }

    private Map<String, Object> fields() {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("model", model);
      fields.put("prompt", prompt);
      seconds.ifPresent(number -> fields.put("duration", number));
      size.ifPresent(text -> fields.put("size", text));
      orientation.ifPresent(text -> fields.put("orientation", text));
      ratio.ifPresent(text -> fields.put("aspect_ratio", text));
      put(fields, "images", images);
      firstFrame.ifPresent(url -> fields.put("first_frame_image", url));
      lastFrame.ifPresent(url -> fields.put("last_frame_image", url));
      put(fields, "reference_images", references);
      put(fields, "reference_videos", referenceVideos);
      put(fields, "reference_audios", referenceAudios);
      return fields;
    }

    private static void put(Map<String, Object> fields, String name, List<String> urls) {
      if (!urls.isEmpty()) {
        fields.put(name, urls);
      }
    }
  }

  /** Queries a task. */
  @Command(name = "query", description = "How a task stands; ends with 1 if it failed.")
  static final class Query extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The task, as create printed it.")
    private String id = "";

    @Mixin private WaitOptions waiting = new WaitOptions();

    Query(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(RelayClient client) {
      waiting.check(surroundings());
      return waiting.isWanted()
          ? saved(client, watch(client).untilEnd(id), waiting.target(surroundings()))
          : shown(client.query(id));
    }
  }

  /** Lists tasks. */
  @Command(name = "list", description = "The tasks of the key's tenant, newest first.")
  static final class ListAll extends ClientCommand {
    @Option(
        names = "--status",
        paramLabel = "WORD",
        description = "pending, processing, completed or failed.")
    private Optional<String> status = Optional.empty();

    @Option(names = "--model", paramLabel = "MODEL", description = "Only this model's.")
    private Optional<String> model = Optional.empty();

    @Option(
        names = "--after",
        paramLabel = "ID",
        description = "Go on after this task: the last of the page before.")
    private Optional<String> after = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "Tasks at most, up to 100.")
    private Optional<Integer> limit = Optional.empty();

    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(RelayClient client) {
      var filters = new LinkedHashMap<String, String>();
      status.ifPresent(word -> filters.put("status", word));
      model.ifPresent(name -> filters.put("model", name));
      after.ifPresent(id -> filters.put("after", id));
      limit.ifPresent(number -> filters.put("limit", String.valueOf(number)));
      var told = client.list(filters);
      var rows = told.body().path("data").valueStream().map(VideoCommands::row).toList();
      var listed = Answer.list("videos", rows);
      return new Answer(told.body().toPrettyString(), listed.text(), listed.bare(), Exit.OK);
    }
  }

  /** Cancels a task. */
  @Command(name = "cancel", description = "Cancel a task, where its provider can.")
  static final class Cancel extends ClientCommand {
    @Parameters(paramLabel = "ID", description = "The task.")
    private String id = "";

    Cancel(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(RelayClient client) {
      return shown(client.cancel(id)).ending(Exit.OK);
    }
  }

  private static Answer saved(RelayClient client, Told told, Optional<Path> target) {
    var answer = shown(told);
    var video = told.text("video_url");
    if (target.isEmpty() || answer.exit() != Exit.OK) {
      return answer;
    }
    var file = target.get();
    var bytes =
        client.download(
            video.orElseThrow(() -> Refusal.failed("the task is completed without a video")), file);
    var text = answer.text() + "saved " + bytes + " bytes to " + file + "\n";
    return new Answer(answer.json(), text, answer.bare(), Exit.OK);
  }

  /** The relay's own body as JSON; for people what matters of it. */
  private static Answer shown(Told told) {
    var failed = Watch.status(told).equals("failed");
    var page = DocText.page(row(told.body()));
    return new Answer(told.body().toPrettyString(), page, id(told), failed ? Exit.FAILED : Exit.OK);
  }

  private static Doc row(JsonNode body) {
    var doc = new Doc();
    for (var name : List.of(SHOWN_ID, "status", "progress", "model", "video_url", "error")) {
      var node = body.path(name);
      if (node.isString()) {
        doc.text(name, node.asString());
      } else if (node.isNumber()) {
        doc.number(name, node.asLong());
      }
    }
    return doc;
  }

  private static String id(Told told) {
    return told.text(SHOWN_ID)
        .or(() -> told.text("task_id"))
        .orElseThrow(() -> Refusal.unreachable("the relay's answer has no id: is it a Reelay?"));
  }

  private static List<String> warnings(Told told) {
    return told.body()
        .path("warnings")
        .valueStream()
        .filter(JsonNode::isString)
        .map(node -> DocText.printable(node.asString()))
        .toList();
  }
}
