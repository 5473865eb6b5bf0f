package dev.reelay.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  @ParameterizedTest
  @CsvSource({
    "id=task_1, task_1",
    "id=sora-2:task_1, sora-2:task_1",
    "id=sora-2%3Atask_1, sora-2:task_1",
    "a=b&id=task_1&c=d, task_1",
    "id=first&id=second, first",
    "%69d=task_1, task_1",
    "id=100%&x=1, 100%",
    "id=%zz, %zz",
    "id=a+b, a+b",
    "id=a=b, a=b",
    "xid=1&id=2, 2",
    "id=%E4%B8%AD, 中",
  })
  void a_parameter_is_found_and_decoded(String query, String value) {
    assertThat(Query.find(query, "id", false)).contains(value);
  }

  @Test
  void a_name_without_a_value_is_empty() {
    assertThat(Query.find("id", "id", false)).contains("");
    assertThat(Query.find("id=", "id", false)).contains("");
    assertThat(Query.find("id&x=1", "id", false)).contains("");
  }

  @Test
  void all_values_of_a_name_come_in_their_order() {
    assertThat(Query.all("ids=a%2Cb&x=1&ids=&ids=c+d&%69ds=e&ids", "ids"))
        .containsExactly("a,b", "", "c+d", "e", "");
    assertThat(Query.all("x=ids&idsx=1", "ids")).isEmpty();
  }

  @Test
  void a_missing_parameter_is_missing() {
    assertThat(Query.find("", "id", false)).isEmpty();
    assertThat(Query.find("&&idx=1&i=2&%", "id", false)).isEmpty();
  }

  @Test
  void plus_is_a_space_in_free_text_only() {
    assertThat(Query.find("q=a+b%2B", "q", true)).contains("a b+");
    assertThat(Query.find("q=a+b%2B", "q", false)).contains("a+b+");
  }

  @Test
  void nul_never_comes_through() {
    assertThat(Query.find("id=a%00b", "id", false)).contains("a\uFFFDb");
  }
}
