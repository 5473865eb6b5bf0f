package dev.reelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models, prices and channels from the command line, over a real database. */
class OfferCommandsTest {
  private static final String SECRET = "sk-very-secret-0123456789";

  @TempDir Path folder = Path.of("");
  private TestDatabase database = TestDatabase.fresh();
  private CliKit cli = CliKit.over(folder, database);

  @BeforeEach
  void open() throws IOException {
    cli = CliKit.over(folder, database);
    Files.writeString(folder.resolve("key.txt"), SECRET + "\n");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_model_says_what_it_still_needs_until_it_has_price_and_channel() {
    var added = cli.run("model", "add", "veo", "--seconds", "8,4", "--resolution", "720p,1080p");
    assertThat(added.out()).contains("reelay price set veo").contains("reelay channel map");

    cli.run("price", "set", "veo", "--per-video", "0.40");
    addChannel();
    assertThat(cli.run("channel", "map", "other", "veo", "veo-3").exit()).isZero();

    var model = cli.run("model", "list", "--json").json().path("models").get(0);
    assertThat(model.path("name").asString()).isEqualTo("veo");
    assertThat(model.path("priced").asBoolean()).isTrue();
    assertThat(model.path("served").asBoolean()).isTrue();
    assertThat(cli.run("channel", "list").out()).contains("veo=veo-3");
    assertThat(cli.run("channel", "map", "other", "veo", "--remove").exit()).isZero();
    assertThat(cli.run("channel", "map", "other", "veo", "--remove").exit()).isEqualTo(1);
    assertThat(cli.run("model", "remove", "veo").exit()).isZero();
    assertThat(cli.run("model", "remove", "veo").exit()).isEqualTo(1);
  }

  @Test
  void an_alias_stands_for_models_that_exist() {
    cli.run("model", "add", "veo", "--seconds", "8");

    assertThat(cli.run("model", "alias", "veo3", "veo").out()).contains("veo3 stands for veo");
    assertThat(cli.run("model", "alias", "x", "nothing").exit()).isEqualTo(1);
    assertThat(cli.run("model", "alias", "veo", "veo").exit()).isEqualTo(1);
    assertThat(cli.run("model", "alias", "x").exit()).isEqualTo(2);
    assertThat(cli.run("model", "alias", "veo3", "--remove").exit()).isZero();
    assertThat(cli.run("model", "alias", "veo3", "--remove").exit()).isEqualTo(1);
  }

  @Test
  void a_callback_secret_goes_in_by_file_variable_or_input_and_never_comes_out()
      throws IOException {
    var secret = "whsec_bGFiLXNpZ25pbmctc2VjcmV0LTAxMjM0NTY3ODk=";
    Files.writeString(folder.resolve("whsec.txt"), secret + "\n");
    addChannel("east", "replicate");

    assertThat(cli.run("channel", "callback-secret", "east", "--secret-file", "whsec.txt").out())
        .contains("are checked by that secret");
    cli.set("WHSEC", secret);
    assertThat(cli.run("channel", "callback-secret", "east", "--secret-env", "WHSEC").exit())
        .isZero();
    cli.typing(secret);
    assertThat(cli.run("channel", "callback-secret", "east", "--secret-file", "-").exit()).isZero();
    var shown = cli.run("channel", "show", "east", "--json");
    assertThat(shown.json().path("callback_secrets").get(0).asString()).isEqualTo("main");
    assertThat(shown.out()).doesNotContain(secret);

    assertThat(cli.run("channel", "callback-secret", "east", "--remove").out())
        .contains("no longer checked");
    assertThat(cli.run("channel", "show", "east", "--json").json().path("callback_secrets"))
        .isEmpty();
    assertThat(cli.run("channel", "callback-secret", "east").exit()).isEqualTo(2);
  }

  @Test
  void what_is_no_callback_secret_or_belongs_to_nobody_is_refused() throws IOException {
    Files.writeString(
        folder.resolve("whsec.txt"), "whsec_bGFiLXNpZ25pbmctc2VjcmV0LTAxMjM0NTY3ODk=");
    addChannel("east", "replicate");
    addChannel("west", "ark");

    var wrong = cli.run("channel", "callback-secret", "east", "--secret-file", "key.txt");
    var nobody =
        cli.run("channel", "callback-secret", "east", "spare", "--secret-file", "whsec.txt");
    var unsigned = cli.run("channel", "callback-secret", "west", "--secret-file", "whsec.txt");
    var both =
        cli.run("channel", "callback-secret", "east", "--remove", "--secret-file", "whsec.txt");

    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.err()).contains("whsec_").doesNotContain(SECRET);
    assertThat(nobody.exit()).isEqualTo(1);
    assertThat(unsigned.err()).contains("provider ark signs with no secret");
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void a_price_has_versions_and_says_them() {
    cli.run("model", "add", "pro", "--seconds", "8", "--resolution", "720p,1080p");

    cli.run("price", "set", "pro", "--per-second", "0.10");
    var second =
        cli.run("price", "set", "pro", "--per-second", "0.10", "--rate", "1080p+audio=0.16");

    assertThat(second.out())
        .contains("0.10, 1080p with sound 0.16 USD a second from now on (version 2)");
    var history = cli.run("price", "history", "pro", "--json").json().path("versions");
    assertThat(history.size()).isEqualTo(2);
    assertThat(history.get(0).path("version").asInt()).isEqualTo(2);
    assertThat(cli.run("price", "list").out()).contains("pro").contains("0.16");
  }

  @Test
  void references_may_have_a_price_of_their_own() {
    cli.run("model", "add", "pro", "--seconds", "8", "--references", "3");

    var set = cli.run("price", "set", "pro", "--per-video", "0.1", "--rate", "720p+references=0.3");

    assertThat(set.out()).contains("0.10, 720p with references 0.30 USD a video");
  }

  @Test
  void a_model_takes_the_pictures_that_are_said_in_short_or_one_by_one() {
    var spelled =
        cli.run(
            "model", "add", "frames", "--seconds", "8", "--first-frame", "--last-frame", "--json");
    var shorthand = cli.run("model", "add", "many", "--seconds", "8", "--images", "4", "--json");
    var text = cli.run("model", "add", "text", "--seconds", "8", "--json");
    var both = cli.run("model", "add", "both", "--seconds", "8", "--images", "4", "--last-frame");

    assertThat(spelled.json().path("last_frame").asBoolean()).isTrue();
    assertThat(spelled.json().path("references_max").asInt()).isZero();
    assertThat(shorthand.json().path("first_frame").asBoolean()).isTrue();
    assertThat(shorthand.json().path("last_frame").asBoolean()).isFalse();
    assertThat(shorthand.json().path("references_max").asInt()).isEqualTo(4);
    assertThat(text.json().path("images_max").asInt()).isZero();
    assertThat(both.exit()).isEqualTo(2);
  }

  @Test
  void a_model_takes_the_clips_that_are_said() {
    var model =
        cli.run(
            "model",
            "add",
            "moves",
            "--seconds",
            "8",
            "--reference-videos",
            "3",
            "--reference-video-seconds",
            "15",
            "--reference-audios",
            "1",
            "--reference-audios-with-frames",
            "--json");
    var none = cli.run("model", "add", "text", "--seconds", "8", "--json");
    var wrong = cli.run("model", "add", "wrong", "--seconds", "8", "--reference-videos", "-1");

    assertThat(model.json().path("reference_videos_max").asInt()).isEqualTo(3);
    assertThat(model.json().path("reference_video_seconds_max").asInt()).isEqualTo(15);
    assertThat(model.json().path("reference_videos_with_frames").asBoolean()).isFalse();
    assertThat(model.json().path("reference_audios_max").asInt()).isEqualTo(1);
    assertThat(model.json().path("reference_audios_with_frames").asBoolean()).isTrue();
    assertThat(none.json().path("reference_videos_max").asInt()).isZero();
    assertThat(wrong.exit()).isEqualTo(2);
  }

  @Test
  void a_price_of_no_kind_of_two_kinds_or_without_a_bound_is_refused() {
    cli.run("model", "add", "pro", "--seconds", "8");

    assertThat(cli.run("price", "set", "pro").exit()).isEqualTo(2);
    assertThat(cli.run("price", "set", "pro", "--per-video", "1", "--per-second", "1").exit())
        .isEqualTo(2);
    assertThat(cli.run("price", "set", "pro", "--per-unit", "1").err()).contains("--most");
    assertThat(cli.run("price", "set", "pro", "--per-unit", "1", "--rate", "720p=1").err())
        .contains("--rate goes with");
    assertThat(cli.run("price", "set", "pro", "--per-video", "1", "--rate", "9=1").exit())
        .isEqualTo(2);
    assertThat(cli.run("price", "set", "none", "--per-video", "1").exit()).isEqualTo(1);
    assertThat(cli.run("price", "set", "pro", "--cost-percent", "120", "--max", "2").out())
        .contains("120% of the provider's cost, at most 2.00 USD");
  }

  @Test
  void a_secret_comes_from_a_file_a_variable_standard_input_or_a_prompt_and_never_comes_out() {
    var printed =
        addChannel().all()
            + cli.set("OTHER_KEY", SECRET)
                .run("channel", "credential", "other", "b", "--credential-env", "OTHER_KEY")
                .all()
            + cli.typing(SECRET)
                .run("channel", "credential", "other", "c", "--credential-file", "-")
                .all()
            + cli.atTerminal(SECRET).run("channel", "credential", "other", "d").all()
            + cli.run("channel", "list").all()
            + cli.run("channel", "list", "--json").all();

    assertThat(printed).contains("main, b, c, d").doesNotContain(SECRET);
  }

  @Test
  void a_secret_is_no_argument_and_must_be_somewhere() {
    addChannel();

    assertThat(cli.run("channel", "credential", "other", "main", SECRET).exit()).isEqualTo(2);
    assertThat(cli.run("channel", "credential", "other").err()).contains("--credential-file FILE");
    assertThat(cli.run("channel", "credential", "other", "--credential-env", "NO").exit())
        .isEqualTo(2);
    assertThat(cli.run("channel", "credential", "other", "--credential-file", "no").err())
        .contains("there is no file");
    assertThat(cli.run("channel", "credential", "other", "--credential-file", "-").err())
        .contains("the secret is empty");
  }

  @Test
  void a_channel_is_put_out_of_use_moved_and_its_credential_switched() {
    addChannel();

    assertThat(cli.run("channel", "disable", "other").out()).contains("out of use");
    assertThat(cli.run("channel", "enable", "other").out()).contains("in use");
    assertThat(cli.run("channel", "url", "other", "https://new.example").exit()).isZero();
    assertThat(cli.run("channel", "credential", "other", "--enabled", "no").exit()).isZero();
    var channel = cli.run("channel", "list", "--json").json().path("channels").get(0);
    assertThat(channel.path("base_url").asString()).isEqualTo("https://new.example");
    assertThat(channel.path("credentials").get(0).asString()).isEqualTo("main (off)");
    assertThat(cli.run("channel", "enable", "none").exit()).isEqualTo(1);
    assertThat(cli.run("channel", "url", "other", "ftp://x").exit()).isEqualTo(2);
    assertThat(cli.run("channel", "url", "other", "https://u:p@x").exit()).isEqualTo(2);
  }

  @Test
  void a_channels_limits_are_set_one_by_one_and_shown() {
    addChannel();

    assertThat(
            cli.run("channel", "set", "other", "--creates-per-minute", "30", "--weight", "3")
                .exit())
        .isZero();
    assertThat(cli.run("channel", "set", "other", "--polls-per-minute", "600").exit()).isZero();
    var shown = cli.run("channel", "show", "other", "--json").json();
    cli.run("channel", "set", "other", "--creates-per-minute", "none");
    var freed = cli.run("channel", "show", "other", "--json").json();

    assertThat(shown.path("creates_per_minute").asInt()).isEqualTo(30);
    assertThat(shown.path("polls_per_minute").asInt()).isEqualTo(600);
    assertThat(shown.path("calls_at_once_max").asInt()).isEqualTo(64);
    assertThat(shown.path("weight").asInt()).isEqualTo(3);
    assertThat(freed.path("creates_per_minute").isNull()).isTrue();
    assertThat(cli.run("channel", "set", "other").exit()).isEqualTo(2);
    assertThat(cli.run("channel", "set", "other", "--weight", "0").err()).contains("1 or more");
    assertThat(cli.run("channel", "set", "none", "--weight", "1").exit()).isEqualTo(1);
  }

  @Test
  void a_channel_name_is_taken_once_and_the_sandbox_is_built_in() {
    addChannel();

    assertThat(addChannel().exit()).isEqualTo(1);
    var sandbox =
        cli.run(
            "channel",
            "add",
            "s",
            "--provider",
            "sandbox",
            "--base-url",
            "http://x",
            "--credential-file",
            "key.txt");
    assertThat(sandbox.exit()).isEqualTo(1);
    assertThat(sandbox.err()).contains("REELAY_SANDBOX");
  }

  @Test
  void a_channel_is_at_its_providers_own_place_if_nothing_else_is_said() {
    var added =
        cli.run(
            "channel", "add", "f", "--provider", "fal", "--credential-file", "key.txt", "--json");
    var nowhere =
        cli.run("channel", "add", "u", "--provider", "unified", "--credential-file", "key.txt");

    assertThat(added.out()).contains("https://queue.fal.example");
    assertThat(nowhere.exit()).isEqualTo(2);
    assertThat(nowhere.err()).contains("--base-url URL is missing");
  }

  private CliKit.Ran addChannel() {
    return addChannel("other", "unified");
  }

  private CliKit.Ran addChannel(String name, String provider) {
    return cli.run(
        "channel",
        "add",
        name,
        "--provider",
        provider,
        "--base-url",
        "https://relay.example",
        "--credential-file",
        "key.txt");
  }
}
