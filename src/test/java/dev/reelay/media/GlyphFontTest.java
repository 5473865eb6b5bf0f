package dev.reelay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlyphFontTest {
  private final GlyphFont font = GlyphFont.bundled();

  @Test
  void latin_and_chinese_characters_have_ink_and_differ() {
    var drawn = new HashSet<String>();

    for (var character : "SANDBOXabc019猫钢琴视频龍あア한Жé€".codePoints().toArray()) {
      assertThat(font.has(character)).as(Character.toString(character)).isTrue();
      drawn.add(picture(Character.toString(character)));
    }

    assertThat(drawn).hasSize("SANDBOXabc019猫钢琴视频龍あア한Жé€".length()).noneMatch(String::isBlank);
  }

  @Test
  void every_common_chinese_character_is_there() {
    for (var character = 0x4e00; character <= 0x9fa5; character++) {
      assertThat(font.has(character)).as(Integer.toHexString(character)).isTrue();
    }
  }

  @Test
  void latin_takes_half_a_cell_chinese_a_whole_one_and_a_mark_none() {
    assertThat(font.halfCells('A')).isEqualTo(1);
    assertThat(font.halfCells('猫')).isEqualTo(2);
    assertThat(font.halfCells(0x301)).isZero();
  }

  @Test
  void a_mark_is_drawn_over_the_character_before_it() {
    assertThat(picture("e\u0301")).isNotEqualTo(picture("e"));
  }

  @Test
  void what_the_font_lacks_is_drawn_as_the_replacement_character() {
    assertThat(picture("🚤")).isEqualTo(picture("\ufffd"));
  }

  @Test
  void letters_keep_their_shape_at_any_size() {
    assertThat(picture("一", 16)).contains("#");
    assertThat(picture("一", 100)).contains("#");
  }

  private String picture(String text) {
    return picture(text, 32);
  }

  private String picture(String text, int cellPixels) {
    var stencil = new Lettering(font, cellPixels).centred(List.of(text));
    var picture = new StringBuilder();
    for (var y = 0; y < stencil.height(); y++) {
      for (var x = 0; x < stencil.width(); x++) {
        picture.append(stencil.strength(x, y) > 100 ? '#' : ' ');
      }
      picture.append('\n');
    }
    return picture.toString();
  }
}
