package dev.reelay.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.MasterKey;
import dev.reelay.access.ResultSignature;
import dev.reelay.asset.AssetAddresses;
import dev.reelay.asset.AssetId;
import dev.reelay.routing.Need;
import dev.reelay.task.ErrorCode;
import dev.reelay.task.Failure;
import dev.reelay.task.Picture;
import dev.reelay.task.PictureForm;
import dev.reelay.task.PictureRole;
import dev.reelay.task.SubmitOutcome;
import dev.reelay.task.Task;
import dev.reelay.task.TaskState;
import dev.reelay.testkit.FakeUpstream;
import dev.reelay.testkit.FolderAssetFiles;
import dev.reelay.testkit.SamplePictures;
import dev.reelay.testkit.StateSamples;
import dev.reelay.testkit.TaskSamples;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider gets pictures in the form that it takes, or nothing is sent to it. */
@Timeout(20)
class PictureFormTest {
  private static final SubmitOutcome ACCEPTED = new SubmitOutcome.Accepted("up_1");
  private static final AssetId ID = new AssetId("01k6x15vhrff09dkkqjrzwhm60");
  private static final byte[] CAT = SamplePictures.png(64, 64);
  private static final Picture WEB = new Picture.Web("https://pictures.example/1.png");
  private static final Picture STORED =
      new Picture.Stored(ID, "image/png", CAT.length, "ab".repeat(32), PictureRole.LAST_FRAME);
  private static final Failure GONE = Failure.of(ErrorCode.PICTURE_UNAVAILABLE);

  @TempDir private Path folder;
  private final ScriptedProvider provider = new ScriptedProvider();
  private FakeUpstream upstream;
  private Outbound outbound;

  @BeforeEach
  void start() throws IOException {
    upstream = FakeUpstream.start();
    outbound = ProviderKit.outbound(upstream.place());
    Files.write(folder.resolve(ID.value()), CAT);
  }

  @AfterEach
  void stop() {
    outbound.close();
    upstream.close();
  }

  @Test
  void who_takes_bytes_gets_bytes_of_pictures_that_lie_elsewhere() {
    var outcome = submit(PictureForm.BYTES, (_, _, _) -> here(stored(PictureRole.FIRST_FRAME)));

    assertThat(outcome).isEqualTo(ACCEPTED);
    assertThat(provider.given())
        .singleElement()
        .isInstanceOfSatisfying(
            SentPicture.Bytes.class,
            bytes -> {
              assertThat(bytes.role()).isEqualTo(PictureRole.FIRST_FRAME);
              assertThat(bytes.bytes().remaining()).isEqualTo(CAT.length);
            });
  }

  @Test
  void a_picture_that_can_never_be_had_ends_the_task_and_nothing_is_sent() {
    var outcome = submit(PictureForm.BYTES, (_, _, _) -> new WebPictures.Fetched.Never(GONE));

    assertThat(outcome).isEqualTo(new SubmitOutcome.Rejected(GONE, false));
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void a_picture_that_is_missing_now_is_no_send() {
    var outcome = submit(PictureForm.BYTES, (_, _, _) -> new WebPictures.Fetched.Missing("later"));

    assertThat(outcome).isEqualTo(new SubmitOutcome.NotSent("later"));
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void a_picture_that_vanished_says_nothing_of_a_job_that_may_exist() {
    var attempt = ProviderKit.attempt();
    var doubt = new TaskState.InDoubt(attempt, ProviderKit.NOW, "no answer");
    var inputs = inputs((_, _, _) -> new WebPictures.Fetched.Never(GONE), Optional.empty());

    var outcome = engine(PictureForm.BYTES, inputs).submit(StateSamples.in(doubt), attempt);

    assertThat(outcome).isInstanceOf(SubmitOutcome.NotSent.class);
  }

  @Test
  void who_takes_any_form_gets_addresses_as_they_are() {
    submit(PictureForm.ANY, WebPictures.NONE);

    assertThat(provider.given()).containsExactly(new SentPicture.Address(WEB.shown()));
  }

  @Test
  void who_takes_addresses_gets_one_of_ours_for_a_kept_picture() {
    var addresses =
        new AssetAddresses(
            new ResultSignature(MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2))));
    var published = new Inputs.Published(URI.create("https://relay.example"), addresses);

    var outcome =
        engine(PictureForm.ADDRESS, inputs(WebPictures.NONE, Optional.of(published)))
            .submit(task(STORED), ProviderKit.attempt());

    assertThat(outcome).isEqualTo(ACCEPTED);
    var url = "https://relay.example" + addresses.path(ID, "image/png");
    assertThat(url).matches("https://relay.example/files/" + ID + "/[A-Za-z0-9_-]{22}\\.png");
    assertThat(provider.given())
        .containsExactly(new SentPicture.Address(url, PictureRole.LAST_FRAME));
  }

