package dev.reelay.cli;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a command found or did.
 *
 * @param json the whole of it as one JSON document
 * @param text the same for people; ends with a line end
 * @param bare what {@code --quiet} leaves of it: ids, one a line; empty for nothing
 */
record Answer(String json, String text, String bare, Exit exit) {
  /** Facts about one thing. */
  static Answer page(Doc doc, String bare) {
    return new Answer(doc.json(), DocText.page(doc), bare, Exit.OK);
  }

  /** Several things of a kind; the first fact of each is what it is called by. */
  static Answer list(String name, List<Doc> rows) {
    var text = rows.isEmpty() ? "no " + name.replace('_', ' ') + "\n" : DocText.table(rows);
    var bare = rows.stream().map(Answer::firstWord).collect(Collectors.joining("\n"));
    return new Answer(new Doc().rows(name, rows).json(), text, bare, Exit.OK);
  }

  /** Something was done; a sentence says what, the document says how it is now. */
  static Answer done(String sentence, Doc doc, String bare) {
    return new Answer(doc.json(), sentence + "\n", bare, Exit.OK);
  }

  Answer ending(Exit other) {
    return new Answer(json, text, bare, other);
  }

  private static String firstWord(Doc row) {
    var first = row.cells().values().iterator().next();
    return switch (first) {
      case Doc.Cell.Text(String text) -> text;
      case Doc.Cell.Whole(long number) -> String.valueOf(number);
      case Doc.Cell.Claim _,
          Doc.Cell.Amount _,
          Doc.Cell.Moment _,
          Doc.Cell.Part _,
          Doc.Cell.Words _,
          Doc.Cell.Rows _,
          Doc.Cell.Nothing _ ->
          "";
    };
  }
}
