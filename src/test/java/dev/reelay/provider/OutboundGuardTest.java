package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.media.PictureHead;
import dev.reelay.task.Picture;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.TaskSamples;
import dev.reelay.webhook.Courier;
import dev.reelay.webhook.DeliveryAttempt.Outcome;
import dev.reelay.webhook.MessageId;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise S2: nothing on loopback or inside is reached, however it is spelled. */
class OutboundGuardTest {
  private static final Origin HOME = Origin.of(URI.create("https://api.example"));
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final TaskId TASK = TaskSamples.taskId(1);
  private static final Instant UNTIL = Instant.MAX;

  /**
   * Reads numbers as the system does; two names lead inside. A public answer would be a hole, since
   * the corpus has none: it is reported, not dialled.
   */
  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    var addresses =
        switch (host) {
          case "inner.test" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
          case "mixed.test" ->
              List.of(InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("127.0.0.1"));
          case "public.test" -> throw new UnknownHostException(host);
          default -> List.of(InetAddress.getAllByName(host));
        };
    if (addresses.stream().allMatch(PublicAddresses::isPublic)) {
      throw new AssertionError(host + " would be dialled at " + addresses);
    }
    return addresses;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  @Test
  void no_spelling_of_an_inner_address_is_dialled(@TempDir Path folder) {
    try (var canary = FakeUpstream.start();
        var outbound = ProviderKit.outbound(OutboundGuardTest::resolve)) {
      var port = HostPort.parse(canary.place()).port();
      var urls = SsrfCorpus.urls(port);
      var let = new ArrayList<String>();

      for (var url : urls) {
        uri(url).ifPresent(uri -> tryAllSinks(outbound, uri, folder.resolve("f"), let));
      }

      assertThat(urls).hasSizeGreaterThan(300);
      assertThat(let).isEmpty();
      assertThat(canary.connections()).isZero();
    }
  }

  private static void tryAllSinks(Outbound outbound, URI uri, Path file, List<String> let) {
    var call = new Call("GET", uri, List.of(), List.of(), new Call.Body.None());
    // As a result or picture, and as a channel whose own base URL it is.
    for (var home : List.of(HOME, Origin.find(uri).orElse(HOME))) {
      var exchange = outbound.exchange(call, home, Outbound.Connections.POOLED);
      if (!(exchange instanceof Exchange.Refused || exchange instanceof Exchange.NotSent)) {
        let.add(uri + ": " + exchange);
      }
    }
    // As a receiver of webhooks, once past the rule that only https is called, and through it.
    var post = outbound.post(call);
    if (!(post instanceof Exchange.Refused || post instanceof Exchange.NotSent)) {
      let.add(uri + ": " + post);
    }
    var courier = new WebhookCourier(outbound, Set::of, InstantSource.system());
    if (courier.post(letter(uri)) instanceof Outcome.Answered answered) {
      let.add(uri + ": " + answered);
    }
    // As a picture of a caller, in every way that a caller can write one.
    var fetched =
        pictures(outbound, file.resolveSibling("")).fetch(TASK, List.of(picture(uri)), UNTIL);
    if (fetched instanceof WebPictures.Fetched.Here) {
      let.add(uri + ": " + fetched);
    }
    var download = outbound.download(call, HOME, file, 1_000, DEADLINE);
    if (!(download instanceof Download.Refused || download instanceof Download.Broken)) {
      let.add(uri + ": " + download);
    }
  }

  private static PictureFetcher pictures(Outbound outbound, Path folder) {
    var files = new FolderAssetFiles(folder);
    return new PictureFetcher(
        outbound, files, new PictureRows(), new PictureHead(), InstantSource.system());
  }

  private static Picture picture(URI uri) {
    return new Picture.Web(uri.toString());
  }

