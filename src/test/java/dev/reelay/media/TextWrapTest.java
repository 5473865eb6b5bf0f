package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextWrapTest {
  private final GlyphFont font = GlyphFont.bundled();

  @Test
  void latin_text_breaks_at_spaces() {
    assertThat(wrap(12, 5, "a cat plays the grand piano"))
        .containsExactly("a cat plays", "the grand", "piano");
  }

  @Test
  void chinese_text_breaks_between_any_two_characters() {
    assertThat(wrap(8, 5, "一只猫在钢琴上弹奏")).containsExactly("一只猫在", "钢琴上弹", "奏");
  }

  @Test
  void a_line_never_begins_with_a_closing_mark() {
    assertThat(wrap(8, 5, "一只猫在，钢琴上。")).containsExactly("一只猫", "在，钢琴", "上。");
  }

  @Test
  void mixed_text_breaks_where_either_kind_may() {
    assertThat(wrap(10, 5, "电影级8K超高清 slow motion")).containsExactly("电影级8K超", "高清 slow", "motion");
  }

  @Test
  void a_word_longer_than_a_line_is_split() {
    assertThat(wrap(4, 5, "abcdefghij")).containsExactly("abcd", "efgh", "ij");
  }

  @Test
  void what_does_not_fit_is_cut_with_an_ellipsis() {
    assertThat(wrap(8, 2, "一只猫在钢琴上弹奏")).containsExactly("一只猫在", "钢琴上…");
    assertThat(wrap(8, 1, "aaa bbb ccc ddd")).hasSize(1).allMatch(line -> line.endsWith("…"));
  }

  @Test
  void what_just_fits_is_not_cut() {
    assertThat(wrap(8, 2, "一只猫在钢琴上弹")).containsExactly("一只猫在", "钢琴上弹");
  }

  @Test
  void control_and_invisible_characters_do_not_disturb() {
    assertThat(wrap(40, 5, "\u0000a\r\n\tb\u200b\u202ec\ufe0f \u3000 d\ud800"))
        .containsExactly("a bc d\ud800");
  }

  @Test
  void an_empty_text_has_no_lines() {
    assertThat(wrap(10, 3, "")).isEmpty();
    assertThat(wrap(10, 3, " \n ")).isEmpty();
  }

  @Test
  void a_huge_text_stays_bounded() {
    assertThat(wrap(20, 4, "超长".repeat(100_000))).hasSize(4).allMatch(line -> line.length() <= 10);
  }

  private List<String> wrap(int halfCells, int lines, String text) {
    return new TextWrap(font, halfCells, lines).lines(text);
  }
}
