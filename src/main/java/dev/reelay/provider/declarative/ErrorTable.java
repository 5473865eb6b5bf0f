package dev.reelay.provider.declarative;

import dev.reelay.provider.Json;
import dev.reelay.provider.RelayErrors;
import dev.reelay.provider.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What answers mean that are no success: rules in order, the first that fits wins. What no rule
 * knows is judged by its HTTP status alone.
 *
 * @param codes where a code stands
 * @param messages where a sentence for people stands
 */
record ErrorTable(Places codes, Places messages, List<Rule> rules) {
  /** What a refusal means; {@code GONE} is for polls only. */
  enum Meaning {
    BUSY,
    ACCOUNT,
    MODEL,
    CONTENT,
    REJECTED,
    DOUBT,
    GONE
  }

  /**
   * Fits where all of its conditions do; one that is empty always does.
   *
   * @param words parts of code or sentence, in small letters
   */
  record Rule(List<String> statuses, List<String> codes, List<String> words, Meaning means) {}

  static ErrorTable of(Optional<Fields> fields) {
    fields.ifPresent(found -> found.only("code", "message", "rules"));
    return new ErrorTable(
        fields.map(found -> found.places("code")).orElse(new Places(List.of())),
        fields.map(found -> found.places("message")).orElse(new Places(List.of())),
        fields.stream()
            .flatMap(found -> found.objects("rules").stream())
            .map(ErrorTable::rule)
            .toList());
  }

  private static Rule rule(Fields fields) {
    fields.only("status", "code", "words", "means");
    var names = Stream.of(Meaning.values()).map(m -> m.name().toLowerCase(Locale.ROOT)).toList();
    var means = fields.find("means", "", names);
    var words = fields.texts("words").stream().map(w -> w.toLowerCase(Locale.ROOT)).toList();
    var rule =
        new Rule(
            fields.texts("status"),
            fields.texts("code"),
            words,
            Meaning.valueOf(means.toUpperCase(Locale.ROOT)));
    if (!rule.statuses().stream().allMatch(status -> status.matches("[1-5][0-9]{2}"))) {
      throw fields.problem("status", "must be HTTP statuses such as 429");
    }
    if (rule.statuses().isEmpty() && rule.codes().isEmpty() && words.isEmpty()) {
      throw fields.problem("means", "needs a condition: status, code or words");
    }
    return rule;
  }

  /** By the rules alone; a rule that only knows statuses says nothing of a success. */
  Optional<Meaning> ruled(Reply reply) {
    return Json.object(reply.body())
        .map(tree -> ruled(reply, tree))
        .orElseGet(() -> ruled(reply, Json.body()));
  }

  private Optional<Meaning> ruled(Reply reply, JsonNode tree) {
    var status = Integer.toString(reply.status());
    return rules.stream()
        .filter(rule -> rule.statuses().isEmpty() || rule.statuses().contains(status))
        .filter(rule -> hasWords(rule) || (!rule.statuses().isEmpty() && !reply.isSuccess()))
        .filter(rule -> fits(rule, tree))
        .map(Rule::means)
        .findFirst();
  }

  private static boolean hasWords(Rule rule) {
    return !rule.codes().isEmpty() || !rule.words().isEmpty();
  }

  private boolean fits(Rule rule, JsonNode tree) {
    var code = codes.text(tree).orElse("");
    var said =
        Stream.concat(codes.texts(tree), messages.texts(tree))
            .collect(Collectors.joining(" "))
            .toLowerCase(Locale.ROOT);
    return (rule.codes().isEmpty() || rule.codes().contains(code))
        && (rule.words().isEmpty() || rule.words().stream().anyMatch(said::contains));
  }

  /** Whether a job's own verdict is about its content. */
  boolean isContent(JsonNode tree, String verdict) {
    return rules.stream()
        .filter(rule -> rule.means() == Meaning.CONTENT && hasWords(rule))
        .anyMatch(
            rule ->
                fits(rule, tree)
                    || rule.words().stream().anyMatch(verdict.toLowerCase(Locale.ROOT)::contains));
  }

  /** By the rules, else by the status. */
  Meaning refusal(Reply reply) {
    return ruled(reply).filter(means -> means != Meaning.GONE).orElseGet(() -> usual(reply));
  }

  private static Meaning usual(Reply reply) {
    return switch (reply.status()) {
      case 301, 302, 307, 308, 401, 402, 403, 404, 405 -> Meaning.ACCOUNT;
      case 429 -> Meaning.BUSY;
      case 400, 413, 415, 422 -> Meaning.REJECTED;
      default -> Meaning.DOUBT;
    };
  }

  String why(Reply reply) {
    return Json.object(reply.body())
        .flatMap(messages::text)
        .orElseGet(() -> RelayErrors.message(reply));
  }
}
