package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.MasterKey;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallbackAddressesTest {
  private static final MasterKey KEY =
      MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2));
  private static final TaskId TASK = TaskSamples.taskId(1);
  private static final Optional<URI> PUBLIC = Optional.of(URI.create("https://relay.example"));

  private final CallbackAddresses addresses = new CallbackAddresses(KEY, PUBLIC);

  @Test
  void an_address_names_its_attempt_and_ends_with_128_bits() {
    assertThat(addresses.of(TASK, 2).orElseThrow().toString())
        .matches("https://relay\\.example/callback/" + TASK.value() + "/2/[A-Za-z0-9_-]{22}");
  }

  @Test
  void the_secret_of_one_attempt_opens_no_other() {
    var secret = secret(TASK, 1);

    assertThat(addresses.isSecret(TASK, 1, secret)).isTrue();
    assertThat(addresses.isSecret(TASK, 2, secret)).isFalse();
    assertThat(addresses.isSecret(TaskSamples.taskId(2), 1, secret)).isFalse();
    assertThat(addresses.isSecret(TASK, 1, secret(TASK, 11))).isFalse();
    assertThat(addresses.isSecret(TASK, 1, "")).isFalse();
    assertThat(addresses.isSecret(TASK, 1, secret.substring(1))).isFalse();
  }

  @Test
  void a_relay_that_cannot_be_reached_gives_no_address_and_believes_none() {
    var hidden = new CallbackAddresses(KEY, Optional.empty());

    assertThat(hidden.of(TASK, 1)).isEmpty();
    assertThat(hidden.isSecret(TASK, 1, secret(TASK, 1))).isFalse();
  }

  private String secret(TaskId task, int attempt) {
    var path = addresses.of(task, attempt).orElseThrow().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
