package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reelay.access.Secret;
import dev.reelay.testkit.FakeUpstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the network does to us, as values. */
@Timeout(20)
class OutboundTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private FakeUpstream upstream;
  private Outbound outbound;
  private Origin home;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start();
    outbound = ProviderKit.outbound(upstream.place());
    home = Origin.of(URI.create(upstream.baseUrl()));
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
  }

  private Exchange post(Outbound.Connections connections) {
    var body = new Call.Body.Text("application/json", "{}");
    var call = new Call("POST", URI.create(upstream.baseUrl() + "/"), List.of(), List.of(), body);
    return outbound.exchange(call, home, connections);
  }

  private Download download(Path file, long bytesMax) {
    var uri = URI.create(upstream.baseUrl() + "/v.mp4");
    var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());
    return outbound.download(call, home, file, bytesMax, DEADLINE);
  }

  @Test
  void an_answer_of_any_status_is_an_answer() {
    upstream.will(FakeUpstream.answer(418, "{\"短\":1}", "X-Kind: teapot"));

    var exchange = post(Outbound.Connections.FRESH);

    assertThat(exchange)
        .isInstanceOfSatisfying(
            Exchange.Answered.class,
            a -> {
              assertThat(a.reply().status()).isEqualTo(418);
              assertThat(a.reply().body()).isEqualTo("{\"短\":1}");
              assertThat(a.reply().header("x-kind")).contains("teapot");
            });
  }

  @Test
  void no_header_reaches_a_log_even_when_everything_is_logged() {
    upstream.will(FakeUpstream.answer(200, "{}"));
    var secret = new Call.SecretHeader("Authorization", "Bearer ", new Secret(ProviderKit.SECRET));
    var lines = new ListAppender<ILoggingEvent>();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var before = root.getLevel();
    lines.start();
    root.addAppender(lines);
    try {
      root.setLevel(Level.TRACE);
      outbound.exchange(
          Call.get(URI.create(upstream.baseUrl()), secret), home, Outbound.Connections.FRESH);
    } finally {
      root.setLevel(before);
      root.detachAppender(lines);
    }

    assertThat(upstream.requests().getFirst().headers().get("authorization"))
        .endsWith(ProviderKit.SECRET);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .noneMatch(line -> line.contains(ProviderKit.SECRET));
  }

  @Test
  void a_closed_port_means_that_nothing_was_sent() {
    upstream.stopListening();

    assertThat(post(Outbound.Connections.FRESH)).isInstanceOf(Exchange.NotSent.class);
  }

  @Test
  void an_unknown_name_means_that_nothing_was_sent() {
    Names nobody =
        host -> {
          throw new UnknownHostException(host);
        };
    var uri = URI.create("https://nobody.test/");
    var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());

    try (var lost = ProviderKit.outbound(nobody)) {
      var exchange = lost.exchange(call, Origin.of(uri), Outbound.Connections.POOLED);

      assertThat(exchange).isEqualTo(new Exchange.NotSent("no address was found: nobody.test"));
    }
  }

  @Test
  void a_failed_tls_handshake_means_that_nothing_was_sent() {
    upstream.will(FakeUpstream.raw("no TLS here\r\n\r\n"));
    var uri = URI.create(upstream.baseUrl().replace("http:", "https:") + "/");
    var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());

    var exchange = outbound.exchange(call, home, Outbound.Connections.POOLED);

    assertThat(exchange).isInstanceOf(Exchange.NotSent.class);
  }

  @Test
  void silence_in_a_tls_handshake_means_that_nothing_was_sent() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var impatient = ProviderKit.impatient("127.0.0.1:" + silent.getLocalPort())) {
      var uri = URI.create("https://127.0.0.1:" + silent.getLocalPort() + "/");
      var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());

      var exchange = impatient.exchange(call, Origin.of(uri), Outbound.Connections.FRESH);

      assertThat(exchange).isEqualTo(new Exchange.NotSent("the connection was not opened in time"));
    }
  }

  @Test
  void silence_after_the_request_means_that_it_may_have_arrived() {
    upstream.will(new FakeUpstream.Script.Hang());

    assertThat(post(Outbound.Connections.FRESH))
        .isEqualTo(new Exchange.Lost("no answer came in time"));
  }

  @Test
  void a_cut_a_reset_and_garbage_mean_that_it_may_have_arrived() {
    upstream.will(
        new FakeUpstream.Script.Cut(),
        new FakeUpstream.Script.Reset(),
        FakeUpstream.raw("garbage\r\n\r\n"),
        FakeUpstream.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"));

    for (var i = 0; i < 4; i++) {
      assertThat(post(Outbound.Connections.FRESH)).isInstanceOf(Exchange.Lost.class);
    }
    assertThat(upstream.requests()).as("nothing is repeated").hasSize(4);
  }

  @Test
  void a_poll_on_a_dead_pooled_connection_is_not_repeated_either() {
    upstream.will(FakeUpstream.answer(200, "one"), new FakeUpstream.Script.Cut());

    post(Outbound.Connections.POOLED);
    var second = post(Outbound.Connections.POOLED);

    assertThat(second).isInstanceOf(Exchange.Lost.class);
    assertThat(upstream.requests()).hasSize(2);
  }

  @Test
  void polls_keep_their_connection_and_creates_open_a_new_one() {
    var ok = FakeUpstream.answer(200, "ok");
    upstream.will(ok, ok, ok, ok, ok);

    post(Outbound.Connections.POOLED);
    post(Outbound.Connections.POOLED);
    post(Outbound.Connections.POOLED);
    var polls = upstream.connections();
    post(Outbound.Connections.FRESH);
    post(Outbound.Connections.FRESH);

    assertThat(polls).isEqualTo(1);
    assertThat(upstream.connections()).isEqualTo(3);
  }

  @Test
  void an_answer_that_drips_ends_at_the_calls_deadline() {
    var head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    upstream.will(new FakeUpstream.Script.Drip(head, 50));

    assertThat(post(Outbound.Connections.POOLED))
        .isEqualTo(new Exchange.Lost("the call took too long"));
  }

  @Test
  void endless_headers_end() {
    upstream.will(new FakeUpstream.Script.Endless("HTTP/1.1 200 OK\r\nX-Long: "));

    assertThat(post(Outbound.Connections.POOLED)).isInstanceOf(Exchange.Lost.class);
  }

  @Test
  void an_answer_beyond_its_bound_is_lost() {
    upstream.will(new FakeUpstream.Script.Endless("HTTP/1.1 200 OK\r\n\r\n"));

    assertThat(post(Outbound.Connections.POOLED))
        .isEqualTo(new Exchange.Lost("the answer is larger than 65536 bytes"));
  }

  @Test
  void a_small_gzip_that_was_not_asked_for_is_still_read() throws IOException {
    upstream.will(FakeUpstream.answer(200, gzip("{}"), "Content-Encoding: gzip"));

    assertThat(post(Outbound.Connections.POOLED))
        .isInstanceOfSatisfying(
            Exchange.Answered.class, a -> assertThat(a.reply().body()).isEqualTo("{}"));
  }

  @Test
  void a_gzip_bomb_is_bounded() throws IOException {
    upstream.will(FakeUpstream.answer(200, gzip("x".repeat(10_000_000)), "Content-Encoding: gzip"));

    assertThat(post(Outbound.Connections.POOLED))
        .isEqualTo(new Exchange.Lost("the answer is larger than 65536 bytes"));
  }

  @Test
  void a_file_is_written_and_hashed(@TempDir Path folder) throws IOException {
    upstream.will(FakeUpstream.answer(200, "abc"));
    var file = folder.resolve("f");

    var download = download(file, 3);

    assertThat(download)
        .isEqualTo(
            new Download.Saved(
                3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(Files.readString(file)).isEqualTo("abc");
  }

  @Test
  void a_file_cut_short_is_broken(@TempDir Path folder) {
    upstream.will(
        FakeUpstream.raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"),
        FakeUpstream.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"));

    assertThat(download(folder.resolve("f"), 100)).isInstanceOf(Download.Broken.class);
    assertThat(download(folder.resolve("f"), 100)).isInstanceOf(Download.Broken.class);
  }

  @Test
  void a_file_beyond_its_bound_is_too_large_whether_announced_or_not(@TempDir Path folder) {
    upstream.will(
        FakeUpstream.answer(200, "x".repeat(101)),
        new FakeUpstream.Script.Endless("HTTP/1.1 200 OK\r\n\r\n"));

    assertThat(download(folder.resolve("f"), 100)).isEqualTo(new Download.TooLarge(100));
    assertThat(download(folder.resolve("f"), 100_000)).isEqualTo(new Download.TooLarge(100_000));
  }

  @Test
  void a_silent_and_a_dripping_download_end(@TempDir Path folder) {
    var head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
    upstream.will(new FakeUpstream.Script.Hang(), new FakeUpstream.Script.Drip(head, 50));

    assertThat(download(folder.resolve("f"), 100_000))
        .isEqualTo(new Download.Broken("no answer came in time"));
    assertThat(download(folder.resolve("f"), 100_000))
        .isEqualTo(new Download.Broken("the call took too long"));
  }

  @Test
  void an_empty_file_is_broken_and_another_status_is_declined(@TempDir Path folder) {
    upstream.will(FakeUpstream.answer(200, ""), FakeUpstream.answer(410, "gone"));

    assertThat(download(folder.resolve("f"), 100)).isInstanceOf(Download.Broken.class);
    assertThat(download(folder.resolve("f"), 100)).isEqualTo(new Download.Declined(410));
  }

  @Test
  void a_disk_that_takes_nothing_is_told_apart_from_the_network(@TempDir Path folder) {
    upstream.will(FakeUpstream.answer(200, "abc"));

    var download = download(folder.resolve("missing").resolve("f"), 100);

    assertThat(download).isInstanceOf(Download.NotWritten.class);
  }

  private static byte[] gzip(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }
}
