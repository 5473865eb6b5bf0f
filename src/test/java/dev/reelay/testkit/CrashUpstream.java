package dev.reelay.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider on a loopback port whose accepted jobs are in a synced journal of its own, so that it
 * can be restarted and an oracle can read what it really made. It speaks with {@link
 * CrashProvider}.
 */
public final class CrashUpstream implements AutoCloseable {
  /** How it treats the next create. */
  public enum Mode {
    ANSWER,
    ACCEPT_AND_DROP,
    ACCEPT_AND_FAIL,
    ACCEPT_AND_HANG,
    ANSWER_TWICE,
    CALL_BACK_AND_DROP,
    ACCEPT_AND_RESTART,
    DROP
  }

  /** A job that was made takes so long to show in look-ups and lists. */
  public static final Duration LAG = Duration.ofSeconds(20);

  private static final int BIND_TRIES_MAX = 100_000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path journal;
  private final InstantSource clock;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final BiConsumer<String, String> callback;
  private volatile ServerSocket server;
  private volatile Mode next = Mode.ANSWER;

  /**
   * @param callback is given the address and the id, in place of a call
   */
  public CrashUpstream(Path journal, InstantSource clock, BiConsumer<String, String> callback) {
    this.journal = journal;
    this.clock = clock;
    this.callback = callback;
    this.server = listen(0);
  }

  /** A job as it stands in the journal. */
  public record Made(String id, Instant at, String token, String model, String prompt) {}

  private ServerSocket listen(int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      bind(socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread.startVirtualThread(() -> accept(socket));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A port that was just closed is free a moment later. */
  private static void bind(ServerSocket socket, InetSocketAddress address) throws IOException {
    for (var tries = 0; tries < BIND_TRIES_MAX && !socket.isBound(); tries++) {
      try {
        socket.bind(address);
      } catch (BindException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** {@code host:port}. */
  public String place() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  public void next(Mode mode) {
    next = mode;
  }

  /** All that it ever made, in order. */
  public synchronized List<Made> made() {
    try {
      var made = new ArrayList<Made>();
      for (var line : Files.exists(journal) ? Files.readAllLines(journal) : List.<String>of()) {
        var job = JSON.readTree(line);
        made.add(
            new Made(
                text(job, "id"),
                Instant.parse(text(job, "at")),
                text(job, "token"),
                text(job, "model"),
                text(job, "prompt")));
      }
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Made make(JsonNode asked) {
    var honours = asked.path("honours").asBoolean(false);
    var known =
        made().stream().filter(m -> honours && m.token().equals(text(asked, "token"))).findFirst();
    return known.orElseGet(() -> write(asked));
  }

  private Made write(JsonNode asked) {
    var made =
        new Made(
            "job-" + (made().size() + 1),
            clock.instant(),
            text(asked, "token"),
            text(asked, "model"),
            text(asked, "prompt"));
    var line = JSON.createObjectNode();
    line.put("id", made.id()).put("at", made.at().toString()).put("token", made.token());
    line.put("model", made.model()).put("prompt", made.prompt());
    try (var file =
        FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return made;
  }

  private void accept(ServerSocket on) {
    while (!on.isClosed()) {
      try {
        var socket = on.accept();
        open.add(socket);
        Thread.startVirtualThread(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var head = head(socket.getInputStream());
      var line = head.lines().findFirst().orElse("").split(" ");
      if (line[0].equals("POST")) {
        create(socket, JSON.readTree(body(socket.getInputStream(), head)));
      } else {
        answer(socket, 200, look(line[1]));
      }
    } catch (IOException | InterruptedException e) {
      // The other side went away, which is often the point of a test.
      open.remove(socket);
    }
  }

  private void create(Socket socket, JsonNode asked) throws IOException, InterruptedException {
    var mode = next;
    next = Mode.ANSWER;
    if (mode == Mode.DROP) {
      return;
    }
    var id = make(asked).id();
    var body = "{\"id\":\"" + id + "\"}";
    switch (mode) {
      case ANSWER -> answer(socket, 200, body);
      case ANSWER_TWICE -> {
        answer(socket, 200, body);
        answer(socket, 200, body);
      }
      case ACCEPT_AND_FAIL -> answer(socket, 500, "{}");
      case ACCEPT_AND_HANG -> closed.await();
      case CALL_BACK_AND_DROP -> callback.accept(text(asked, "callback"), id);
      case ACCEPT_AND_RESTART -> restart();
      case ACCEPT_AND_DROP, DROP -> {
        // The connection is closed without a word.
      }
    }
  }

  private void restart() throws IOException {
    var port = server.getLocalPort();
    server.close();
    server = listen(port);
  }

  /** A job by its id, those of a token, or those of an account, which its model stands for. */
  private String look(String target) {
    if (target.startsWith("/jobs/")) {
      var id = target.substring("/jobs/".length());
      var known = made().stream().anyMatch(job -> job.id().equals(id));
      return "{\"status\":\"" + (known ? "done" : "unknown") + "\"}";
    }
    var wanted = target.substring(target.indexOf('=') + 1);
    var data = JSON.createArrayNode();
    for (var job : made().reversed()) {
      var shown = !clock.instant().isBefore(job.at().plus(LAG));
      if (shown && (job.token().equals(wanted) || job.model().equals(wanted))) {
        data.addObject()
            .put("id", job.id())
            .put("created_at", job.at().getEpochSecond())
            .put("model", job.model())
            .put("prompt", job.prompt());
      }
    }
    return JSON.createObjectNode().put("has_more", false).set("data", data).toString();
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    for (var text = ""; !text.endsWith("\r\n\r\n"); ) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("cut in the head");
      }
      head.write(next);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static String body(InputStream in, String head) throws IOException {
    var length =
        head.lines()
            .map(line -> line.toLowerCase(Locale.ROOT))
            .filter(line -> line.startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static void answer(Socket socket, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 "
            + status
            + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      server.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
