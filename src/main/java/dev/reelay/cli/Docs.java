package dev.reelay.cli;

import dev.reelay.access.Accounts;
import dev.reelay.access.ApiKey;
import dev.reelay.access.Keys;
import dev.reelay.access.Plan;
import dev.reelay.access.Tenant;
import dev.reelay.money.Balance;
import dev.reelay.money.Factors;
import dev.reelay.money.Money;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Channels;
import dev.reelay.routing.Model;
import dev.reelay.task.Task;
import dev.reelay.task.TaskId;
import dev.reelay.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The documents of the things that several commands show. */
final class Docs {
  private Docs() {}

  static Doc tenant(Tenant tenant) {
    return new Doc()
        .number("id", tenant.id().value())
        .text("name", tenant.name())
        .text("plan", tenant.plan().name())
        .text("factor", Factors.decimal(tenant.factorMillionths()));
  }

  static Doc balance(Doc doc, Balance balance) {
    return doc.money("available", balance.available())
        .money("held", balance.held())
        .money("charged", balance.charged());
  }

  static Doc plan(Plan plan) {
    return new Doc()
        .text("name", plan.name())
        .number("open_tasks_max", plan.openTasksMax())
        .text("factor", Factors.decimal(plan.factorMillionths()))
        .number("create_per_minute", plan.effectiveRates().createPerMinute())
        .number("query_per_minute", plan.effectiveRates().queryPerMinute());
  }

  static Doc key(Keys.Usage usage, Instant now) {
    ApiKey key = usage.key();
    return new Doc()
        .number("id", key.id().value())
        .text("key", key.display())
        .text("name", key.name())
        .number("tenant", key.tenant().value())
        .text("state", keyState(key, now))
        .money("spent", usage.spent())
        .money("spend_limit", key.spendLimit())
        .number("open_tasks_max", key.openTasksMax())
        .time("expires_at", key.expiresAt())
        .time("created_at", usage.createdAt())
        .claim("declared", key.declared())
        .words("models", key.scope().models().stream().sorted().toList())
        .words("addresses", key.scope().addresses().stream().map(Object::toString).toList());
  }

  static String keyState(ApiKey key, Instant now) {
    return key.refusal(now).map(why -> why.name().toLowerCase(Locale.ROOT)).orElse("good");
  }

  static Doc model(Model model) {
    Capability can = model.capability();
    return new Doc()
        .text("name", model.name().value())
        .words("seconds", can.sortedSeconds().stream().map(String::valueOf).toList())
        .words("resolutions", can.resolutions().stream().map(Object::toString).toList())
        .words("ratios", can.ratios().stream().map(Object::toString).toList())
        .words("audio", can.audio().stream().map(audio -> audio ? "yes" : "no").toList())
        .claim("first_frame", can.pictures().firstFrame())
        .claim("last_frame", can.pictures().lastFrame())
        .number("references_max", can.pictures().referencesMax())
        .claim("frames_with_references", can.pictures().together())
        .number("images_max", can.pictures().max())
        .number("reference_videos_max", can.clips().videos().most())
        .number("reference_video_seconds_max", can.clips().videos().secondsMax())
        .claim("reference_videos_with_frames", can.clips().videos().besideFrames())
        .number("reference_audios_max", can.clips().audios().most())
        .number("reference_audio_seconds_max", can.clips().audios().secondsMax())
        .claim("reference_audios_with_frames", can.clips().audios().besideFrames())
        .text("prefers", model.preference().wire());
  }

  static Doc channel(Channels.Listed listed) {
    var channel = listed.channel();
    return new Doc()
        .text("name", channel.name())
        .text("provider", channel.provider())
        .claim("enabled", channel.enabled())
        .text("base_url", channel.baseUrl().toString())
        .number("priority", channel.weight().priority())
        .number("weight", channel.weight().weight())
        .number("calls_at_once_max", channel.limits().callsAtOnceMax())
        .number("creates_per_minute", channel.limits().createsPerMinute())
        .number("polls_per_minute", channel.limits().pollsPerMinute())
        .words(
            "models",
            channel.models().entrySet().stream()
                .map(entry -> mapping(entry.getKey().value(), entry.getValue()))
                .sorted()
                .toList())
        .words(
            "credentials",
            listed.credentials().stream()
                .map(line -> line.name() + (line.enabled() ? "" : " (off)"))
                .toList())
        .words(
            "callback_secrets",
            listed.credentials().stream()
                .filter(Channels.CredentialLine::checksCallbacks)
                .map(Channels.CredentialLine::name)
                .toList());
  }

  private static String mapping(String model, String upstream) {
    return model.equals(upstream) ? model : model + "=" + upstream;
  }

  static Doc task(Task task, Map<Long, String> tenantNames) {
    var tenant = task.tenant().value();
    return new Doc()
        .text("id", task.id().prefixed())
        .text("state", task.state().kind().wire())
        .text("model", task.request().form().requested().value())
        .text("tenant", tenantNames.getOrDefault(tenant, String.valueOf(tenant)))
        .number("progress", task.marks().progress())
        .money("hold", task.hold().max())
        .money("charged", charged(task.state()))
        .time("created_at", task.accepted().createdAt());
  }

  private static Optional<Money> charged(TaskState state) {
    return switch (state) {
      case TaskState.Succeeded done -> Optional.of(done.charged());
      case TaskState.Failed _, TaskState.Canceled _ -> Optional.of(Money.ZERO);
      case TaskState.Queued _,
          TaskState.Submitting _,
          TaskState.InDoubt _,
          TaskState.Running _,
          TaskState.Storing _ ->
          Optional.empty();
    };
  }

  static Doc ledgerLine(Accounts.Line line) {
    return new Doc()
        .number("number", line.number())
        .time("at", line.at())
        .number("tenant", line.tenant().value())
        .text("task", line.task().map(id -> TaskId.PREFIX + id))
        .text("kind", line.entry().kind().name().toLowerCase(Locale.ROOT))
        .money("amount", line.entry().amount())
        .text("reason", line.entry().reason());
  }

  /** The names of all tenants by number. */
  static Map<Long, String> tenantNames(List<Tenant> tenants) {
    return tenants.stream().collect(Collectors.toMap(tenant -> tenant.id().value(), Tenant::name));
  }
}
