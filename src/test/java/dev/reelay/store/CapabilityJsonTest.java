package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.money.Resolution;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityJsonTest {
  private static final String OLD =
      """
      {"seconds":[5],"resolutions":["720p"],"ratios":["9:16"],"audio":[false],"images_max":%d}\
      """;

  @Test
  void a_row_from_before_pictures_had_roles_is_read() {
    assertThat(CapabilityJson.read(OLD.formatted(0)).pictures())
        .isEqualTo(Capability.Pictures.NONE);
    assertThat(CapabilityJson.read(OLD.formatted(1)).pictures())
        .isEqualTo(new Capability.Pictures(true, false, 0));
    assertThat(CapabilityJson.read(OLD.formatted(7)).pictures())
        .isEqualTo(new Capability.Pictures(true, false, 7));
  }

  @Test
  void a_row_from_before_there_were_clips_takes_none() {
    assertThat(CapabilityJson.read(OLD.formatted(1)).clips()).isEqualTo(Capability.Clips.NONE);
  }

  @Test
  void a_capability_is_read_as_it_was_written() {
    var capability =
        new Capability(
            List.of(5, 10),
            List.of(Resolution.P1080, Resolution.P720),
            List.of(AspectRatio.PORTRAIT),
            List.of(true),
            new Capability.Pictures(false, true, 3, true),
            new Capability.Clips(
                new Capability.Clips.Bound(3, 15), new Capability.Clips.Bound(1, 0, true)));

    assertThat(CapabilityJson.read(CapabilityJson.write(capability))).isEqualTo(capability);
  }
}
