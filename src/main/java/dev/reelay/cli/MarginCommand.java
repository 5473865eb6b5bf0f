package dev.reelay.cli;

import dev.reelay.routing.Channel;
import dev.reelay.task.Margins;
import dev.reelay.task.Margins.By;
import dev.reelay.task.Margins.Sums;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is left of charges once providers are paid. */
@Command(
    name = "margin",
    description = {
      "What tasks earned and what they cost you: charged, given back, cost, and what is left.",
      "Tasks count on the day (UTC) on which they were accepted. Those of which nobody knows the",
      "cost are counted by themselves, with what they were charged, and are in no other sum."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  reelay margin --by model,channel",
      "  reelay margin --by tenant --from 2026-11-01 --until 2026-11-30 --json"
    })
final class MarginCommand extends OperatorCommand {
  private static final int DAYS_DEFAULT = 30;

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "GROUP",
      description = "What they are put together by: day, model, channel, tenant; default: day.")
  private Set<By> by = EnumSet.of(By.DAY);

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first day, such as 2026-11-01; default: so that it is 30 days.")
  private Optional<LocalDate> from = Optional.empty();

  @Option(names = "--until", paramLabel = "DATE", description = "The last day; default: today.")
  private Optional<LocalDate> until = Optional.empty();

  MarginCommand(Terms terms) {
    super(terms);
  }

  @Override
  Answer act(Desk desk) {
    var last = until.orElseGet(this::today);
    var first = from.orElse(last.minusDays(DAYS_DEFAULT - 1));
    var report = desk.work().margins().report(query(first, last));
    var names = new Names(tenantNames(desk), channelNames(desk));
    var rows =
        report.lines().stream().map(line -> sums(names.group(line, by), line.sums())).toList();
    var total = report.lines().stream().map(Margins.Line::sums).reduce(Sums.NOTHING, Sums::plus);
    var doc =
        new Doc()
            .text("from", first.toString())
            .text("until", last.toString())
            .rows("lines", rows)
            .part("total", sums(new Doc(), total))
            .claim("cut", report.isCut());
    return Answer.page(doc, total.margin().toString());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(surroundings().time().clock().instant(), ZoneOffset.UTC);
  }

  private Margins.Query query(LocalDate first, LocalDate last) {
    try {
      return new Margins.Query(beginning(first), beginning(last).plus(1, ChronoUnit.DAYS), by);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(e.getMessage() + ": " + first + " to " + last);
    }
  }

  private static Instant beginning(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Map<String, String> tenantNames(Desk desk) {
    return desk.people().tenants().list().stream()
        .collect(Collectors.toMap(one -> String.valueOf(one.id().value()), one -> one.name()));
  }

  private static Map<String, String> channelNames(Desk desk) {
    return desk.offer().catalogue().load().channels().stream()
        .collect(Collectors.toMap(one -> String.valueOf(one.id().value()), Channel::name));
  }

  /** What numbers are called. */
  private record Names(Map<String, String> tenants, Map<String, String> channels) {
    Doc group(Margins.Line line, Set<By> by) {
      var doc = new Doc();
      for (var one : List.of(By.values())) {
        if (by.contains(one)) {
          doc.text(
              one.name().toLowerCase(Locale.ROOT), word(one, line.group().getOrDefault(one, "")));
        }
      }
      return doc;
    }

    private String word(By by, String key) {
      return switch (by) {
        case DAY, MODEL -> key;
        case CHANNEL -> key.isEmpty() ? "none" : channels.getOrDefault(key, key);
        case TENANT -> tenants.getOrDefault(key, key);
      };
    }
  }

  private static Doc sums(Doc doc, Sums sums) {
    return doc.number("tasks", sums.tasks())
        .number("open", sums.open())
        .money("charged", sums.charged())
        .money("refunded", sums.refunded())
        .money("cost", sums.cost())
        .money("margin", sums.margin())
        .number("cost_unknown", sums.unknown())
        .money("charged_at_unknown_cost", sums.unknownCharged());
  }
}
