package dev.reelay.http.docs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Turns a page of Markdown into HTML without anything that runs: tags in the text are shown as they
 * are written. Headings get ids to link to, wide tables a box that scrolls.
 */
final class Markdown {
  private final Parser parser =
      Parser.builder().extensions(List.of(TablesExtension.create())).build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder()
          .extensions(List.of(TablesExtension.create()))
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ -> Markdown::addId)
          .build();

  /**
   * The page as HTML.
   *
   * @param address where a link of the page leads to; an empty text leaves the words without a link
   */
  String html(String page, Function<String, String> address) {
    var document = parser.parse(page);
    document.accept(new Links(address));
    return renderer
        .render(document)
        .replace("<table>", "<div class=\"table\"><table>")
        .replace("</table>", "</table></div>");
  }

  /** The words of the first heading; empty if there is none. */
  String title(String page) {
    for (var node = parser.parse(page).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        return words(node);
      }
    }
    return "";
  }

  private static void addId(Node node, String tag, Map<String, String> attributes) {
    if (node instanceof Heading) {
      attributes.put("id", anchor(words(node)));
    }
  }

  private static String anchor(String words) {
    return words
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-|-$", "");
  }

  private static String words(Node node) {
    var words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text text) {
            words.append(text.getLiteral());
          }

          @Override
          public void visit(Code code) {
            words.append(code.getLiteral());
          }
        });
    return words.toString();
  }

  /** Leads each link to where it belongs here. */
  private static final class Links extends AbstractVisitor {
    private final Function<String, String> address;

    Links(Function<String, String> address) {
      this.address = address;
    }

    @Override
    public void visit(Link link) {
      var target = address.apply(link.getDestination());
      if (!target.isEmpty()) {
        link.setDestination(target);
        return;
      }
      while (link.getFirstChild() != null) {
        link.insertBefore(link.getFirstChild());
      }
      link.unlink();
    }
  }
}
