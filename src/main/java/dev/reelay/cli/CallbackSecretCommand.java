package dev.reelay.cli;

import dev.reelay.access.Secret;
import dev.reelay.webhook.SigningSecret;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** By what a provider signs its callbacks. */
@Command(
    name = "callback-secret",
    description = {
      "Keep the secret by which a provider signs its callbacks, or with --remove forget it.",
      "From then on a callback without a right signature is refused; without a secret the",
      "address alone speaks for it. Secrets go in and never come out again."
    },
    footerHeading = "%nExample:%n",
    footer = "  reelay channel callback-secret replicate --secret-file whsec.txt")
final class CallbackSecretCommand extends OperatorCommand {
  @Parameters(index = "0", paramLabel = "CHANNEL", description = "The channel.")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CREDENTIAL",
      description = "The credential whose account it is; default: ${DEFAULT-VALUE}.")
  private String credential = ChannelCommands.FIRST_CREDENTIAL;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "The file that holds it (whsec_…); - reads standard input.")
  private Optional<String> file = Optional.empty();

  @Option(
      names = "--secret-env",
      paramLabel = "VARIABLE",
      description = "The environment variable that holds it. On a terminal, leave both out.")
  private Optional<String> variable = Optional.empty();

  @Option(names = "--remove", description = "Callbacks are no longer checked by a secret.")
  private boolean remove;

  CallbackSecretCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(Desk desk) {
    var channel = ChannelCommands.channel(desk, name).channel();
    if (!desk.offer().adapters().signsWithSecret().test(channel.provider())) {
      throw Refusal.failed("provider " + channel.provider() + " signs with no secret of its own");
    }
    var secret = remove ? nothing() : Optional.of(secret());
    if (!desk.offer().channels().saveCallbackSecret(channel.id(), credential, secret)) {
      throw Refusal.failed("channel " + name + " has no credential " + credential);
    }
    var checked = remove ? "are no longer checked by a secret" : "are checked by that secret";
    return Answer.done(
        "callbacks for credential " + credential + " of channel " + name + " " + checked,
        ChannelTerms.page(desk, name),
        name);
  }

  private Optional<Secret> nothing() {
    if (file.isPresent() || variable.isPresent()) {
      throw Refusal.usage("--remove takes nothing else");
    }
    return Optional.empty();
  }

  private Secret secret() {
    var text = new SecretOptions.Source("--secret", file, variable).read(surroundings());
    if (SigningSecret.read(text).isEmpty()) {
      throw Refusal.usage(
          "a callback secret is whsec_ and the base64 of 24 to 64 bytes, as the provider shows it");
    }
    return text;
  }
}