  private static Courier.Letter letter(URI uri) {
    var at = InstantSource.system().instant();
    return new Courier.Letter(uri, MessageId.of(TaskSamples.taskId(1)), at, "v1,x", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "100.127.255.255",
        "169.254.169.254",
        "172.20.0.1",
        "192.168.0.1",
        "198.19.255.255",
        "0.1.2.3",
        "192.0.2.1",
        "203.0.113.9",
        "168.63.129.16",
        "224.1.1.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fc00::1",
        "fe80::1",
        "ff02::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:0:1::1",
        "2001:db8::1",
        "1::1"
      })
  void an_address_that_is_not_global_is_closed(String literal) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "240e::1",
        "::ffff:8.8.8.8"
      })
  void an_address_of_the_open_internet_is_open(String literal) {
    assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(literal))).isTrue();
  }

  @Test
  void one_inner_address_among_public_ones_refuses_the_name() {
    try (var outbound = ProviderKit.outbound(OutboundGuardTest::resolve)) {
      var call = get("https://mixed.test/");

      var exchange = outbound.exchange(call, HOME, Outbound.Connections.POOLED);

      assertThat(exchange).isInstanceOf(Exchange.Refused.class);
    }
  }

  @Test
  void a_name_is_resolved_once_and_what_was_resolved_is_dialled() {
    var asked = new AtomicInteger();
    // The second answer would be the canary: a guard that asked twice would be led to it.
    Names rebinding =
        _ ->
            List.of(InetAddress.ofLiteral(asked.incrementAndGet() == 1 ? "10.9.9.9" : "127.0.0.1"));
    try (var canary = FakeUpstream.start();
        var outbound = ProviderKit.outbound(rebinding)) {
      var port = HostPort.parse(canary.place()).port();
      var home = Origin.of(URI.create("http://rebinding.test:" + port));

      var exchange =
          outbound.exchange(
              get("http://rebinding.test:" + port + "/"), home, Outbound.Connections.FRESH);

      assertThat(exchange).isInstanceOf(Exchange.Refused.class);
      assertThat(asked).hasValue(1);
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  void only_exactly_the_listed_host_and_port_is_let_through() {
    try (var listed = FakeUpstream.start().will(FakeUpstream.answer(200, "hello"));
        var other = FakeUpstream.start();
        var outbound = ProviderKit.outbound(listed.place())) {
      var there = outbound.exchange(get(listed.baseUrl()), HOME, Outbound.Connections.POOLED);
      var elsewhere = outbound.exchange(get(other.baseUrl()), HOME, Outbound.Connections.POOLED);
      var otherName =
          outbound.exchange(
              get(listed.baseUrl().replace("127.0.0.1", "localhost")),
              HOME,
              Outbound.Connections.POOLED);

      assertThat(there).isInstanceOf(Exchange.Answered.class);
      assertThat(elsewhere).isInstanceOf(Exchange.Refused.class);
      assertThat(otherName).isInstanceOf(Exchange.Refused.class);
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void a_redirect_inside_is_refused(@TempDir Path folder) {
    try (var canary = FakeUpstream.start();
        var cdn = FakeUpstream.start();
        var outbound = ProviderKit.outbound(OutboundGuardTest::resolve, cdn.place())) {
      var port = HostPort.parse(canary.place()).port();
      var let = new ArrayList<String>();

      for (var url : SsrfCorpus.urls(port).stream().filter(u -> !u.contains(" ")).toList()) {
        cdn.will(FakeUpstream.answer(302, "", "Location: " + url.replace("\t", "")));
        var download =
            outbound.download(get(cdn.baseUrl()), HOME, folder.resolve("f"), 1_000, DEADLINE);
        cdn.will(FakeUpstream.answer(302, "", "Location: " + url.replace("\t", "")));
        var fetched =
            pictures(outbound, folder).fetch(TASK, List.of(new Picture.Web(cdn.baseUrl())), UNTIL);
        if (download instanceof Download.Saved || fetched instanceof WebPictures.Fetched.Here) {
          let.add(url);
        }
      }

      assertThat(let).isEmpty();
      assertThat(canary.connections()).isZero();
    }
  }

  @Test
  void redirects_end_after_three(@TempDir Path folder) {
    try (var cdn = FakeUpstream.start();
        var outbound = ProviderKit.outbound(cdn.place())) {
      var again = FakeUpstream.answer(307, "", "Location: /next");
      cdn.will(again, again, again, again, again);

      var download =
          outbound.download(get(cdn.baseUrl()), HOME, folder.resolve("f"), 1_000, DEADLINE);

      assertThat(download).isInstanceOf(Download.Broken.class);
      assertThat(cdn.requests()).hasSize(Outbound.REDIRECTS_MAX + 1);
    }
  }

  @Test
  void a_file_behind_a_redirect_is_fetched_without_our_headers(@TempDir Path folder)
      throws Exception {
    try (var home = FakeUpstream.start();
        var cdn = FakeUpstream.start().will(FakeUpstream.answer(200, "video"));
        var outbound = ProviderKit.outbound(home.place(), cdn.place())) {
      home.will(FakeUpstream.answer(302, "", "Location: " + cdn.baseUrl() + "/v.mp4"));
      var call = secret(home.baseUrl() + "/content").with("X-Account", "acme");
      var file = folder.resolve("f");

      var download =
          outbound.download(call, Origin.of(URI.create(home.baseUrl())), file, 1_000, DEADLINE);

      assertThat(download).isInstanceOf(Download.Saved.class);
      assertThat(Files.readString(file)).isEqualTo("video");
      assertThat(home.requests().getFirst().headers()).containsKeys("authorization", "x-account");
      assertThat(cdn.requests().getFirst().headers())
          .doesNotContainKeys("authorization", "x-account");
    }
  }

  @Test
  void a_secret_goes_to_the_channels_own_origin_only() {
    try (var home = FakeUpstream.start().will(FakeUpstream.answer(200, ""));
        var other = FakeUpstream.start().will(FakeUpstream.answer(200, ""));
        var outbound = ProviderKit.outbound(home.place(), other.place())) {
      var origin = Origin.of(URI.create(home.baseUrl()));

      outbound.exchange(secret(home.baseUrl()), origin, Outbound.Connections.POOLED);
      outbound.exchange(secret(other.baseUrl()), origin, Outbound.Connections.POOLED);

      assertThat(home.requests().getFirst().headers()).containsKey("authorization");
      assertThat(other.requests().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void an_api_call_follows_no_redirect() {
    try (var canary = FakeUpstream.start();
        var upstream = FakeUpstream.start();
        var outbound = ProviderKit.outbound(upstream.place(), canary.place())) {
      upstream.will(FakeUpstream.answer(302, "", "Location: " + canary.baseUrl()));

      var exchange = outbound.exchange(get(upstream.baseUrl()), HOME, Outbound.Connections.POOLED);

      assertThat(exchange)
          .isInstanceOfSatisfying(
              Exchange.Answered.class, a -> assertThat(a.reply().status()).isEqualTo(302));
      assertThat(canary.connections()).isZero();
    }
  }

  private static Call get(String url) {
    return new Call("GET", URI.create(url), List.of(), List.of(), new Call.Body.None());
  }

  private static Call secret(String url) {
    return Call.get(
        URI.create(url),
        new Call.SecretHeader("Authorization", "Bearer ", new Secret(ProviderKit.SECRET)));
  }
}
