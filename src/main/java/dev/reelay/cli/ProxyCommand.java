package dev.reelay.cli;

import dev.reelay.access.Secret;
import dev.reelay.routing.ChannelProxy;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The way by which a channel's calls go. */
@Command(
    name = "proxy",
    description = {
      "Let all calls of a channel go by way of a proxy, results too; with --remove, directly.",
      "Host names are looked up and checked here, and the proxy is told addresses."
    },
    footerHeading = "%nExample:%n",
    footer =
        "  reelay channel proxy other-relay --socks5 proxy.example:1080 --user relay"
            + " --password-file password.txt")
final class ProxyCommand extends OperatorCommand {
  @Parameters(paramLabel = "NAME", description = "The channel.")
  private String name = "";

  @Option(names = "--http", paramLabel = "HOST:PORT", description = "An HTTP proxy (CONNECT).")
  private Optional<String> http = Optional.empty();

  @Option(names = "--socks5", paramLabel = "HOST:PORT", description = "A SOCKS5 proxy.")
  private Optional<String> socks5 = Optional.empty();

  @Option(names = "--user", paramLabel = "USER", description = "Who we are to it.")
  private Optional<String> user = Optional.empty();

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "The file that holds the user's password.")
  private Optional<String> passwordFile = Optional.empty();

  @Option(
      names = "--proxy-resolves",
      description = {
        "Tell the proxy host names, which it looks up itself.",
        "Whether these lead inside your network is then for the proxy to see."
      })
  private boolean resolves;

  @Option(names = "--remove", description = "Calls go directly again.")
  private boolean remove;

  ProxyCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(Desk desk) {
    var channel = ChannelCommands.channel(desk, name).channel();
    if (channel.isSandbox()) {
      throw Refusal.failed("the sandbox is on this machine and has no proxy");
    }
    var proxies = desk.offer().proxies();
    if (remove) {
      requireNothingElse();
      if (!proxies.remove(channel.id())) {
        throw Refusal.failed("channel " + name + " has no proxy");
      }
      return now(desk, "calls of channel " + name + " go directly");
    }
    var proxy = proxy();
    proxies.save(channel.id(), proxy);
    return now(desk, "calls of channel " + name + " go by " + proxy.words());
  }

  private void requireNothingElse() {
    if (http.isPresent()
        || socks5.isPresent()
        || user.isPresent()
        || passwordFile.isPresent()
        || resolves) {
      throw Refusal.usage("--remove takes nothing else");
    }
  }

  private ChannelProxy proxy() {
    if (http.isPresent() == socks5.isPresent()) {
      throw Refusal.usage("say --http HOST:PORT or --socks5 HOST:PORT");
    }
    if (user.isPresent() != passwordFile.isPresent()) {
      throw Refusal.usage("--user and --password-file go together");
    }
    var place = http.or(() -> socks5).orElseThrow();
    var colon = place.lastIndexOf(':');
    try {
      return new ChannelProxy(
          http.isPresent() ? ChannelProxy.Kind.HTTP : ChannelProxy.Kind.SOCKS5,
          place.substring(0, Math.max(0, colon)),
          Integer.parseInt(place.substring(colon + 1)),
          resolves,
          user.map(who -> new ChannelProxy.Login(who, password())));
    } catch (NumberFormatException _) {
      throw Refusal.usage("a proxy is at host:port such as proxy.example:1080");
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(String.valueOf(e.getMessage()));
    }
  }

  private Secret password() {
    var path = surroundings().workingFolder().resolve(passwordFile.orElseThrow());
    return new Secret(SecretOptions.fileText(path).strip());
  }

  private Answer now(Desk desk, String done) {
    return Answer.done(done, ChannelTerms.page(desk, name), name);
  }
}
