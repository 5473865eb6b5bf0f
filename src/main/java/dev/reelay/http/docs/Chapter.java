package dev.reelay.http.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The pages of {@code docs/} that are for client programs, in the order in which they are offered;
 * those for operators are not published.
 */
enum Chapter {
  UNIFIED_QUERY("unified-query", Language.ENGLISH, "Unified query"),
  UNIFIED_QUERY_ZH("unified-query.zh", Language.CHINESE, "统一查询"),
  FIELDS("query-fields", Language.ENGLISH, "Fields"),
  FOLLOWING("following-a-task", Language.ENGLISH, "Waiting and events"),
  WEBHOOKS("webhooks", Language.ENGLISH, "Webhooks"),
  OPENAI("openai-videos", Language.ENGLISH, "OpenAI"),
  NEW_API("newapi", Language.ENGLISH, "new-api"),
  LIMITS("limits", Language.ENGLISH, "Limits"),
  ERRORS("errors", Language.ENGLISH, "Errors 错误码");

  private final String page;
  private final Language language;
  private final String label;

  Chapter(String page, Language language, String label) {
    this.page = page;
    this.language = language;
    this.label = label;
  }

  /** The name in the address, and of the file without its ending. */
  String page() {
    return page;
  }

  String file() {
    return "/docs/" + page + ".md";
  }

  Language language() {
    return language;
  }

  /** What a link to it says. */
  String label() {
    return label;
  }

  static Optional<Chapter> of(String page) {
    return Arrays.stream(values()).filter(chapter -> chapter.page.equals(page)).findFirst();
  }

  /** What is offered beside a page in this language: a page in both is offered in the reader's. */
  static List<Chapter> offeredIn(Language language) {
    return Arrays.stream(values())
        .filter(
            chapter -> chapter != (language == Language.CHINESE ? UNIFIED_QUERY : UNIFIED_QUERY_ZH))
        .toList();
  }

  /** The same page in the other language. */
  Optional<Chapter> translated() {
    return switch (this) {
      case UNIFIED_QUERY -> Optional.of(UNIFIED_QUERY_ZH);
      case UNIFIED_QUERY_ZH -> Optional.of(UNIFIED_QUERY);
      case FIELDS, FOLLOWING, WEBHOOKS, OPENAI, NEW_API, LIMITS, ERRORS -> Optional.empty();
    };
  }
}