  @Test
  void without_a_public_address_nothing_is_sent_to_who_takes_addresses() {
    var outcome =
        engine(PictureForm.ADDRESS, inputs(WebPictures.NONE, Optional.empty()))
            .submit(task(STORED), ProviderKit.attempt());

    assertThat(outcome).isInstanceOf(SubmitOutcome.NotSent.class);
    assertThat(upstream.connections()).isZero();
  }

  @Test
  void a_channel_that_takes_addresses_is_left_out_only_while_this_relay_has_none() {
    var addresses =
        new AssetAddresses(
            new ResultSignature(MasterKey.parse("000102030405060708090a0b0c0d0e0f".repeat(2))));
    var published = new Inputs.Published(URI.create("https://relay.example"), addresses);
    var none = inputs(WebPictures.NONE, Optional.empty());
    var ours = inputs(WebPictures.NONE, Optional.of(published));

    assertThat(engine(PictureForm.ADDRESS, none).lacks(ProviderKit.CHANNEL))
        .contains(Need.PICTURE_ADDRESSES);
    assertThat(engine(PictureForm.ADDRESS, ours).lacks(ProviderKit.CHANNEL))
        .doesNotContain(Need.PICTURE_ADDRESSES);
    assertThat(engine(PictureForm.ANY, none).lacks(ProviderKit.CHANNEL))
        .doesNotContain(Need.PICTURE_ADDRESSES);
    assertThat(ProviderKit.request().withImages(List.of(STORED)).needs())
        .containsExactlyInAnyOrder(Need.LAST_FRAME, Need.PICTURE_ADDRESSES, Need.AUDIO);
    assertThat(ProviderKit.request().withImages(List.of(WEB)).needs())
        .containsExactlyInAnyOrder(Need.FIRST_FRAME, Need.AUDIO);
  }

  private SubmitOutcome submit(PictureForm form, WebPictures elsewhere) {
    return engine(form, inputs(elsewhere, Optional.empty()))
        .submit(task(WEB), ProviderKit.attempt());
  }

  private Inputs inputs(WebPictures elsewhere, Optional<Inputs.Published> published) {
    return new Inputs(new FolderAssetFiles(folder), elsewhere, published);
  }

  private Engine engine(PictureForm form, Inputs inputs) {
    upstream.will(FakeUpstream.answer(200, "{}"));
    provider.takes(form).thenCalls(true).thenEnds(ACCEPTED);
    var channel = ProviderKit.channel(ScriptedProvider.NAME, upstream.baseUrl(), Map.of());
    return ProviderKit.engine(channel, new Providers(List.of(provider)), outbound, inputs);
  }

  private static WebPictures.Fetched here(Picture picture) {
    return new WebPictures.Fetched.Here(List.of(picture));
  }

  private static Picture stored(PictureRole role) {
    return new Picture.Stored(ID, "image/png", CAT.length, "ab".repeat(32), role);
  }

  private static Task task(Picture picture) {
    var like = TaskSamples.queued();
    var accepted = like.accepted();
    var pictured =
        new Task.Accepted(
            accepted.tenant(),
            accepted.key(),
            ProviderKit.request().withImages(List.of(picture)),
            accepted.hold(),
            accepted.createdAt(),
            accepted.deadlines());
    return Task.create(like.id(), pictured, new Task.Custody("node", 1));
  }
}
