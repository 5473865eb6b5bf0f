package dev.reelay.provider.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions are read strictly; what is wrong names line and field. */
class DescriptionTest {
  private static final String GOOD =
      """
      create:
        path: /jobs
        body: {text: "${prompt}"}
        id: /id
      poll:
        path: /jobs/${id}
        status: /status
        words: {succeeded: done}
        video: /url
      """;

  @Test
  void a_short_description_is_enough() {
    var description = Description.parse(GOOD);

    assertThat(description.auth()).isEqualTo(new Description.Auth("Authorization", "Bearer "));
    assertThat(description.abilities().recovery().token()).isEmpty();
    assertThat(description.abilities().pollFloor()).isEqualTo(Duration.ofSeconds(5));
    assertThat(description.abilities().cancel()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/examples/kie.yaml",
        "docs/examples/together.yaml",
        "src/test/resources/provider/declarative/token.yaml"
      })
  void the_worked_examples_can_be_read(String file) throws IOException {
    assertThat(Description.parse(Files.readString(Path.of(file))).poll().words()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path: /jobs/${id}|path: /jobs/${prompt}|line 6: poll.path names the unknown value prompt",
        "path: /jobs/${id}|path: jobs|line 6: poll.path must begin with a slash",
        "path: /jobs/${id}|path: /jobs/${ID}|line 6: poll.path has a ${ that is no value",
        "status: /status|state: /status|line 7: poll.state is unknown here",
        "status: /status|status: status|line 7: poll.status must be JSON pointers",
        "words: {succeeded: done}|words: {done: done}|line 8: poll.words.done is unknown here",
        "words: {succeeded: done}|words: {pending: done}|line 8: poll.words.succeeded is missing",
        "words: {succeeded: done}|words: {succeeded: a, failed: a}|which stands there twice",
        "video: /url|every: soon|poll.video is missing",
        "id: /id|id: /id\\n  method: GET|create.method of a create cannot be GET",
        "id: /id|id: /id\\n  id: /id|line 5: create.id stands there twice",
        "body: {text|body: {text: [|this is no YAML",
        "{text: \"${prompt}\"}|text|line 3: create.body must be a JSON object",
      })
  void what_is_wrong_names_line_and_field(String part, String instead, String problem) {
    var bad = GOOD.replace(part, instead.replace("\\n", "\n"));

    assertThatThrownBy(() -> Description.parse(bad))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"token: {life: 24h}", "callback: {id: /id}"})
  void a_promise_needs_a_create_that_sends_what_it_is_about(String promise) {
    assertThatThrownBy(() -> Description.parse(GOOD + promise))
        .isInstanceOf(DescriptionException.class)
        .hasMessageContaining("needs a create that sends ${");
  }

  @Test
  void aliases_cannot_blow_a_description_up() {
    var bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

    assertThatThrownBy(() -> Description.parse(bomb)).isInstanceOf(DescriptionException.class);
  }

  @Test
  void an_unreadable_description_gives_a_channel_no_abilities() {
    var abilities = new DeclarativeProvider().abilities(Map.of("description", "create: no"));

    assertThat(abilities).isEqualTo(new DeclarativeProvider().abilities(Map.of()));
  }
}
