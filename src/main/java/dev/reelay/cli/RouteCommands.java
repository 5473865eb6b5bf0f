package dev.reelay.cli;

import dev.reelay.money.Factors;
import dev.reelay.money.Quote;
import dev.reelay.money.Resolution;
import dev.reelay.money.Usage;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.CostKey;
import dev.reelay.routing.Fit;
import dev.reelay.routing.Fitting;
import dev.reelay.routing.HealthBoard;
import dev.reelay.routing.HealthPart;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.routing.RoutePlanner;
import dev.reelay.routing.RoutePlanner.Candidate;
import dev.reelay.routing.Standing;
import dev.reelay.routing.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where requests would go. */
@Command(name = "route", description = "Where requests would go, and why.")
final class RouteCommands extends Group {
  /** A picture of a request. */
  enum Role {
    first,
    last,
    reference
  }

  /** Explains one request. */
  @Command(
      name = "explain",
      description = {
        "What would become of a request now: the models behind the name, what each would change",
        "and hold, the channels in order with reasons. Nothing is sent or held.",
        "The draw by weight differs from task to task; here it is shown once."
      },
      footerHeading = "%nExample:%n",
      footer = "  reelay route explain --model sora-2 --seconds 12 --size 1080p --image first")
  static final class Explain extends OperatorCommand {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "NAME",
        description = "A model or an alias.")
    private ModelName model = new ModelName("-");

    @Option(names = "--seconds", paramLabel = "N", description = "The length.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
        names = {"--size", "--resolution"},
        paramLabel = "P",
        description = "The resolution, such as 720p.")
    private Optional<Resolution> resolution = Optional.empty();

    @Option(names = "--ratio", paramLabel = "W:H", description = "The ratio, such as 16:9.")
    private Optional<AspectRatio> ratio = Optional.empty();

    @Option(names = "--audio", paramLabel = "yes|no", description = "With sound or without.")
    private Optional<ChannelCommands.Use> audio = Optional.empty();

    @Option(
        names = "--image",
        paramLabel = "first|last|reference",
        description = "A picture it comes with; repeatable.")
    private List<Role> images = List.of();

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "Who asks, for its price factors; without, prices are as they are set.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--seed", description = "It has a seed.")
    private boolean seed;

    Explain(Terms terms) {
      super(terms);
    }

    @Override
    Answer act(Desk desk) {
      var known = desk.offer().catalogue().load();
      var models = known.behind(model);
      if (models.isEmpty()) {
        throw Refusal.failed("there is no model " + model + "; reelay model list shows them");
      }
      var now = desk.database().get().now();
      var shown = desk.offer().health().shown();
      var outlook =
          new RoutePlanner.Outlook(c -> standing(c, shown, now), desk.offer().adapters().lacks());
      var factors = tenant.map(name -> tenant(desk, name).factors()).orElse(Factors.ONE);
      var here = new Here(known, outlook, factors);
      var rows = models.stream().map(one -> explained(here, one)).toList();
      var doc =
          new Doc()
              .text("model", model.value())
              .claim("alias", known.isAlias(model))
              .rows("in_order", rows);
      return Answer.page(doc, model.value());
    }

    /** What a request would find. */
    private record Here(Catalogue known, RoutePlanner.Outlook outlook, Factors factors) {}

    private Doc explained(Here here, Model one) {
      var doc = new Doc().text("model", one.name().value());
      return switch (Fitting.fit(one.capability(), wish(), here.known().isAlias(model))) {
        case Fit.Refused(String field, String asked, List<String> allowed) ->
            doc.text("fits", "no")
                .text(
                    "why_not",
                    field
                        + " "
                        + asked
                        + " is not possible; allowed: "
                        + String.join(", ", allowed));
        case Fit.Fits fits -> routed(doc.text("fits", "yes"), here, one, fits);
      };
    }

    private Doc routed(Doc doc, Here here, Model one, Fit.Fits fits) {
      var known = here.known();
      var usage = fits.shape().usage().withReferences(images.contains(Role.reference));
      var hold = known.price(one.name()).flatMap(rule -> Quote.hold(rule, here.factors(), usage));
      var ask =
          new RoutePlanner.Ask(one.name(), Set.of(), needs(fits.shape().audio()), 0)
              .withUsage(usage);
      var route = RoutePlanner.plan(known, ask, here.outlook());
      return doc.text("seconds", String.valueOf(fits.shape().seconds()))
          .text("resolution", fits.shape().resolution().toString())
          .text("ratio", fits.shape().ratio().toString())
          .words("changed", fits.changes().stream().map(Explain::words).toList())
          .money("holds", hold.map(found -> found.max()))
          .text("prefers", one.preference().wire())
          .rows("expected_cost", costs(known, route, usage))
          .words("candidates", route.candidates().stream().map(Candidate::words).toList())
          .words("waited_for", route.waiting().stream().map(Candidate::words).toList())
          .words("reasons", route.reasons());
    }

    /** What each channel of the route is expected to cost, the most that it may be. */
    private static List<Doc> costs(Catalogue known, RoutePlanner.Route route, Usage usage) {
      return route.all().stream()
          .map(candidate -> new CostKey(candidate.channel().id(), candidate.upstreamModel()))
          .distinct()
          .map(
              of ->
                  new Doc()
                      .text("channel", known.channel(of.channel()).map(Channel::name))
                      .text("upstream_model", of.upstreamModel())
                      .money(
                          "cost",
                          known
                              .cost(of.channel(), of.upstreamModel())
                              .flatMap(rule -> rule.expected(usage))))
          .toList();
    }

    private static String words(Fit.Change change) {
      return change.field() + " " + change.asked() + " becomes " + change.used();
    }

    private Wish wish() {
      return new Wish(
          seconds.map(OptionalInt::of).orElse(OptionalInt.empty()),
          resolution,
          ratio,
          Optional.empty(),
          audio.map(use -> use == ChannelCommands.Use.yes));
    }

    private Set<Need> needs(boolean withAudio) {
      var needs = EnumSet.noneOf(Need.class);
      for (var image : images) {
        needs.add(
            switch (image) {
              case first -> Need.FIRST_FRAME;
              case last -> Need.LAST_FRAME;
              case reference -> Need.REFERENCES;
            });
      }
      if (withAudio) {
        needs.add(Need.AUDIO);
      }
      if (seed) {
        needs.add(Need.SEED);
      }
      return needs;
    }

    /** As the node says that has it out of use for the longest. */
    private static Standing standing(
        Candidate candidate, List<HealthBoard.Shown> shown, Instant now) {
      var parts =
          HealthPart.of(
              candidate.channel().id(), candidate.credential(), candidate.upstreamModel());
      var against = new ArrayList<Standing>();
      for (var one : shown) {
        var outage = one.line().outage();
        if (parts.contains(one.line().part())) {
          var left = Duration.between(now, outage.probeAt());
          var why = one.node() + ": " + outage.why();
          against.add(
              left.isPositive() ? new Standing.OutOfUse(why, left) : new Standing.ProbeDue(why));
        }
      }
      return against.stream()
          .max((a, b) -> a.untilOpen().compareTo(b.untilOpen()))
          .orElse(new Standing.InUse());
    }
  }
}
