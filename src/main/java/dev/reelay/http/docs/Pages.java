package dev.reelay.http.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.http.PublishedText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the pages together: bar, body and what they load. */
final class Pages {
  private static final String ROOT = "/docs/";
  private static final String MARKDOWN = ".md";
  private static final String CONTRACT = "../api/openapi.yaml";

  private final String frame =
      new String(PublishedText.resource("/dev/reelay/http/docs/page.html"), UTF_8);
  private final Markdown markdown = new Markdown();

  /** A link of the bar. */
  private record Door(String address, String words, String kind) {}

  /** The page that shows the contract. */
  String reference(Language language) {
    var body =
        """
        <main id="reference"></main>
        <noscript><p>%s <a href="/openapi.yaml">openapi.yaml</a></p></noscript>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/reference.js"></script>\
        """
            .formatted(language.withoutScript());
    var other = language.other();
    return framed(
        language,
        language.reference(),
        "<link rel=\"stylesheet\" href=\"/docs/swagger-ui.css\">\n",
        bar(language, language.page(), Optional.of(door(other, other.page()))),
        body);
  }

  /** A page of text, with the address of the examples as it is written there. */
  String chapter(Chapter chapter) {
    var page = new String(PublishedText.resource(chapter.file()), UTF_8);
    var language = chapter.language();
    var translated = chapter.translated().map(other -> door(other.language(), other.page()));
    return framed(
        language,
        escaped(markdown.title(page)),
        "",
        bar(language, chapter.page(), translated),
        "<article>\n" + markdown.html(page, Pages::address) + "</article>");
  }

  /** A text as it stands in HTML, also between quotes. */
  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static Door door(Language language, String page) {
    return new Door(ROOT + page, language.ownName(), "language");
  }

  private static List<Door> bar(Language language, String here, Optional<Door> translated) {
    var chapters =
        Chapter.offeredIn(language).stream()
            .map(chapter -> new Door(ROOT + chapter.page(), chapter.label(), "chapter"));
    return Stream.of(
            Stream.of(
                new Door("/docs", "Reelay", "home"),
                new Door(ROOT + language.page(), language.reference(), "chapter")),
            chapters,
            translated.stream())
        .flatMap(doors -> doors)
        .map(
            door ->
                door.address().equals(ROOT + here)
                    ? new Door(door.address(), door.words(), "here")
                    : door)
        .toList();
  }

  private static String link(Door door) {
    var mark = door.kind().equals("here") ? " aria-current=\"page\"" : "";
    return "<a class=\"%s\" href=\"%s\"%s>%s</a>\n"
        .formatted(door.kind(), door.address(), mark, escaped(door.words()));
  }

  private String framed(
      Language language, String title, String styles, List<Door> bar, String body) {
    return frame
        .replace("{language}", language.tag())
        .replace("{title}", title)
        .replace("{styles}", styles)
        .replace("{links}", bar.stream().map(Pages::link).collect(Collectors.joining()))
        .replace("{body}", body);
  }

  /** Where a link of a page in {@code docs/} leads to under this relay; empty if nowhere. */
  private static String address(String link) {
    if (link.equals(CONTRACT)) {
      return "/openapi.yaml";
    }
    if (link.startsWith("#") || link.startsWith("https://")) {
      return link;
    }
    int end = link.indexOf(MARKDOWN);
    return end > 0 && Chapter.of(link.substring(0, end)).isPresent()
        ? ROOT + link.substring(0, end) + link.substring(end + MARKDOWN.length())
        : "";
  }
}
