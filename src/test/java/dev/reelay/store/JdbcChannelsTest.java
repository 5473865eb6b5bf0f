package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.access.SealBroken;
import dev.reelay.access.Secret;
import dev.reelay.routing.Alias;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.Channels.Addition;
import dev.reelay.routing.Channels.NewChannel;
import dev.reelay.routing.Channels.Terms;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.SandboxCatalogue;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcChannelsTest {
  private static final Secret SECRET = new Secret("the-provider's-secret");
  private static final ModelName SORA = new ModelName("sora-2");

  private final StoreKit kit = new StoreKit();
  private final CachedVault vault = new CachedVault(kit.database.dataSource(), kit.sealer);

  private static final Channel.Limits LIMITS = new Channel.Limits(5, OptionalInt.of(30), 60);

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void an_added_channel_comes_back_whole_in_the_catalogue() {
    var id = added(channel("east"));

    var channel = kit.catalogue.load().channel(id).orElseThrow();

    assertThat(channel.name()).isEqualTo("east");
    assertThat(channel.baseUrl()).isEqualTo(URI.create("https://relay.example"));
    assertThat(channel.weight()).isEqualTo(new Channel.Weight(7, 3));
    assertThat(channel.limits()).isEqualTo(LIMITS);
    assertThat(channel.models()).isEqualTo(Map.of(SORA, "sora-2-hd"));
    assertThat(channel.settings()).isEqualTo(Map.of("region", "eu"));
    assertThat(channel.serves(SORA)).isTrue();
  }

  @Test
  void a_channels_terms_are_changed_as_a_whole() {
    var id = added(channel("east"));
    var terms = new Terms(new Channel.Weight(1, 2), new Channel.Limits(8, 120));

    assertThat(kit.channels.setTerms(id, terms)).isTrue();

    var channel = kit.catalogue.load().channel(id).orElseThrow();
    assertThat(new Terms(channel.weight(), channel.limits())).isEqualTo(terms);
    assertThat(kit.channels.setTerms(new ChannelId(99), terms)).isFalse();
  }

  @Test
  void a_credential_is_sealed_and_opens_for_calls_only() {
    var id = added(channel("east"));

    var row = kit.texts("select credential::text from credential").getFirst();
    var credential = kit.channels.find("east").orElseThrow().credentials().getFirst();

    assertThat(row).doesNotContain(SECRET.reveal());
    assertThat(kit.channels.list().toString()).doesNotContain(SECRET.reveal());
    assertThat(vault.open(credential.id())).contains(SECRET);
    assertThat(vault.open(new CredentialId(id.value() + 999))).isEmpty();
  }

  @Test
  void a_callback_secret_is_sealed_beside_the_credential_and_can_be_changed_and_forgotten() {
    var id = added(channel("east"));
    var credential = kit.channels.find("east").orElseThrow().credentials().getFirst();
    var first = new Secret("whsec_first");
    var second = new Secret("whsec_second");
    assertThat(credential.checksCallbacks()).isFalse();
    assertThat(vault.openCallbackSecret(credential.id())).isEmpty();

    assertThat(kit.channels.saveCallbackSecret(id, "main", Optional.of(first))).isTrue();
    vault.refresh();
    assertThat(vault.openCallbackSecret(credential.id())).contains(first);
    assertThat(kit.texts("select credential::text from credential").getFirst())
        .doesNotContain(first.reveal());
    assertThat(kit.channels.list().getFirst().credentials().getFirst().checksCallbacks()).isTrue();

    kit.channels.saveCallbackSecret(id, "main", Optional.of(second));
    vault.refresh();
    assertThat(vault.openCallbackSecret(credential.id())).contains(second);
    assertThat(vault.open(credential.id())).contains(SECRET);

    kit.channels.saveCallbackSecret(id, "main", Optional.empty());
    vault.refresh();
    assertThat(vault.openCallbackSecret(credential.id())).isEmpty();
    assertThat(kit.channels.saveCallbackSecret(id, "other", Optional.of(first))).isFalse();
  }

  @Test
  void a_callback_secret_of_before_that_is_put_back_does_not_open_nor_does_it_as_a_credential() {
    var id = added(channel("east"));
    kit.channels.saveCallbackSecret(id, "main", Optional.of(new Secret("whsec_first")));
    var old = kit.texts("select callback_sealed from credential").getFirst();
    kit.channels.saveCallbackSecret(id, "main", Optional.of(new Secret("whsec_second")));
    var credential = kit.channels.find("east").orElseThrow().credentials().getFirst().id();

    kit.execute("update credential set callback_sealed = ?, sealed = ?", old, old);

    assertThatThrownBy(() -> vault.openCallbackSecret(credential)).isInstanceOf(SealBroken.class);
    assertThatThrownBy(() -> vault.open(credential)).isInstanceOf(SealBroken.class);
  }

  @Test
  void a_credential_put_into_another_row_or_an_older_one_put_back_does_not_open() {
    var id = added(channel("east"));
    var first = kit.channels.find("east").orElseThrow().credentials().getFirst().id();
    var second = kit.channels.saveCredential(id, "spare", new Secret("other")).orElseThrow();
    var old = kit.texts("select sealed from credential where name = 'main'").getFirst();
    kit.channels.saveCredential(id, "main", new Secret("newer"));

    kit.execute("update credential set sealed = ?", old);

    assertThatThrownBy(() -> vault.open(first)).isInstanceOf(SealBroken.class);
    assertThatThrownBy(() -> vault.open(second)).isInstanceOf(SealBroken.class);
  }

  @Test
  void a_replaced_credential_keeps_its_number_and_is_used_after_the_word_of_it() {
    var id = added(channel("east"));
    var before = kit.channels.find("east").orElseThrow().credentials().getFirst().id();
    vault.open(before);

    var after = kit.channels.saveCredential(id, "main", new Secret("newer"));
    var untold = vault.open(before);
    vault.changed(new Change.OfCatalogue());

    assertThat(after).contains(before);
    assertThat(untold).contains(SECRET);
    assertThat(vault.open(before)).contains(new Secret("newer"));
  }

  @Test
  void a_disabled_credential_is_listed_and_not_used() {
    var id = added(channel("east"));
    var credential = kit.channels.find("east").orElseThrow().credentials().getFirst().id();

    kit.channels.setCredentialEnabled(credential, false);

    assertThat(kit.channels.find("east").orElseThrow().credentials()).hasSize(1);
    assertThat(kit.catalogue.load().channel(id).orElseThrow().credentials()).isEmpty();
  }

  @Test
  void a_channel_is_changed_only_if_it_exists() {
    var id = added(channel("east"));
    var none = new ChannelId(999);
    var url = URI.create("https://elsewhere.example");

    assertThat(kit.channels.setEnabled(id, false)).isTrue();
    assertThat(kit.channels.setEnabled(none, false)).isFalse();
    assertThat(kit.channels.setBaseUrl(id, url)).isTrue();
    assertThat(kit.channels.map(id, new ModelName("veo3"), "veo-3")).isTrue();
    assertThat(kit.channels.map(none, SORA, "x")).isFalse();
    assertThat(kit.channels.unmap(id, SORA)).isTrue();
    assertThat(kit.channels.unmap(id, SORA)).isFalse();
    assertThat(kit.channels.saveCredential(none, "main", SECRET)).isEmpty();
    var channel = kit.channels.find("east").orElseThrow().channel();
    assertThat(channel.enabled()).isFalse();
    assertThat(channel.baseUrl()).isEqualTo(url);
    assertThat(channel.models()).isEqualTo(Map.of(new ModelName("veo3"), "veo-3"));
  }

  @Test
  void a_taken_name_and_the_sandbox_by_hand_are_refused() {
    added(channel("east"));

    assertThat(kit.channels.add(channel("east"), "main", SECRET))
        .isEqualTo(new Addition.NameTaken());
    assertThat(kit.channels.add(channel("sandbox"), "main", SECRET))
        .isEqualTo(new Addition.SandboxIsBuiltIn());
    assertThat(kit.number("select count(*) from credential")).isEqualTo(1);
  }

  @Test
  void the_sandbox_serves_every_model_that_it_names_at_a_price() {
    kit.sandbox.switchOn();
    kit.sandbox.switchOn();

    var catalogue = kit.catalogue.load();

    for (var model : SandboxCatalogue.models()) {
      assertThat(catalogue.find(model.name())).contains(model);
      assertThat(catalogue.isServed(model.name())).isTrue();
      assertThat(catalogue.price(model.name())).isPresent();
    }
    for (var alias : SandboxCatalogue.aliases()) {
      assertThat(catalogue.isAlias(alias.name())).isTrue();
      assertThat(catalogue.behind(alias.name())).isNotEmpty();
    }
    assertThat(kit.number("select max(version) from price_rule")).isEqualTo(1);
  }

  @Test
  void what_the_operator_removed_from_the_sandbox_stays_removed() {
    kit.sandbox.switchOn();
    kit.models.remove(SORA);

    kit.sandbox.switchOn();

    assertThat(kit.catalogue.load().find(SORA)).isEmpty();
  }

  @Test
  void switched_off_the_sandbox_serves_nothing() {
    kit.sandbox.switchOff();
    kit.sandbox.switchOn();

    kit.sandbox.switchOff();

    assertThat(kit.catalogue.load().isServed(SandboxCatalogue.ALWAYS)).isFalse();
    kit.sandbox.switchOn();
    assertThat(kit.catalogue.load().isServed(SandboxCatalogue.ALWAYS)).isTrue();
  }

  @Test
  void the_first_real_channel_leaves_the_sandbox_one_model_for_good() {
    kit.sandbox.switchOn();
    var veo = new ModelName("veo3.1-fast");

    var real = added(channel("east"));
    kit.execute("delete from setting where name = 'sandbox_edition'");
    kit.sandbox.switchOn();
    kit.channels.setEnabled(real, false);

    var catalogue = kit.catalogue.load();
    assertThat(sandbox(catalogue).models()).containsOnlyKeys(SandboxCatalogue.ALWAYS);
    assertThat(catalogue.isServed(veo)).isFalse();
    assertThat(catalogue.aliases()).isEmpty();
    assertThat(kit.channels.map(sandbox(catalogue).id(), veo, "veo3.1-fast")).isFalse();
  }

  @Test
  void an_alias_that_the_operator_pointed_elsewhere_outlives_the_sandbox() {
    kit.sandbox.switchOn();
    var mine = new Alias(new ModelName("veo3"), List.of(SORA));
    kit.models.saveAlias(mine);

    added(channel("east"));

    assertThat(kit.catalogue.load().aliases().values()).containsExactly(mine);
  }

  @Test
  void beside_a_real_channel_the_sandbox_installs_one_model() {
    added(channel("east"));

    kit.sandbox.switchOn();

    assertThat(kit.catalogue.load().models()).containsOnlyKeys(SandboxCatalogue.ALWAYS);
  }

  private ChannelId added(NewChannel channel) {
    return ((Addition.Added) kit.channels.add(channel, "main", SECRET)).id();
  }

  private static Channel sandbox(Catalogue catalogue) {
    return catalogue.channels().stream().filter(Channel::isSandbox).findFirst().orElseThrow();
  }

  private static NewChannel channel(String name) {
    return new NewChannel(
        name,
        "unified",
        URI.create("https://relay.example"),
        new Terms(new Channel.Weight(7, 3), LIMITS),
        Map.of(SORA, "sora-2-hd"),
        Map.of("region", "eu"));
  }
}
