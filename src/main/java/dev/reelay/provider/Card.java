package dev.reelay.provider;

import dev.reelay.routing.Capability;
import dev.reelay.routing.Need;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an adapter declares of its provider, as data: docs/providers.md is written from it,
 * operators are helped by it, and the contract suite demands cases for what it names. What steers
 * the engine stands in {@link dev.reelay.task.Upstream.Abilities} instead.
 *
 * @param title whom it speaks to, in a few words
 * @param baseUrl where the provider is, for a channel that names no other place
 * @param credential what the channel's secret is, in words
 * @param settings what a channel of it may set
 * @param models what the provider makes; empty where nobody can know
 * @param features what a request may ask for
 * @param results how its results are fetched
 * @param push how it calls back
 * @param cost what it says that a job took
 * @param checked against what this adapter was held
 * @param notes whole sentences for the operator: traps, limits, what is left out
 */
public record Card(
    String title,
    Optional<URI> baseUrl,
    String credential,
    List<Setting> settings,
    List<OfferedModel> models,
    Set<Feature> features,
    Results results,
    Push push,
    Cost cost,
    Set<Evidence> checked,
    List<String> notes) {
  public Card {
    settings = List.copyOf(settings);
    models = List.copyOf(models);
    features = Set.copyOf(features);
    checked = Set.copyOf(checked);
    notes = List.copyOf(notes);
    if (title.isBlank() || credential.isBlank() || checked.isEmpty()) {
      throw new IllegalArgumentException("a card has a title, a credential and some evidence");
    }
    if (settings.stream().map(Setting::name).distinct().count() != settings.size()) {
      throw new IllegalArgumentException("a setting stands on a card once");
    }
  }

  /**
   * One that makes videos of texts, checked against documentation, with results of unknown life
   * that need no key; the rest is added by the methods below.
   */
  public static Card of(String title, String credential) {
    return new Card(
        title,
        Optional.empty(),
        credential,
        List.of(),
        List.of(),
        Set.of(Feature.TEXT),
        new Results(Duration.ZERO, false),
        Push.NONE,
        Cost.NONE,
        Set.of(Evidence.DOCUMENTATION),
        List.of());
  }

  public Card at(String url) {
    return new Card(
        title,
        Optional.of(URI.create(url)),
        credential,
        settings,
        models,
        features,
        results,
        push,
        cost,
        checked,
        notes);
  }

  public Card settings(Setting... all) {
    return new Card(
        title,
        baseUrl,
        credential,
        List.of(all),
        models,
        features,
        results,
        push,
        cost,
        checked,
        notes);
  }

  public Card models(OfferedModel... all) {
    return new Card(
        title,
        baseUrl,
        credential,
        settings,
        List.of(all),
        features,
        results,
        push,
        cost,
        checked,
        notes);
  }

  /** Beside videos of texts. */
  public Card can(Feature... further) {
    var all = EnumSet.of(Feature.TEXT, further);
    return new Card(
        title, baseUrl, credential, settings, models, all, results, push, cost, checked, notes);
  }

  /**
   * @param life how long an address of a result is good; zero where nobody says
   * @param needsKey the provider's own key has to be sent for it
   */
  public Card results(Duration life, boolean needsKey) {
    var how = new Results(life, needsKey);
    return new Card(
        title, baseUrl, credential, settings, models, features, how, push, cost, checked, notes);
  }

  public Card push(Push how) {
    return new Card(
        title, baseUrl, credential, settings, models, features, results, how, cost, checked, notes);
  }

  public Card cost(Cost told) {
    return new Card(
        title,
        baseUrl,
        credential,
        settings,
        models,
        features,
        results,
        push,
        told,
        checked,
        notes);
  }

  /** Beside documentation. */
  public Card checked(Evidence... further) {
    var all = EnumSet.of(Evidence.DOCUMENTATION, further);
    return new Card(
        title, baseUrl, credential, settings, models, features, results, push, cost, all, notes);
  }

  public Card notes(String... sentences) {
    var all = List.of(sentences);
    return new Card(
        title, baseUrl, credential, settings, models, features, results, push, cost, checked, all);
  }

  /** What of a request it cannot send on. */
  public Set<Need> lacks() {
    var lacks = EnumSet.noneOf(Need.class);
    for (var need : Need.values()) {
      if (feature(need).filter(feature -> !features.contains(feature)).isPresent()) {
        lacks.add(need);
      }
    }
    return lacks;
  }

  /** Empty for what hangs on this relay and not on the provider. */
  private static Optional<Feature> feature(Need need) {
    return switch (need) {
      case FIRST_FRAME -> Optional.of(Feature.FIRST_FRAME);
      case LAST_FRAME -> Optional.of(Feature.LAST_FRAME);
      case REFERENCES -> Optional.of(Feature.REFERENCES);
      case REFERENCE_VIDEO -> Optional.of(Feature.REFERENCE_VIDEO);
      case REFERENCE_AUDIO -> Optional.of(Feature.REFERENCE_AUDIO);
      case PICTURE_ADDRESSES, CLIP_ADDRESSES -> Optional.empty();
      case AUDIO -> Optional.of(Feature.AUDIO);
      case SEED -> Optional.of(Feature.SEED);
      case NEGATIVE_PROMPT -> Optional.of(Feature.NEGATIVE_PROMPT);
    };
  }

  /** Every combination of the settings that change what a channel can do, the usual one first. */
  public List<Map<String, String>> abilitySettings() {
    var combinations = List.of(Map.<String, String>of());
    for (var setting : settings) {
      if (setting.ability()) {
        combinations = combined(combinations, setting);
      }
    }
    return combinations;
  }

  private static List<Map<String, String>> combined(
      List<Map<String, String>> before, Setting setting) {
    return setting.allowed().stream()
        .flatMap(value -> before.stream().map(map -> with(map, setting.name(), value)))
        .toList();
  }

  private static Map<String, String> with(Map<String, String> map, String name, String value) {
    var more = new HashMap<>(map);
    more.put(name, value);
    return Map.copyOf(more);
  }

  /**
   * What a channel may set.
   *
   * @param meaning one sentence without its full stop, as it stands in a table
   * @param allowed its values, the usual one first, which may be empty for "not set"; one in angle
   *     brackets, such as {@code <header>}, stands for any such text
   * @param ability it changes {@link Provider#abilities}
   */
  public record Setting(String name, String meaning, List<String> allowed, boolean ability) {
    public Setting {
      allowed = List.copyOf(allowed);
      if (allowed.isEmpty() || !name.matches("[a-z][a-z0-9_]*")) {
        throw new IllegalArgumentException("a setting has a name and a usual value: " + name);
      }
      if (ability && allowed.stream().anyMatch(value -> value.startsWith("<"))) {
        throw new IllegalArgumentException("an ability has certain values: " + name);
      }
    }

    /** One that leaves the abilities as they are. */
    public Setting(String name, String meaning, List<String> allowed) {
      this(name, meaning, allowed, false);
    }

    /** One that changes what the channel can do. */
    public static Setting ability(String name, String meaning, String... allowed) {
      return new Setting(name, meaning, List.of(allowed), true);
    }

    /** Whether a channel may set it to this. */
    public boolean allows(String value) {
      return allowed.contains(value) || allowed.stream().anyMatch(text -> text.startsWith("<"));
    }
  }

  /**
   * A model of the provider.
   *
   * @param upstream the provider's name of it
   * @param suggested the name under which to sell it
   */
  public record OfferedModel(String upstream, String suggested, Capability capability) {}

  /** What a request may ask for and gets sent on as the provider spells it. */
  public enum Feature {
    TEXT,
    FIRST_FRAME,
    LAST_FRAME,
    REFERENCES,
    /** Reference videos, by their addresses. */
    REFERENCE_VIDEO,
    /** Reference sounds, by their addresses. */
    REFERENCE_AUDIO,
    AUDIO,
    SEED,
    NEGATIVE_PROMPT,
    REMIX
  }

  /** As {@link Card#results} says. */
  public record Results(Duration life, boolean needsKey) {
    public Results {
      if (life.isNegative()) {
        throw new IllegalArgumentException("a life is zero or more");
      }
    }
  }

  /** How a provider calls back. */
  public enum Push {
    NONE,
    /** Each call carries a signature, which is checked. */
    SIGNED,
    /** As that, but it is checked only where the operator has given the provider's secret. */
    SIGNED_BY_SECRET,
    /** Nothing proves a call but that its address cannot be guessed; it only hurries a poll. */
    SECRET_ADDRESS,
    /** As that, and an address must first answer a question. */
    CHALLENGE
  }

  /** What a provider says that a job took. */
  public enum Cost {
    NONE,
    TOKENS,
    UNITS,
    MONEY
  }

  /** Against what an adapter was held. */
  public enum Evidence {
    DOCUMENTATION,
    /** A test runs the vendor's unmodified client against our laboratory. */
    VENDOR_SDK,
    LIVE_SERVICE
  }
}
