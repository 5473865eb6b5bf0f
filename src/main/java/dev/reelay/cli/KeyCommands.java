package dev.reelay.cli;

import dev.reelay.access.ApiKey;
import dev.reelay.access.KeyId;
import dev.reelay.access.KeyLimits;
import dev.reelay.access.KeyScope;
import dev.reelay.access.Keys;
import dev.reelay.access.RotateKey;
import dev.reelay.access.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys. */
@Command(name = "key", description = "API keys of tenants.")
final class KeyCommands extends Group {

  /** The limits that an operator may set; one that is left out stays as it is. */
  static final class LimitOptions {
    @Option(
        names = "--spend-limit",
        paramLabel = "USD|none",
        description = "The most that the key may spend in its life.")
    private Optional<Cap> spendLimit = Optional.empty();

    @Option(names = "--open-tasks", paramLabel = "N|none", description = "Tasks open at once.")
    private Optional<Bound> openTasks = Optional.empty();

    @Option(
        names = "--expires",
        paramLabel = "WHEN|none",
        description = "30d, 12h, 2027-01-31 or 2027-01-31T12:00:00Z.")
    private Optional<Expiry> expires = Optional.empty();

    boolean isEmpty() {
      return spendLimit.isEmpty() && openTasks.isEmpty() && expires.isEmpty();
    }

    KeyLimits over(KeyLimits before, Instant now) {
      return new KeyLimits(
          expires.isPresent() ? expires.get().from(now) : before.expiresAt(),
          spendLimit.isPresent() ? spendLimit.get().amount() : before.spendLimit(),
          openTasks.isPresent() ? openTasks.get().limit() : before.openTasksMax());
    }
  }

  /** Issues a key. */
  @Command(
      name = "create",
      description = {
        "Make an API key and print it: this once and never again.",
        "Only a keyed hash of it is stored."
      })
  static final class Create extends OperatorCommand {
    @Parameters(paramLabel = "TENANT", description = "Whose it is: a name or number.")
    private String tenant = "";

    @Option(
        names = "--name",
        paramLabel = "TEXT",
        description = "What it is for; default: ${DEFAULT-VALUE}.")
    private String name = "key";

    @Mixin private LimitOptions limits = new LimitOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    Create(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (name.isBlank()) {
        throw Refusal.usage("a key needs a name");
      }
      var owner = tenant(desk, tenant);
      var now = surroundings().time().clock().instant();
      var issued =
          desk.people().issueKey().issue(owner.id(), name, limits.over(KeyLimits.NONE, now));
      if (!scope.isEmpty()) {
        // Nobody knows the key before it is printed, so nobody uses it before it has its lists.
        desk.people().keys().setScope(issued.key().id(), scope.over(KeyScope.ALL));
      }
      var secret = issued.secret().reveal();
      var doc =
          new Doc()
              .number("id", issued.key().id().value())
              .text("api_key", secret)
              .text("name", issued.key().name())
              .text("tenant", owner.name())
              .money("spend_limit", issued.key().spendLimit())
              .number("open_tasks_max", issued.key().openTasksMax())
              .time("expires_at", issued.key().expiresAt());
      var told =
          "key %d of %s, shown this once:%n%n  %s%n"
              .formatted(issued.key().id().value(), owner.name(), secret);
      return Answer.done(told, doc, secret);
    }
  }

  /** Lists keys. */
  @Command(name = "list", description = "Every key, or those of one tenant.")
  static final class ListAll extends OperatorCommand {
    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
    private Optional<String> tenant = Optional.empty();

    ListAll(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var now = surroundings().time().clock().instant();
      var owner = tenant.map(name -> tenant(desk, name).id());
      return Answer.list(
          "keys",
          desk.people().keys().list(owner).stream().map(usage -> Docs.key(usage, now)).toList());
    }
  }

