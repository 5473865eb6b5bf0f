package dev.reelay.provider.vertex;

import dev.reelay.access.Secret;
import dev.reelay.provider.Call;
import dev.reelay.provider.Context;
import dev.reelay.provider.Json;
import dev.reelay.provider.Jwt;
import dev.reelay.provider.Login;
import dev.reelay.provider.Operation;
import dev.reelay.provider.Origin;
import dev.reelay.provider.Reply;
import dev.reelay.provider.Step;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Exchanges an assertion that the service account signs (RFC 7523) for an access token: one call,
 * and a second one by their clock where ours is so wrong that the assertion was refused for it.
 *
 * <p>An assertion is as good as a token until it ends. So it goes to Google by https, or to the
 * channel's own origin, which is given the token anyway; whatever else the credential's file names
 * is refused and sent nothing. A file that names no place means Google's own, or whoever plays
 * Google for the channel.
 */
record VertexLogin(Context context) implements Operation<Login> {
  /** Google takes no longer one. */
  static final Duration ASSERTION_LIFE = Duration.ofHours(1);

  static final Duration TOKEN_LIFE_USUAL = Duration.ofHours(1);
  static final Duration TOKEN_LIFE_MAX = Duration.ofHours(12);

  /** Clocks that differ by less are not why an assertion is refused. */
  static final Duration CLOCKS_APART_MIN = Duration.ofMinutes(1);

  private static final URI GOOGLE = URI.create("https://oauth2.googleapis.com/token");
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String TOKEN = "[\\x21-\\x7e]{1,8192}";
  private static final int WHY_CHARS_MAX = 300;

  /**
   * An assertion that was sent.
   *
   * @param signedAt the moment that it bears
   * @param again it is the second one
   */
  private record Signed(Instant signedAt, boolean again) implements Step.State {}

  @Override
  public Step<Login> begin() {
    return ask(context.now(), false);
  }

  private Step<Login> ask(Instant at, boolean again) {
    return switch (ServiceAccount.read(context.credential())) {
      case ServiceAccount.Reading.Unusable(String why) -> refused(why);
      case ServiceAccount.Reading.Usable(var account) -> {
        var to = account.tokenUri().orElseGet(this::usual);
        yield isTrusted(to)
            ? send(account, to, at, again)
            : refused(
                "the token_uri of the channel's credential is neither https at googleapis.com nor"
                    + " at the channel's own address");
      }
    };
  }

  private static Step<Login> refused(String why) {
    return new Step.Done<>(new Login.Refused(why));
  }

  private URI usual() {
    return VertexProvider.isGoogle(context.baseUrl()) ? GOOGLE : context.at("/token");
  }

  private boolean isTrusted(URI tokenUri) {
    try {
      return Origin.of(tokenUri).equals(Origin.of(context.baseUrl()))
          || VertexProvider.isGoogle(tokenUri);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static Step<Login> send(ServiceAccount account, URI to, Instant at, boolean again) {
    var claims =
        Json.body()
            .put("iss", account.email())
            .put("scope", SCOPE)
            .put("aud", to.toString())
            .put("iat", at.getEpochSecond())
            .put("exp", at.plus(ASSERTION_LIFE).getEpochSecond());
    try {
      var assertion = Jwt.rs256(claims, account.key(), account.keyId());
      var body = Call.form(Map.of("grant_type", GRANT, "assertion", assertion.reveal()));
      var call = new Call("POST", to, List.of(), List.of(), body);
      return new Step.Send<>(call.with("Accept", "application/json"), new Signed(at, again), false);
    } catch (GeneralSecurityException _) {
      return refused("the private_key of the channel's credential cannot sign");
    }
  }

  @Override
  public Step<Login> next(Step.State state, Reply reply) {
    var tree = Json.object(reply.body());
    if (tree.isEmpty()) {
      return new Step.Done<>(unanswered(reply, "the answer has no JSON object"));
    }
    if (reply.isSuccess()) {
      return new Step.Done<>(granted(reply, tree.get()));
    }
    return switch (reply.status()) {
      case 400, 401, 403 -> turnedAway((Signed) state, reply, tree.get());
      default -> new Step.Done<>(unanswered(reply, why(tree.get())));
    };
  }

  private Login granted(Reply reply, JsonNode tree) {
    var life =
        Duration.ofSeconds(Json.whole(tree, "/expires_in").orElse(TOKEN_LIFE_USUAL.toSeconds()));
    return Json.text(tree, "/access_token")
        .filter(token -> token.matches(TOKEN) && !life.isZero())
        .<Login>map(token -> new Login.Granted(new Secret(token), shorter(life)))
        .orElseGet(() -> unanswered(reply, "the answer has no usable token"));
  }

  private static Duration shorter(Duration life) {
    return life.compareTo(TOKEN_LIFE_MAX) > 0 ? TOKEN_LIFE_MAX : life;
  }

  private Step<Login> turnedAway(Signed signed, Reply reply, JsonNode tree) {
    var theirs =
        reply
            .date()
            .filter(date -> isFar(Duration.between(signed.signedAt(), date)) && !signed.again());
    return theirs.isPresent()
        ? ask(theirs.get(), true)
        : refused("no token is given for the channel's credential: " + why(tree));
  }

  private static boolean isFar(Duration apart) {
    return apart.abs().compareTo(CLOCKS_APART_MIN) > 0;
  }

  private static String why(JsonNode tree) {
    var word = Json.text(tree, "/error", "/error/status").orElse("");
    var sentence = Json.text(tree, "/error_description", "/error/message").orElse("");
    var why = (word + " " + sentence).strip();
    return why.length() > WHY_CHARS_MAX ? why.substring(0, WHY_CHARS_MAX) : why;
  }

  private Login unanswered(Reply reply, String why) {
    return new Login.Unanswered(
        "asking for a token: HTTP " + reply.status() + ": " + why, reply.retryAfter(context.now()));
  }
}
