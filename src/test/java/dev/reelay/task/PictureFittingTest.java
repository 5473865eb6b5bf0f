package dev.reelay.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.routing.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kind of request by every kind of model. A model is written as what it takes: {@code F} and
 * {@code L} for the frames, a number for references, {@code +} if both may come together. A request
 * is a letter for each picture: {@code f}, {@code l}, {@code r}, and {@code ?} where its role is
 * left to the model. What is used is written alike, a dash for what is left out.
 */
class PictureFittingTest {
  @ParameterizedTest
  @CsvSource({
    "F, ?, f",
    "FL, ?, f",
    "FL3, ?, f",
    "3, ?, r",
    "FL, ??, fl",
    "FL3, ??, fl",
    "F3, ??, rr",
    "3, ??, rr",
    "FL3, ???, rrr",
    "FL3+, ???, rrr",
    "FL3, fl, fl",
    "FL3, lf, lf",
    "FL, f?, fl",
    "FL, l?, lf",
    "FL3, f?, fl",
    "FL3, r?, rr",
    "FL3+, r?, rf",
    "FL3+, flrr, flrr",
    "F3+, f??, frr",
    "L, l, l",
    "0, '', ''"
  })
  void a_model_takes_what_it_takes(String model, String asked, String used) {
    assertThat(fit(model, asked, false)).isEqualTo(used);
    assertThat(fit(model, asked, true)).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ?, 1 bare",
    "0, f, 1 FIRST_FRAME",
    "0, r, 1 REFERENCE",
    "F, l, 1 LAST_FRAME",
    "F, fl, 1 LAST_FRAME",
    "F, ??, 2 bare",
    "F, f?, 1 bare",
    "F, r, 1 REFERENCE",
    "L, ?, 1 bare",
    "3, f, 1 FIRST_FRAME",
    "3, rrrr, 4 REFERENCE",
    "3, ????, 4 bare",
    "FL, ???, 3 bare",
    "FL3, fr, 1 REFERENCE",
    "FL3, fl?, 1 bare",
    "FL1+, flrr, 2 REFERENCE"
  })
  void asked_directly_what_a_model_does_not_take_is_refused(
      String model, String asked, String refused) {
    assertThat(fit(model, asked, false)).isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "0, ?, - 1xbare left out",
    "0, flr, --- 1xFIRST_FRAME left out 1xLAST_FRAME left out 1xREFERENCE left out",
    "F, fl, f- 1xLAST_FRAME left out",
    "F, ??, f- 1xbare as FIRST_FRAME 1xbare left out",
    "F, r, f 1xREFERENCE as FIRST_FRAME",
    "F, rf, -f 1xREFERENCE left out",
    "3, f, r 1xFIRST_FRAME as REFERENCE",
    "3, fl, rr 1xFIRST_FRAME as REFERENCE 1xLAST_FRAME as REFERENCE",
    "3, rrrr, rrr- 1xREFERENCE left out",
    "3, ?????, rrr-- 2xbare left out",
    "FL3, flr, fl- 1xREFERENCE left out",
    "L, f, - 1xFIRST_FRAME left out",
    "FL1+, rflr, rfl- 1xREFERENCE left out"
  })
  void through_an_alias_the_nearest_use_is_made_and_told(String model, String asked, String used) {
    assertThat(fit(model, asked, true)).isEqualTo(used);
  }

  @ParameterizedTest
  @CsvSource({
    "FL3, ?, r",
    "FL3, ??, rr",
    "FL3, f?, 1 bare",
    "FL3+, ?, f",
    "FL3+, ??, fl",
    "FL, ?, 1 bare",
    "FL3, fl, fl"
  })
  void beside_a_clip_a_picture_is_a_frame_only_where_both_may_come(
      String model, String asked, String used) {
    assertThat(fit(model, asked, true, false)).isEqualTo(used);
  }

  private static String fit(String model, String asked, boolean throughAlias) {
    return fit(model, asked, false, throughAlias);
  }

  private static String fit(String model, String asked, boolean besideClips, boolean throughAlias) {
    return switch (PictureFitting.fit(takes(model), roles(asked), besideClips, throughAlias)) {
      case PictureFit.Refused(var role, int pictures, _) -> pictures + " " + word(role);
      case PictureFit.Fits fits -> (used(fits, asked.length()) + told(fits.changes())).strip();
    };
  }

  private static String used(PictureFit.Fits fits, int pictures) {
    return IntStream.range(0, pictures)
        .mapToObj(
            i ->
                fits.placed().stream()
                    .filter(placed -> placed.index() == i)
                    .map(placed -> placed.role().word().substring(0, 1))
                    .findFirst()
                    .orElse("-"))
        .collect(Collectors.joining());
  }

  private static String told(List<PictureFit.Change> changes) {
    return changes.stream()
        .map(
            change ->
                " %dx%s %s"
                    .formatted(
                        change.pictures(),
                        word(change.asked()),
                        change.used().map(role -> "as " + role).orElse("left out")))
        .collect(Collectors.joining());
  }

  private static String word(Optional<PictureRole> role) {
    return role.map(PictureRole::name).orElse("bare");
  }

  private static Capability.Pictures takes(String model) {
    var digits = model.replaceAll("[^0-9]", "");
    return new Capability.Pictures(
        model.contains("F"),
        model.contains("L"),
        digits.isEmpty() ? 0 : Integer.parseInt(digits),
        model.contains("+"));
  }

  private static List<Optional<PictureRole>> roles(String asked) {
    return asked
        .chars()
        .mapToObj(
            letter ->
                Arrays.stream(PictureRole.values())
                    .filter(role -> role.word().charAt(0) == letter)
                    .findFirst())
        .toList();
  }
}
