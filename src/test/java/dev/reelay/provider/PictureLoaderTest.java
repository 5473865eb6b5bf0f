package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.asset.AssetId;
import dev.reelay.provider.PictureLoader.Loaded;
import dev.reelay.task.Picture;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.VideoRequest;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PictureLoaderTest {
  private static final AssetId ID = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
  private static final Picture WEB = new Picture.Web("https://pictures.example/1.png");

  @TempDir private Path folder;

  @Test
  void addresses_stay_addresses_and_kept_bytes_come_in_the_same_order() throws IOException {
    Files.writeString(folder.resolve(ID.value()), "PNG");
    var loader = new PictureLoader(Inputs.of(new FolderAssetFiles(folder)), Duration.ZERO);

    var loaded = (Loaded.Here) loader.load(List.of(stored(3), WEB));

    assertThat(loaded.pictures())
        .extracting(SentPicture::asText)
        .containsExactly("data:image/png;base64,UE5H", "https://pictures.example/1.png");
  }

  @Test
  void no_more_than_the_bound_is_in_memory_at_once() throws IOException {
    Files.writeString(folder.resolve(ID.value()), "PNG");
    var loader = new PictureLoader(Inputs.of(new FolderAssetFiles(folder)), Duration.ZERO);
    var most = stored(PictureLoader.BYTES_AT_ONCE_MAX);

    var first = (Loaded.Here) loader.load(List.of(most));
    var second = loader.load(List.of(stored(3)));
    var plain = loader.load(List.of(WEB));
    first.close();
    var third = loader.load(List.of(most, most));

    assertThat(second).isInstanceOf(Loaded.Missing.class);
    assertThat(plain).isInstanceOf(Loaded.Here.class);
    assertThat(third).isInstanceOf(Loaded.Here.class);
  }

  @Test
  void a_picture_that_is_not_here_takes_no_room() {
    var loader = new PictureLoader(Inputs.of(new FolderAssetFiles(folder)), Duration.ZERO);
    var most = stored(PictureLoader.BYTES_AT_ONCE_MAX);

    for (int i = 0; i < 3; i++) {
      assertThat(loader.load(List.of(most)))
          .isEqualTo(new Loaded.Missing("a picture of the task is not on this node"));
    }
  }

  @Test
  void nothing_is_sent_without_its_picture() {
    try (var upstream = FakeUpstream.start();
        var outbound = ProviderKit.outbound(upstream.place())) {
      var channel = ProviderKit.channel("unified", upstream.baseUrl(), Map.of());
      var inputs = new FolderAssetFiles(folder);
      var engine = ProviderKit.engine(channel, Providers.all(), outbound, inputs);

      var outcome = engine.submit(withPicture(stored(3)), ProviderKit.attempt());

      assertThat(outcome)
          .isEqualTo(new SubmitOutcome.NotSent("a picture of the task is not on this node"));
      assertThat(upstream.requests()).isEmpty();
    }
  }

  private static VideoRequest withPicture(Picture picture) {
    var plain = ProviderKit.request();
    return new VideoRequest(
        plain.form(),
        plain.served(),
        plain.prompt(),
        plain.shape(),
        List.of(picture),
        plain.options(),
        plain.extras());
  }

  private static Picture stored(long bytes) {
    return new Picture.Stored(ID, "image/png", bytes, "ab".repeat(32));
  }
}
