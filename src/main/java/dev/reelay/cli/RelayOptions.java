package dev.reelay.cli;

import dev.reelay.access.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which relay an API user talks to, and with which key. */
final class RelayOptions {
  static final String URL_VARIABLE = "REELAY_URL";
  static final String KEY_VARIABLE = "REELAY_API_KEY";
  private static final String URL_DEFAULT = "http://127.0.0.1:8080";
  private static final Pattern KEY = Pattern.compile("[!-~]+");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The relay; otherwise " + URL_VARIABLE + " or " + URL_DEFAULT + ".")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "The file that holds the API key; otherwise " + KEY_VARIABLE + " holds it.")
  private Optional<String> keyFile = Optional.empty();

  RelayClient connect(Surroundings surroundings) {
    return RelayClient.of(address(surroundings), key(surroundings), surroundings.time().pause());
  }

  private URI address(Surroundings surroundings) {
    var text = url.or(() -> surroundings.variable(URL_VARIABLE)).orElse(URL_DEFAULT).strip();
    try {
      var address = URI.create(text);
      var scheme = Optional.ofNullable(address.getScheme()).orElse("");
      if (scheme.matches("https?") && address.getHost() != null && address.getQuery() == null) {
        return address;
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw Refusal.usage("the address must be such as " + URL_DEFAULT + ": --url or REELAY_URL");
  }

  private Secret key(Surroundings surroundings) {
    var text =
        keyFile
            .map(name -> SecretOptions.fileText(surroundings.workingFolder().resolve(name)))
            .or(() -> surroundings.variable(KEY_VARIABLE))
            .map(String::strip)
            .filter(found -> KEY.matcher(found).matches())
            .orElseThrow(
                () ->
                    Refusal.usage(
                        "there is no API key: set " + KEY_VARIABLE + " or say --key-file FILE"));
    return new Secret(text);
  }
}
