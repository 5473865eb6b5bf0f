package dev.reelay.provider.vertex;

import dev.reelay.access.Secret;
import dev.reelay.provider.Json;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A service account's key, as the JSON file that Google gives for it. No part of the file but the
 * name of a field is ever said in a message.
 *
 * @param email who signs
 * @param keyId by which Google knows the key
 * @param tokenUri where the file says that tokens are given; who sends anything there decides
 *     whether that is a place to trust
 */
record ServiceAccount(String email, String keyId, PrivateKey key, Optional<URI> tokenUri) {
  /** What a text is. */
  sealed interface Reading {
    record Usable(ServiceAccount account) implements Reading {}

    record Unusable(String why) implements Reading {}
  }

  /** Whether it is one, and if not what has to be changed. */
  static Reading read(Secret credential) {
    var tree = Json.object(credential.reveal());
    if (tree.isEmpty()) {
      return unusable("is no JSON object: give the JSON key file of a service account");
    }
    var type = Json.text(tree.get(), "/type").orElse("service_account");
    if (!type.equals("service_account")) {
      return unusable("is not of the type service_account");
    }
    return read(tree.get());
  }

  private static Reading read(JsonNode tree) {
    var email = Json.text(tree, "/client_email");
    if (email.isEmpty()) {
      return unusable("has no client_email");
    }
    var pem = Json.text(tree, "/private_key");
    if (pem.isEmpty()) {
      return unusable("has no private_key");
    }
    try {
      var tokenUri = Json.text(tree, "/token_uri").map(URI::create);
      var keyId = Json.text(tree, "/private_key_id").orElse("");
      return new Reading.Usable(
          new ServiceAccount(email.get(), keyId, privateKey(pem.get()), tokenUri));
    } catch (GeneralSecurityException _) {
      return unusable("has a private_key that is no RSA key in PEM form (PKCS #8)");
    } catch (IllegalArgumentException _) {
      return unusable("has a private_key or token_uri that cannot be read");
    }
  }

  private static Reading unusable(String why) {
    return new Reading.Unusable("the channel's credential " + why);
  }

  private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
    var text = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    var bytes = Base64.getDecoder().decode(text);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  @Override
  public String toString() {
    return "ServiceAccount[" + email + "]";
  }
}