  /** Shows a key. */
  @Command(name = "show", description = "One key: limits, spending, state. Never its text.")
  static final class Show extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "Its number.")
    private long id;

    Show(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var now = surroundings().time().clock().instant();
      return Answer.page(Docs.key(usage(desk, id), now), String.valueOf(id));
    }
  }

  /** Revokes a key. */
  @Command(name = "revoke", description = "End a key for good; running relays refuse it at once.")
  static final class Revoke extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "Its number.")
    private long id;

    Revoke(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      usage(desk, id);
      if (!desk.people().keys().revoke(new KeyId(id))) {
        throw Refusal.failed("key " + id + " was revoked before");
      }
      var now = surroundings().time().clock().instant();
      return Answer.done(
          "key " + id + " is revoked", Docs.key(usage(desk, id), now), String.valueOf(id));
    }
  }

  /** Changes a key's limits. */
  @Command(name = "limit", description = "Change the limits of a key; the others stay.")
  static final class Limit extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "Its number.")
    private long id;

    @Mixin private LimitOptions limits = new LimitOptions();
    @Mixin private ScopeOptions scope = new ScopeOptions();

    Limit(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      if (limits.isEmpty() && scope.isEmpty()) {
        throw Refusal.usage(
            "say which: --spend-limit, --open-tasks, --expires, --models or --addresses");
      }
      var key = usage(desk, id).key();
      var now = surroundings().time().clock().instant();
      var before = new KeyLimits(key.expiresAt(), key.spendLimit(), key.openTasksMax());
      if (!limits.isEmpty()) {
        desk.people().keys().setLimits(new KeyId(id), limits.over(before, now));
      }
      if (!scope.isEmpty()) {
        desk.people().keys().setScope(new KeyId(id), scope.over(key.scope()));
      }
      var doc = Docs.key(usage(desk, id), now);
      return new Answer(doc.json(), DocText.page(doc), String.valueOf(id), Exit.OK);
    }
  }

  /** Gives a key a new secret. */
  @Command(
      name = "rotate",
      description = {
        "Make a new key in the place of another and print it: this once and never again.",
        "It has the same limits; the old key goes on for the overlap."
      })
  static final class Rotate extends OperatorCommand {
    @Parameters(paramLabel = "ID", description = "The number of the old key.")
    private long id;

    @Option(
        names = "--overlap",
        paramLabel = "TIME|none",
        defaultValue = "24h",
        description = "How long the old key goes on; default: ${DEFAULT-VALUE}.")
    private Overlap overlap = new Overlap(Duration.ZERO);

    Rotate(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      return switch (desk.people().rotateKey().rotate(new KeyId(id), overlap.length())) {
        case RotateKey.Outcome.Rotated(ApiKey key, Secret secret, ApiKey old) ->
            rotated(key, secret.reveal(), old);
        case RotateKey.Outcome.Missing _ -> throw unknown(id);
        case RotateKey.Outcome.Ended(ApiKey.Refusal why) ->
            throw Refusal.failed(
                "key %d is %s; make a new one with reelay key create"
                    .formatted(id, why.name().toLowerCase(Locale.ROOT)));
        case RotateKey.Outcome.Declared _ ->
            throw Refusal.failed(
                "key " + id + " stands in the configuration; set another REELAY_API_KEY there");
      };
    }

    private static Answer rotated(ApiKey key, String secret, ApiKey old) {
      var doc =
          new Doc()
              .number("id", key.id().value())
              .text("api_key", secret)
              .text("name", key.name())
              .number("old_id", old.id().value())
              .time("old_expires_at", old.expiresAt());
      var ends = old.expiresAt().map(Instant::toString).orElse("never");
      var told =
          "key %d takes the place of key %d, which ends %s; shown this once:%n%n  %s%n"
              .formatted(key.id().value(), old.id().value(), ends, secret);
      return Answer.done(told, doc, secret);
    }
  }

  private static Refusal unknown(long id) {
    return Refusal.failed("there is no key " + id + "; reelay key list shows them");
  }

  private static Keys.Usage usage(Desk desk, long id) {
    return desk.people().keys().show(new KeyId(id)).orElseThrow(() -> unknown(id));
  }

  /** For doctor: keys that are of no use any more. */
  static List<Keys.Usage> expired(List<Keys.Usage> keys, Instant now) {
    return keys.stream()
        .filter(usage -> Docs.keyState(usage.key(), now).equals("expired"))
        .toList();
  }
}
