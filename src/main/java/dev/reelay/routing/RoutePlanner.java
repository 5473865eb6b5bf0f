package dev.reelay.routing;

import dev.reelay.money.Money;
import dev.reelay.money.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses channels for a model: pure, and able to say why. Higher priority goes first; within one
 * priority a channel whose probe is due, then whoever can do all that was asked for. Where a model
 * prefers the cheapest, the least expected cost follows, and an unknown one after all known ones.
 * What is equal still is drawn by weight from the seed, so the same task is always planned alike.
 * What is out of use comes last, to be waited for. The credentials of a channel follow each other,
 * beginning with another one for each seed.
 */
public final class RoutePlanner {
  /** With very many channels the last reasons are cut off. */
  static final int WHY_CHARS_MAX = 4_000;

  private final Catalogue catalogue;
  private final Ask ask;
  private final Outlook outlook;
  private final Preference preference;
  private final List<String> reasons = new ArrayList<>();

  private RoutePlanner(Catalogue catalogue, Ask ask, Outlook outlook) {
    this.catalogue = catalogue;
    this.ask = ask;
    this.outlook = outlook;
    this.preference = catalogue.find(ask.model()).map(Model::preference).orElse(Preference.WEIGHT);
  }

  /**
   * What is to be made.
   *
   * @param tried channels to leave out
   * @param needs what not every provider has
   * @param usage the most that it uses, from which its cost is expected; empty where the order of
   *     equal channels means nothing
   */
  public record Ask(
      ModelName model, Set<ChannelId> tried, Set<Need> needs, long seed, Optional<Usage> usage) {
    public Ask {
      tried = Set.copyOf(tried);
      needs = Set.copyOf(needs);
    }

    /** Without a cost to expect. */
    public Ask(ModelName model, Set<ChannelId> tried, Set<Need> needs, long seed) {
      this(model, tried, needs, seed, Optional.empty());
    }

    public Ask withTried(Set<ChannelId> others) {
      return new Ask(model, others, needs, seed, usage);
    }

    public Ask withUsage(Usage most) {
      return new Ask(model, tried, needs, seed, Optional.of(most));
    }
  }

  /** What is known of candidates now. */
  public record Outlook(Function<Candidate, Standing> health, Need.Lacks lacks) {
    /** Everybody is well and can do everything. */
    public static final Outlook FAIR = new Outlook(_ -> new Standing.InUse(), Need.Lacks.NOTHING);
  }

  /**
   * @param candidates in the order they should be tried
   * @param waiting those that are out of use now, the soonest back first
   * @param reasons how equal ones are put in order, unless by weight; one sentence a channel looked
   *     at
   */
  public record Route(List<Candidate> candidates, List<Candidate> waiting, List<String> reasons) {
    public Route {
      candidates = List.copyOf(candidates);
      waiting = List.copyOf(waiting);
      reasons = List.copyOf(reasons);
    }

    /** Whether there is nobody to go to and nobody to wait for. */
    public boolean isEmpty() {
      return candidates.isEmpty() && waiting.isEmpty();
    }

    /** All to go to and to wait for. */
    public List<Candidate> all() {
      return Stream.concat(candidates.stream(), waiting.stream()).toList();
    }

    /**
     * Why this one, for the task's own story.
     *
     * @param full those that come before it and had no room
     */
    public String why(Candidate chosen, List<String> full) {
      var said = new ArrayList<String>();
      said.add("to " + chosen.words());
      if (!full.isEmpty()) {
        said.add("no room now: " + String.join(", ", full));
      }
      said.addAll(reasons);
      var text = String.join("; ", said);
      return text.length() <= WHY_CHARS_MAX ? text : text.substring(0, WHY_CHARS_MAX - 1) + "…";
    }

    /** What of it leads to this account; the reasons say that the task may go nowhere else. */
    public Route only(ChannelId channel, CredentialId credential) {
      var told = new ArrayList<>(reasons);
      told.add("a remix: only where its parent was made");
      return new Route(
          there(candidates, channel, credential), there(waiting, channel, credential), told);
    }

    private static List<Candidate> there(
        List<Candidate> all, ChannelId channel, CredentialId credential) {
      return all.stream()
          .filter(candidate -> candidate.channel().id().equals(channel))
          .filter(candidate -> candidate.credential().equals(credential))
          .toList();
    }
  }

  /** One way to serve the model: a channel, a credential, and the provider's own model name. */
  public record Candidate(Channel channel, CredentialId credential, String upstreamModel) {
    /** Who it is, for people. */
    public String words() {
      return channel.name() + " as " + upstreamModel + " by credential " + credential.value();
    }
  }

  /** A candidate with what its order hangs on. */
  private record Rated(
      Candidate candidate, Standing standing, int lacking, Optional<Money> cost, double key) {
    int priority() {
      return candidate.channel().weight().priority();
    }

    boolean isProbe() {
      return standing instanceof Standing.ProbeDue;
    }
  }

