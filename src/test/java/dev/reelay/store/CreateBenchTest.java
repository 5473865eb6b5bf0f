package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.task.TaskStore.NewTask;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The benchmark of creates is fair only while it sends the very statements of a create. */
class CreateBenchTest {
  private static final Path BENCHMARK = Path.of("bench/create.sql");
  private static final DataSource NEVER_ASKED = new PGSimpleDataSource();

  @Test
  void the_benchmark_of_creates_sends_the_statements_of_a_create() throws IOException {
    var wanted = new NewTask(TaskSamples.queued(), OptionalInt.empty(), Optional.empty());
    var sent = new TaskCreation(new Sql(NEVER_ASKED), wanted).script().statements();

    var benchmark = benchmark();

    assertThat(benchmark).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(benchmark.get(i)).matches(withAnyValues(sent.get(i)));
    }
  }

  /** Its statements without the comments and commands of pgbench, begin and commit. */
  private static List<String> benchmark() throws IOException {
    var statements =
        Files.readAllLines(BENCHMARK).stream()
            .filter(line -> !line.startsWith("--") && !line.startsWith("\\"))
            .collect(Collectors.joining("\n"));
    return Arrays.stream(statements.split(";\n?"))
        .map(String::strip)
        .filter(text -> !text.equals("begin") && !text.equals("commit"))
        .toList();
  }

  /** Each value may be anything and each space any white space; all else must be the same. */
  private static Pattern withAnyValues(String statement) {
    var pattern =
        Arrays.stream(statement.strip().split("\\s+"))
            .map(word -> Pattern.quote(word).replace("?", "\\E.+?\\Q"))
            .collect(Collectors.joining("\\s+"));
    return Pattern.compile(
        pattern.replace("\\Q(\\E.+?", "\\Q(\\E\\s*.+?"), Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }
}
