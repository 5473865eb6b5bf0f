package dev.reelay.http.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.reelay.http.EdgeError;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.PublishedText;
import dev.reelay.http.Refused;
import dev.reelay.http.Reply;
import dev.reelay.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code GET /docs} and what hangs on it: the contract in Swagger UI, whose two files lie in the
 * jar, and the chapters for client programs. The policy lets a page load from this relay and
 * nowhere else, and run no script that stands in a page. Everything is made at its first use.
 */
public final class DocsPages {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String OWN = "/dev/reelay/http/docs/";
  private static final String VIEWER = "/META-INF/resources/webjars/swagger-ui/";

  /** Where the files of the viewer lie depends on its version, which its own jar tells. */
  private static final String VIEWER_FACTS =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  /** The address in the examples of the chapters, which becomes that of this relay. */
  private static final String EXAMPLE_ADDRESS = "http://127.0.0.1:8080";

  private static final List<Field> GUARDED =
      List.of(
          new Field(
              FieldName.CONTENT_SECURITY_POLICY,
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'"),
          new Field(FieldName.X_CONTENT_TYPE_OPTIONS, "nosniff"),
          new Field(FieldName.REFERRER_POLICY, "no-referrer"),
          new Field(FieldName.X_FRAME_OPTIONS, "DENY"));
  private static final Field BY_LANGUAGE =
      new Field(FieldName.VARY, FieldName.ACCEPT_LANGUAGE.wire());

  private final Map<String, PublishedText> files = new ConcurrentHashMap<>();
  private final Map<Chapter, String> chapters = new ConcurrentHashMap<>();
  private final Pages pages = new Pages();

  /** {@code GET /docs}: the reference, in the language that the reader prefers. */
  public Reply front(Request request) {
    var accepted = request.header(FieldName.ACCEPT_LANGUAGE).orElse("");
    return page(request, pages.reference(Language.preferred(accepted))).with(BY_LANGUAGE);
  }

  /** {@code GET /docs/{page}}: the reference in a language, a chapter, or a file of theirs. */
  public Reply page(Request request) {
    var name = request.parameter("page");
    for (var language : Language.values()) {
      if (language.page().equals(name)) {
        return page(request, pages.reference(language));
      }
    }
    var chapter = Chapter.of(name);
    return chapter.isPresent() ? chapter(request, chapter.get()) : file(request, name);
  }

  private Reply chapter(Request request, Chapter chapter) {
    var html = chapters.computeIfAbsent(chapter, pages::chapter);
    return page(request, html.replace(EXAMPLE_ADDRESS, Pages.escaped(request.baseUrl())));
  }

  private static Reply page(Request request, String html) {
    return new PublishedText(html.getBytes(UTF_8), HTML).reply(request, GUARDED);
  }

  private Reply file(Request request, String name) {
    return place(name)
        .map(place -> files.computeIfAbsent(name, _ -> read(place)))
        .orElseThrow(() -> new Refused(EdgeError.NOT_FOUND.problem()))
        .reply(request, GUARDED);
  }

  private static Optional<String> place(String name) {
    return switch (name) {
      case "docs.css", "reference.js" -> Optional.of(OWN + name);
      case "swagger-ui.css", "swagger-ui-bundle.js" -> Optional.of(viewer() + name);
      default -> Optional.empty();
    };
  }

  private static PublishedText read(String place) {
    return new PublishedText(PublishedText.resource(place), place.endsWith(".css") ? CSS : SCRIPT);
  }

  private static String viewer() {
    return new String(PublishedText.resource(VIEWER_FACTS), UTF_8)
        .lines()
        .filter(line -> line.startsWith("version="))
        .map(line -> VIEWER + line.substring("version=".length()).strip() + "/")
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the viewer does not tell its version"));
  }
}
