package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extending and characters: read, checked, and refused in words where nobody can do it. */
class EditsApiTest {
  private static final String EXTEND = "/v1/video/extend";
  private static final String CHARACTERS = "/sora/v1/characters";

  private final ApiKit kit = new ApiKit();
  private String id = "";

  @BeforeEach
  void create() {
    id = kit.create(ApiKit.CAT);
  }

  @AfterEach
  void stop() {
    kit.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        EXTEND + " | {'model':'grok-video-3','prompt':'on','task_id':'ID','start_time':2.5}",
        EXTEND + " | {'prompt':'on','task_id':'ID','start_time':'2','size':'720P','upscale':'no'}",
        CHARACTERS + " | {'from_task':'ID','timestamps':'1,3'}",
        CHARACTERS + " | {'url':'https://a.example/v.mp4','timestamps':'0.5, 2'}"
      })
  void what_no_channel_can_do_is_refused_with_its_own_code(String path, String body) {
    var before = kit.store.balance(kit.tenant);

    var reply = kit.post(path, body.replace("ID", id));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(ApiKit.code(reply)).isEqualTo("operation_not_supported");
    assertThat(ApiKit.json(reply).path("error").path("message_zh").asString()).contains("渠道");
    assertThat(kit.store.all()).hasSize(1);
    assertThat(kit.store.balance(kit.tenant)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        EXTEND + " | {'prompt':'on','start_time':1} | task_id",
        EXTEND + " | {'task_id':'ID','start_time':1} | prompt",
        EXTEND + " | {'task_id':'ID','prompt':'on'} | start_time",
        EXTEND + " | {'task_id':'ID','prompt':'on','start_time':'soon'} | start_time",
        EXTEND + " | {'task_id':'ID','prompt':'on','start_time':-1} | start_time",
        EXTEND + " | {'task_id':'ID','prompt':'on','start_time':1,'size':'huge'} | size",
        CHARACTERS + " | {'timestamps':'1,3'} | from_task",
        CHARACTERS + " | {'from_task':'ID'} | timestamps",
        CHARACTERS + " | {'from_task':'ID','timestamps':'1,9'} | timestamps",
        CHARACTERS + " | {'from_task':'ID','timestamps':'1'} | timestamps",
        CHARACTERS + " | {'url':'file:///etc/passwd','timestamps':'1,3'} | url"
      })
  void what_is_missing_or_wrong_is_named_first(String path, String body, String param) {
    var reply = kit.post(path, body.replace("ID", id));

    assertThat(ApiKit.code(reply)).isEqualTo("invalid_field");
    assertThat(ApiKit.json(reply).path("error").path("param").asString()).isEqualTo(param);
  }

  @Test
  void the_task_of_another_or_of_nobody_is_the_same_404_whatever_else_is_wrong() {
    for (var other : new String[] {id, "task_01k6x15vhrff09dkkqjrzwhm60", "nonsense"}) {
      var extended = kit.postAs(ApiKit.OTHER_KEY, EXTEND, "{'task_id':'%s'}".formatted(other));
      var made = kit.postAs(ApiKit.OTHER_KEY, CHARACTERS, "{'from_task':'%s'}".formatted(other));

      assertThat(extended.statusCode()).isEqualTo(404);
      assertThat(ApiKit.code(extended)).isEqualTo("task_not_found");
      assertThat(made.statusCode()).isEqualTo(404);
      assertThat(ApiKit.code(made)).isEqualTo("task_not_found");
    }
  }
}
