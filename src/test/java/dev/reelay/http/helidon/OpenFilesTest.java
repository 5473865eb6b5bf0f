package dev.reelay.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
  @Test
  void connections_leave_descriptors_for_everything_else() {
    assertThat(OpenFiles.within(4_096, 1_048_576)).isEqualTo(4_096);
    assertThat(OpenFiles.within(4_096, 4_096)).isEqualTo(3_072);
    assertThat(OpenFiles.within(4_096, 1_024)).isEqualTo(512);
  }
}
