package dev.reelay.cli;

import dev.reelay.access.Tenant;
import dev.reelay.access.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the database of the configuration. */
abstract class OperatorCommand implements Callable<Integer> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Terms terms;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ConfigOption config = new ConfigOption();

  OperatorCommand(Terms terms) {
    this.terms = terms;
  }

  /**
   * What every command is given.
   *
   * @param root holds the options that all commands have
   */
  record Terms(ReelayCommand root, Ports ports) {}

  /** Does the work. The desk is closed afterwards. */
  abstract Answer act(Desk desk);

  @Override
  public Integer call() {
    var loaded = config.require(surroundings());
    try (var desk = terms.ports().desks().open(loaded.config())) {
      return terms.root().print(spec.commandLine().getOut(), act(desk));
    }
  }

  Surroundings surroundings() {
    return terms.ports().surroundings();
  }

  /** What the commands need from outside. */
  Ports ports() {
    return terms.ports();
  }

  /** The name under which what the operator decides is kept. */
  String person() {
    return surroundings().person();
  }

  /** Nothing is set for a time in which tasks have been accepted or sent already. */
  void requireNotPast(String what, String model, Optional<Instant> from) {
    var now = surroundings().time().clock().instant();
    if (from.filter(at -> at.isBefore(now)).isPresent()) {
      throw Refusal.failed(
          "the " + what + " of " + model + " cannot begin in the past; leave its beginning out");
    }
  }

  /** The tenant of this name or number. */
  static Tenant tenant(Desk desk, String nameOrNumber) {
    var tenants = desk.people().tenants();
    var byNumber =
        NUMBER.matcher(nameOrNumber).matches()
            ? tenants.find(new TenantId(Long.parseLong(nameOrNumber)))
            : Optional.<Tenant>empty();
    return byNumber
        .or(() -> tenants.find(nameOrNumber))
        .orElseThrow(
            () ->
                Refusal.failed(
                    "there is no tenant " + nameOrNumber + "; reelay tenant list shows them"));
  }
}
