package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.ErrorCode;
import dev.reelay.testkit.Sources;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/errors.md against the catalogue. */
class ErrorDocsTest {
  private static final List<String> LINES =
      Sources.read(Sources.ROOT.resolve("docs/errors.md")).lines();

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_has_one_row_with_status_cause_and_cure_in_both_languages(ErrorCode code) {
    var rows =
        LINES.stream()
            .filter(line -> line.startsWith("| `" + code.wire() + "` |"))
            .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
            .toList();

    assertThat(rows).hasSize(1);
    var cells = rows.getFirst();
    assertThat(cells.get(2)).isEqualTo(String.valueOf(code.status()));
    assertThat(cells.get(3)).isNotEmpty();
    assertThat(cells.get(4)).isNotEmpty();
    assertThat(cells.get(5)).matches(".*\\p{IsHan}.*");
  }

  @Test
  void no_row_describes_a_code_that_does_not_exist() {
    var codes = Arrays.stream(ErrorCode.values()).map(code -> "`" + code.wire() + "`").toList();
    var described =
        LINES.stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1].strip())
            .toList();

    assertThat(codes).containsAll(described);
  }
}
