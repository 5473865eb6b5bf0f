package dev.reelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.NodePackage;
import dev.reelay.testkit.Program;
import dev.reelay.testkit.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Others' opinion of the contract: Redocly CLI, unmodified, which npm fetches once. */
@Tag("process")
class ContractLintTest {
  private static final Path RULES = Sources.ROOT.resolve("src/test/resources/openapi/redocly.yaml");
  private static final Map<String, String> QUIET =
      Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");

  @TempDir Path folder;

  @Test
  void the_contract_has_no_findings() throws IOException {
    var ended = lint(Sources.ROOT.resolve("api/openapi.yaml"));

    assertThat(ended.code()).as(ended.text()).isZero();
    assertThat(ended.text()).contains("is valid").doesNotContainIgnoringCase("you have");
  }

  @Test
  void a_contract_with_a_fault_has_one() throws IOException {
    var whole = Sources.read(Sources.ROOT.resolve("api/openapi.yaml")).text();
    var broken = folder.resolve("openapi.yaml");
    Files.writeString(
        broken, whole.replaceFirst("operationId: queryVideo", "operationId: createVideo"));

    var ended = lint(broken);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.text()).contains("operation-operationId-unique");
  }

  private static Program.Ended lint(Path contract) throws IOException {
    var redocly = NodePackage.of("@redocly/cli", "2.77.0");
    var command =
        List.of(
            redocly.program("redocly"), "lint", contract.toString(), "--config", RULES.toString());
    return Program.run(redocly.folder(), QUIET, command);
  }
}
