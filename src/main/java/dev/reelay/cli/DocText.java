package dev.reelay.cli;

import dev.reelay.cli.Doc.Cell;
import dev.reelay.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays facts out for people: a page of named lines, or a table. */
final class DocText {
  private static final String NONE = "-";
  private static final int GAP = 2;

  private DocText() {}

  /** One fact a line, names aligned; parts and tables below, indented. */
  static String page(Doc doc) {
    var width = doc.cells().keySet().stream().mapToInt(String::length).max().orElse(0);
    var text = new StringBuilder();
    for (Map.Entry<String, Cell> entry : doc.cells().entrySet()) {
      var label = label(entry.getKey());
      switch (entry.getValue()) {
        case Cell.Part(Doc part) -> text.append(label).append('\n').append(indented(page(part)));
        case Cell.Rows(List<Doc> rows) ->
            text.append(label)
                .append('\n')
                .append(indented(rows.isEmpty() ? NONE + "\n" : table(rows)));
        case Cell.Text _,
            Cell.Whole _,
            Cell.Claim _,
            Cell.Amount _,
            Cell.Moment _,
            Cell.Words _,
            Cell.Nothing _ ->
            text.append(padded(label, width + GAP)).append(word(entry.getValue())).append('\n');
      }
    }
    return text.toString();
  }

  /** A row each, columns aligned under their names. */
  static String table(List<Doc> rows) {
    var names = Doc.names(rows);
    var lines = new ArrayList<List<String>>();
    lines.add(names.stream().map(DocText::label).map(String::toUpperCase).toList());
    for (var row : rows) {
      lines.add(names.stream().map(name -> word(row, name)).toList());
    }
    var text = new StringBuilder();
    for (var line : lines) {
      var out = new StringBuilder();
      for (var column = 0; column < names.size(); column++) {
        out.append(padded(line.get(column), widest(lines, column) + GAP));
      }
      text.append(out.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int widest(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> width(line.get(column))).max().orElse(0);
  }

  private static String word(Doc row, String name) {
    return Optional.ofNullable(row.cells().get(name)).map(DocText::word).orElse("");
  }

  private static String word(Cell cell) {
    return switch (cell) {
      case Cell.Text(String text) -> text.isEmpty() ? NONE : printable(text);
      case Cell.Whole(long number) -> String.valueOf(number);
      case Cell.Claim(boolean holds) -> holds ? "yes" : "no";
      case Cell.Amount(Money money) -> money + " USD";
      case Cell.Moment(Instant at) -> at.truncatedTo(ChronoUnit.SECONDS).toString();
      case Cell.Words(List<String> words) ->
          words.isEmpty() ? NONE : printable(String.join(", ", words));
      case Cell.Nothing _ -> NONE;
      case Cell.Part(Doc doc) -> doc.cells().isEmpty() ? NONE : "…";
      case Cell.Rows(List<Doc> rows) -> String.valueOf(rows.size());
    };
  }

  /** What strangers wrote must not move the cursor or start a new line. */
  static String printable(String text) {
    var out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> out.appendCodePoint(Character.isISOControl(c) || isUnseen(c) ? ' ' : c));
    return out.toString();
  }

  private static boolean isUnseen(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT;
  }

  private static String label(String name) {
    return name.replace('_', ' ');
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - width(text)));
  }

  private static String indented(String text) {
    return text.indent(GAP);
  }

  /** Columns on a terminal: Chinese characters take two. */
  private static int width(String text) {
    return text.codePoints().map(c -> isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int codePoint) {
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> codePoint >= 0xFF01 && codePoint <= 0xFF60;
    };
  }
}
