package dev.reelay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ruler that the contract is measured with. */
class JsonSchemaTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = '|',
      textBlock =
          """
          {'type':'string'}                                          | 'a'       | 1
          {'type':'integer'}                                         | 1         | 1.5
          {'type':'number'}                                          | 1.5       | '1.5'
          {'type':'boolean'}                                         | true      | 'true'
          {'type':['string','null']}                                 | null      | 1
          {'const':'video'}                                          | 'video'   | 'audio'
          {'enum':['a','b']}                                         | 'b'       | 'c'
          {'pattern':'^a+$'}                                         | 'aa'      | 'ab'
          {'minLength':1}                                            | 'a'       | ''
          {'maxLength':1}                                            | 'a'       | 'ab'
          {'minimum':1}                                              | 1         | 0.5
          {'maximum':1}                                              | 1         | 1.5
          {'maxItems':1}                                             | [1]       | [1,2]
          {'items':{'type':'string'}}                                | ['a']     | ['a',1]
          {'maxProperties':1}                                        | {'a':1}   | {'a':1,'b':2}
          {'required':['a']}                                         | {'a':1}   | {'b':1}
          {'properties':{'a':{'type':'null'}}}                       | {'a':null} | {'a':1}
          {'properties':{'a':{}},'additionalProperties':false}       | {'a':1}   | {'b':1}
          {'additionalProperties':{'type':'string'}}                 | {'b':'a'} | {'b':1}
          {'oneOf':[{'type':'string'},{'type':'null'}]}              | null      | 1
          {'oneOf':[{'minimum':1},{'maximum':3}]}                    | 0         | 2
          {'$ref':'#/definitions/word'}                              | 'a'       | 1
          """)
  void a_schema_takes_what_fits_and_nothing_else(String schema, String good, String bad) {
    var root = json("{'definitions':{'word':{'type':'string'}}}");

    assertThat(JsonSchema.faults(root, json(schema), json(good))).isEmpty();
    assertThat(JsonSchema.faults(root, json(schema), json(bad))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"anyOf", "uniqueItems", "x-unheard-of"})
  void a_keyword_that_is_not_read_is_a_fault(String keyword) {
    var schema = json("{'" + keyword + "':[]}");

    assertThat(JsonSchema.faults(schema, schema, json("1")))
        .singleElement()
        .asString()
        .contains(keyword);
  }
}
