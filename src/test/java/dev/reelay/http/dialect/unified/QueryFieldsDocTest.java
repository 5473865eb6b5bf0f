package dev.reelay.http.dialect.unified;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.Sources;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Holds the pages on queries against the answers of the golden files. */
class QueryFieldsDocTest {
  @Test
  void every_field_of_an_answer_is_described() {
    var page = Sources.read(Sources.ROOT.resolve("docs/query-fields.md")).text();
    var names = new TreeSet<String>();
    for (var name : SampleTasks.all().keySet()) {
      var file = Sources.ROOT.resolve("src/test/resources/unified/query-" + name + ".json");
      collect(SampleJson.tree(Sources.read(file).text()), names);
    }
    // The encodings that we do not have, and what the caller named itself.
    names.removeAll(List.of("source_wm", "md", "gif", "unfurl", "a", "link"));

    assertThat(names)
        .hasSizeGreaterThan(60)
        .allMatch(name -> page.matches("(?s).*\\b" + name + "\\b.*"), "stands in the page");
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/unified-query.md", "docs/unified-query.zh.md"})
  void every_field_of_a_running_task_stands_in_the_page_on_the_query(String file) {
    var page = Sources.read(Sources.ROOT.resolve(file)).text();
    var names = new TreeSet<String>();
    var answer = Sources.ROOT.resolve("src/test/resources/unified/query-running.json");
    collect(SampleJson.tree(Sources.read(answer).text()), names);
    names.removeAll(List.of("a", "link"));

    assertThat(names)
        .hasSizeGreaterThan(50)
        .allMatch(name -> page.matches("(?s).*\\b" + name + "\\b.*"), "stands in the page");
  }

  private static void collect(JsonNode node, Set<String> names) {
    names.addAll(node.propertyNames());
    node.forEach(child -> collect(child, names));
  }
}
