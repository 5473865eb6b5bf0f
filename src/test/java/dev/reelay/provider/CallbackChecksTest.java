package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Secret;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.CredentialId;
import dev.reelay.task.Callback;
import dev.reelay.task.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the engine makes of callbacks, with what its channel's operator has set. */
class CallbackChecksTest {
  private static final String BODY = "{\"id\":\"p1\"}";
  private static final Callback SIGNED =
      StandardSigner.signed("/callback/x", ProviderKit.NOW, BODY);
  private static final Callback BARE = new Callback("", BODY);

  private final Outbound outbound = ProviderKit.outbound();

  @AfterEach
  void close() {
    outbound.close();
  }

  @Test
  void a_callback_is_checked_by_the_secret_of_the_attempts_own_credential() {
    var engine = engine("replicate", Map.of(), Optional.of(StandardSigner.SECRET));

    assertThat(engine.provenance(ProviderKit.attempt(), SIGNED))
        .isEqualTo(new Provenance.Genuine());
    assertThat(engine.provenance(ProviderKit.attempt(), BARE))
        .isInstanceOf(Provenance.Forged.class);
  }

  @Test
  void refused_ones_are_counted_and_others_are_not() {
    var engine = engine("replicate", Map.of(), Optional.of(StandardSigner.SECRET));

    engine.provenance(ProviderKit.attempt(), BARE);
    engine.provenance(ProviderKit.attempt(), SIGNED);
    engine.provenance(ProviderKit.attempt(), BARE);

    assertThat(engine.forgedCallbacks()).isEqualTo(Map.of("replicate", 2L));
  }

  @Test
  void where_no_secret_is_kept_or_the_channel_is_gone_the_address_alone_speaks_for_it() {
    var without = engine("replicate", Map.of(), Optional.empty());
    var gone =
        ProviderKit.engine(
            new Catalogue(Map.of(), Map.of(), Map.of(), List.of()),
            _ -> Optional.empty(),
            Providers.all(),
            outbound);

    assertThat(without.provenance(ProviderKit.attempt(), BARE))
        .isEqualTo(new Provenance.NotSigned());
    assertThat(gone.provenance(ProviderKit.attempt(), BARE)).isEqualTo(new Provenance.NotSigned());
    assertThat(without.forgedCallbacks()).isEmpty();
  }

  @Test
  void a_setting_for_keys_that_is_no_address_lets_nothing_pass() {
    var engine = engine("fal", Map.of("webhook_keys", "not an address"), Optional.empty());

    assertThat(engine.provenance(ProviderKit.attempt(), SIGNED))
        .isInstanceOf(Provenance.Unchecked.class);
  }

  @Test
  void one_over_which_an_adapter_stumbles_is_forged() {
    var stumbling = new ScriptedProvider().stumblesOverCallbacks();
    var channel = ProviderKit.channel(ScriptedProvider.NAME, "https://provider.example", Map.of());
    var engine = ProviderKit.engine(channel, new Providers(List.of(stumbling)), outbound);

    assertThat(engine.provenance(ProviderKit.attempt(), BARE))
        .isInstanceOf(Provenance.Forged.class);
  }

  private Engine engine(String provider, Map<String, String> settings, Optional<String> secret) {
    var channel = ProviderKit.channel(provider, "https://provider.example", settings);
    var catalogue = new Catalogue(Map.of(), Map.of(), Map.of(), List.of(channel));
    return ProviderKit.engine(catalogue, new Known(secret), Providers.all(), outbound);
  }

  /** One credential, with its callback secret if there is one. */
  private record Known(Optional<String> callbackSecret) implements Credentials {
    @Override
    public Optional<Secret> secret(CredentialId id) {
      return Optional.of(new Secret(ProviderKit.SECRET));
    }

    @Override
    public Optional<Secret> callbackSecret(CredentialId id) {
      return callbackSecret.map(Secret::new);
    }
  }
}
