package dev.reelay.http;

import dev.reelay.access.MasterKey;
import dev.reelay.task.CallbackAddresses;
import dev.reelay.task.HearCallback;
import dev.reelay.task.TaskId;
import dev.reelay.testkit.InMemoryDoubts;
import dev.reelay.testkit.InMemoryTaskStore;
import dev.reelay.testkit.NoSearch;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The callback route over a store in memory; what is hurried is written down. */
final class CallbackKit {
  final List<TaskId> hurried = new CopyOnWriteArrayList<>();
  final InMemoryDoubts doubts;
  private final InMemoryTaskStore store;
  private final CallbackAddresses addresses;
  private final InstantSource clock;

  CallbackKit(MasterKey masterKey, InMemoryTaskStore store, InstantSource clock) {
    var publicUrl = URI.create("https://relay.example");
    this.addresses = new CallbackAddresses(masterKey, Optional.of(publicUrl));
    this.store = store;
    this.doubts = new InMemoryDoubts(store);
    this.clock = clock;
  }

  Callbacks handler() {
    return new Callbacks(
        new HearCallback(addresses, store, new NoSearch(), doubts, hurried::add, clock));
  }

  /** The path of an attempt's address. */
  String path(TaskId task, int attempt) {
    return addresses.of(task, attempt).orElseThrow().getPath();
  }
}
