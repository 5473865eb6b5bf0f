package dev.reelay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reelay.access.Caller;
import dev.reelay.money.Money;
import dev.reelay.money.Price;
import dev.reelay.money.PriceRule;
import dev.reelay.money.Rates;
import dev.reelay.money.Resolution;
import dev.reelay.routing.Alias;
import dev.reelay.routing.AspectRatio;
import dev.reelay.routing.Capability;
import dev.reelay.routing.Catalogue;
import dev.reelay.routing.Channel;
import dev.reelay.routing.ChannelId;
import dev.reelay.routing.CredentialId;
import dev.reelay.routing.HealthPart.OfCredential;
import dev.reelay.routing.HealthPart.Sign;
import dev.reelay.routing.Model;
import dev.reelay.routing.ModelName;
import dev.reelay.routing.Need;
import dev.reelay.routing.RoutePlanner.Outlook;
import dev.reelay.routing.Wish;
import dev.reelay.task.Admission;
import dev.reelay.task.ClipFit;
import dev.reelay.task.ClipKind;
import dev.reelay.task.PictureRole;
import dev.reelay.task.SubmitTask;
import dev.reelay.testkit.SimWorld;
import dev.reelay.testkit.TaskSamples;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which of the models behind a name makes a task. */
class AliasFallbackTest {
  private static final ModelName ALIAS = new ModelName("sora-2");
  private static final ModelName FIRST = new ModelName("veo");
  private static final ModelName SECOND = new ModelName("wan");
  private static final Channel OF_FIRST = channel(1, FIRST);
  private static final Channel OF_SECOND = channel(2, SECOND);

  private Need.Lacks lacks = Need.Lacks.NOTHING;
  private final DispatcherKit kit = new DispatcherKit();
  private final Caller caller = new SimWorld(1).addCaller(Money.parse("10"));

  @Test
  void the_first_model_with_a_channel_in_use_makes_it() {
    assertThat(served(ALIAS)).isEqualTo(FIRST);

    takeOut(OF_FIRST);

    assertThat(served(ALIAS)).isEqualTo(SECOND);
  }

  @Test
  void the_first_model_makes_it_again_when_its_probe_is_due() {
    takeOut(OF_FIRST);
    kit.clock.move(OfCredential.PROBE_PERIOD);

    assertThat(served(ALIAS)).isEqualTo(FIRST);
  }

  @Test
  void where_none_is_in_use_the_first_waits() {
    takeOut(OF_FIRST);
    takeOut(OF_SECOND);

    assertThat(served(ALIAS)).isEqualTo(FIRST);
  }

  @Test
  void a_model_asked_for_by_its_own_name_is_never_replaced() {
    takeOut(OF_FIRST);

    assertThat(served(FIRST)).isEqualTo(FIRST);
  }

  @Test
  void a_model_whose_channels_cannot_send_the_picture_on_refuses_it_at_once() {
    var refused = plan(FIRST, PictureRole.LAST_FRAME);
    lacks = id -> id.equals(OF_FIRST.id()) ? Set.of(Need.FIRST_FRAME) : Set.of();

    assertThat(refused).isInstanceOf(SubmitTask.Plan.TakesNoSuchPictures.class);
    assertThat(plan(FIRST, PictureRole.FIRST_FRAME))
        .isInstanceOf(SubmitTask.Plan.TakesNoSuchPictures.class);
    assertThat(plan(SECOND, PictureRole.FIRST_FRAME)).isInstanceOf(SubmitTask.Plan.Ready.class);
  }

  @Test
  void a_model_takes_only_clips_that_some_channel_of_it_can_send_on() {
    var taken = withVideo(FIRST);
    lacks = id -> id.equals(OF_FIRST.id()) ? Set.of(Need.REFERENCE_VIDEO) : Set.of();

    assertThat(taken).isInstanceOf(SubmitTask.Plan.Ready.class);
    assertThat(withVideo(FIRST)).isInstanceOf(SubmitTask.Plan.TakesNoSuchClips.class);
  }

  @Test
  void behind_an_alias_a_clip_is_never_left_out_but_goes_to_who_takes_it() {
    lacks = id -> id.equals(OF_FIRST.id()) ? Set.of(Need.REFERENCE_VIDEO) : Set.of();

    var plan = withVideo(ALIAS);

    assertThat(((SubmitTask.Plan.Ready) plan).model().name()).isEqualTo(SECOND);
  }

  @Test
  void a_clip_has_the_price_of_reference_input() {
    var plan = (SubmitTask.Plan.Ready) withVideo(FIRST);

    assertThat(plan.hold().snapshot().asked().references()).isTrue();
  }

  private SubmitTask.Plan withVideo(ModelName requested) {
    var video = new ClipFit.Asked(ClipKind.VIDEO, Duration.ZERO);
    return plan(requested, new SubmitTask.Given(List.of(), List.of(video)));
  }

  private void takeOut(Channel channel) {
    kit.budgets
        .health()
        .note(
            channel.id(),
            channel.credentials().getFirst(),
            "theirs",
            Sign.ACCOUNT_REFUSED,
            "no money");
  }

  private ModelName served(ModelName requested) {
    return ((SubmitTask.Plan.Ready) plan(requested)).model().name();
  }

  private SubmitTask.Plan plan(ModelName requested, PictureRole... pictures) {
    var roles = Stream.of(pictures).map(Optional::of).toList();
    return plan(requested, new SubmitTask.Given(roles, List.of()));
  }

  private SubmitTask.Plan plan(ModelName requested, SubmitTask.Given given) {
    var admission =
        new AdmissionByHealth(
            Admission.OPEN,
            AliasFallbackTest::catalogue,
            new Outlook(kit.budgets.health()::standing, lacks));
    var terms =
        new SubmitTask.Terms(
            Duration.ofHours(1), Duration.ofHours(6), kit.keeper::custody, admission);
    var submit =
        new SubmitTask(
            kit.store,
            kit.schedule,
            AliasFallbackTest::catalogue,
            () -> TaskSamples.taskId(1),
            kit.clock,
            terms);
    return submit.plan(caller, requested, Wish.NOTHING, given);
  }

  private static Catalogue catalogue() {
    var capability =
        new Capability(
            List.of(5),
            List.of(Resolution.P720),
            List.of(AspectRatio.LANDSCAPE),
            List.of(false),
            Capability.Pictures.upTo(1),
            Capability.Clips.ofVideos(1, 0));
    return new Catalogue(
        Map.of(FIRST, new Model(FIRST, capability), SECOND, new Model(SECOND, capability)),
        Map.of(ALIAS, new Alias(ALIAS, List.of(FIRST, SECOND))),
        Map.of(FIRST, price(1, FIRST), SECOND, price(2, SECOND)),
        List.of(OF_FIRST, OF_SECOND));
  }

  private static PriceRule price(long id, ModelName model) {
    return new PriceRule(id, model.value(), 1, new Price.PerVideo(Rates.flat(Money.parse("1"))));
  }

  private static Channel channel(long id, ModelName model) {
    return new Channel(
        new ChannelId(id),
        "channel " + id,
        "fake",
        URI.create("https://provider.example"),
        true,
        Channel.Weight.DEFAULT,
        Channel.Limits.DEFAULT,
        Map.of(model, "theirs"),
        Map.of(),
        List.of(new CredentialId(10 * id)));
  }
}
