package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;
import dev.reelay.routing.Need;
import dev.reelay.task.Clip;
import dev.reelay.task.ClipKind;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider gets clips by address, or nothing is sent to it. */
@Timeout(20)
class ClipAddressTest {
  private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted("up_1");
  private static final AssetId ID = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
  private static final Clip WEB = new Clip.Web("https://clips.example/dance.mp4", ClipKind.VIDEO);
  private static final Clip STORED =
      new Clip.Stored(ID, "audio/mpeg", 3, "ab".repeat(32), ClipKind.AUDIO);
  private static final AssetAddresses ADDRESSES =
      new AssetAddresses(
          new ResultSignature(MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2))));
  private static final Optional<Inputs.Published> PUBLISHED =
      Optional.of(new Inputs.Published(URI.create("https://relay.example"), ADDRESSES));

  @TempDir private Path folder;
  private final ScriptedProvider provider = new ScriptedProvider();
  private FakeUpstream upstream;
  private Outbound outbound;

  @BeforeEach
  void start() throws IOException {
    upstream = FakeUpstream.start();
    outbound = ProviderKit.outbound(upstream.place());
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
  }

  @Test
  void a_clip_that_lies_elsewhere_is_sent_as_it_was_named() {
    assertThat(submit(Optional.empty(), WEB)).isEqualTo(ACCEPTED);
    assertThat(provider.clips()).containsExactly(new SentClip(WEB.shown(), ClipKind.VIDEO));
  }

  @Test
  void a_kept_clip_is_sent_as_a_signed_address_of_this_relay() {
    assertThat(submit(PUBLISHED, WEB, STORED)).isEqualTo(ACCEPTED);

    assertThat(provider.clips().getLast().url())
        .matches("https://relay.example/files/" + ID + "/[A-Za-z0-9_-]{22}\\.mp3");
    assertThat(provider.clips())
        .extracting(SentClip::kind)
        .containsExactly(WEB.kind(), STORED.kind());
  }

  @Test
  void without_a_public_address_nothing_is_sent_of_a_kept_clip() {
    assertThat(submit(Optional.empty(), STORED)).isInstanceOf(SubmitOutcome.NotSent.class);
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void a_channel_is_left_out_for_kept_clips_only_while_this_relay_has_no_address() {
    assertThat(engine(Optional.empty()).lacks(ProviderKit.CHANNEL)).contains(Need.CLIP_ADDRESSES);
    assertThat(engine(PUBLISHED).lacks(ProviderKit.CHANNEL)).doesNotContain(Need.CLIP_ADDRESSES);
  }

  private SubmitOutcome submit(Optional<Inputs.Published> published, Clip... clips) {
    var request = ProviderKit.request().withClips(List.of(clips));
    return engine(published).submit(request, ProviderKit.attempt());
  }

  private Engine engine(Optional<Inputs.Published> published) {
    upstream.will(FakeUpstream.answer(200, "{}"));
    provider.thenCalls(true).thenEnds(ACCEPTED);
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    var inputs = new Inputs(new FolderAssetFiles(folder), WebPictures.NONE, published);
    return ProviderKit.engine(channel, new Providers(List.of(provider)), outbound, inputs);
  }
}