  private static final Comparator<Rated> FIRST =
      Comparator.<Rated>comparingInt(rated -> -rated.priority())
          .thenComparing(rated -> !rated.isProbe())
          .thenComparingInt(Rated::lacking);

  private static final Comparator<Rated> COST =
      Comparator.<Rated, Boolean>comparing(rated -> rated.cost().isEmpty())
          .thenComparing(rated -> rated.cost().orElse(Money.ZERO));

  private static final Comparator<Rated> DRAWN = Comparator.comparingDouble(Rated::key).reversed();

  private static Comparator<Rated> order(Preference preference) {
    return switch (preference) {
      case WEIGHT -> FIRST.thenComparing(DRAWN);
      case CHEAPEST -> FIRST.thenComparing(COST).thenComparing(DRAWN);
    };
  }

  public static Route plan(Catalogue catalogue, Ask ask, Outlook outlook) {
    return new RoutePlanner(catalogue, ask, outlook).plan();
  }

  private Route plan() {
    var random = new SplittableRandom(ask.seed());
    switch (preference) {
      case WEIGHT -> {}
      case CHEAPEST -> reasons.add("of equal ones the cheapest goes first");
    }
    var rated =
        catalogue.channels().stream()
            .filter(channel -> channel.models().containsKey(ask.model()))
            .sorted(Comparator.comparingLong(channel -> channel.id().value()))
            // Drawn for each, so that one which is left out does not change the others' order.
            .flatMap(channel -> rated(channel, random.nextDouble()).stream())
            .sorted(order(preference))
            .toList();
    return new Route(
        rated.stream().filter(r -> r.standing().isOpen()).map(Rated::candidate).toList(),
        rated.stream()
            .filter(r -> !r.standing().isOpen())
            .sorted(Comparator.comparing(r -> r.standing().untilOpen()))
            .map(Rated::candidate)
            .toList(),
        reasons);
  }

  /** All credentials of a channel; each is the first for its share of the seeds. */
  private List<Rated> rated(Channel channel, double drawn) {
    var lacking = EnumSet.noneOf(Need.class);
    ask.needs().stream()
        .filter(outlook.lacks().apply(channel.id())::contains)
        .forEach(lacking::add);
    var against = against(channel, lacking);
    if (!against.isEmpty()) {
      reasons.add(channel.name() + ": " + against);
      return List.of();
    }
    var upstream = channel.models().get(ask.model());
    if (upstream == null) {
      throw new IllegalStateException("a channel looked at has the model: " + channel.name());
    }
    // Drawing key = u^(1/weight) sorts a weighted sample without replacement (Efraimidis, 2006).
    var key = Math.pow(drawn, 1.0 / channel.weight().weight());
    var cost =
        ask.usage()
            .flatMap(
                usage ->
                    catalogue.cost(channel.id(), upstream).flatMap(rule -> rule.expected(usage)));
    var credentials = new ArrayList<>(channel.credentials());
    Collections.rotate(credentials, Math.floorMod(ask.seed(), credentials.size()));
    var rated =
        credentials.stream()
            .map(credential -> new Candidate(channel, credential, upstream))
            .map(one -> new Rated(one, outlook.health().apply(one), lacking.size(), cost, key))
            .toList();
    reasons.add(channel.name() + ": " + words(rated, lacking));
    return rated;
  }

  private String against(Channel channel, Set<Need> lacking) {
    if (!channel.enabled()) {
      return "disabled";
    }
    if (channel.credentials().isEmpty()) {
      return "has no credential";
    }
    if (ask.tried().contains(channel.id())) {
      return "already tried for this task";
    }
    return lacking.stream()
        .filter(Need::isRequired)
        .findFirst()
        .map(need -> "cannot take " + need.words())
        .orElse("");
  }

  /** Where it decides something, an unknown cost is told too. */
  private String costWords(Optional<Money> cost) {
    return cost.map(known -> ", costs " + known)
        .orElseGet(
            () ->
                switch (preference) {
                  case WEIGHT -> "";
                  case CHEAPEST -> ", cost unknown";
                });
  }

  private String words(List<Rated> rated, Set<Need> lacking) {
    var channel = rated.getFirst().candidate().channel();
    var open = rated.stream().filter(r -> r.standing().isOpen()).count();
    var words = new StringBuilder(open == 0 ? "out of use" : "usable");
    words.append(", priority ").append(channel.weight().priority());
    words.append(", weight ").append(channel.weight().weight());
    words.append(costWords(rated.getFirst().cost()));
    if (!lacking.isEmpty()) {
      words.append(", without ");
      words.append(lacking.stream().map(Need::words).collect(Collectors.joining(" and ")));
    }
    rated.stream().map(Rated::standing).map(RoutePlanner::words).distinct().forEach(words::append);
    return words.toString();
  }

  private static String words(Standing standing) {
    return switch (standing) {
      case Standing.InUse _ -> "";
      case Standing.ProbeDue(String why) -> ", to be probed (" + why + ")";
      case Standing.OutOfUse(String why, Duration left) ->
          ", back in " + Math.max(1, left.toSeconds()) + " s at the soonest (" + why + ")";
    };
  }
}
