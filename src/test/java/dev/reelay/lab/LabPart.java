package dev.reelay.lab;

import dev.reelay.provider.Card;
import dev.reelay.provider.Providers;
import dev.reelay.routing.Capability;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One provider, played. A part is a folder {@code lab/<provider>/} with one class of this, and one
 * line in {@link Lab#parts}; the generic tests then run with it.
 *
 * <p>How to write one:
 *
 * <ul>
 *   <li>{@link #routes} lists the vendor's addresses below {@code <lab>/<name>}, and who answers.
 *       First {@link LabDesk#requireSecret} with what the vendor's own header carries; then read
 *       the body by {@link LabRequest#json}, field by field, strictly, {@link LabBody#only} where
 *       the vendor refuses unknown fields; then {@link LabDesk#make}, which applies what the prompt
 *       asks for by a {@link LabWord}, keeps the job and writes it into the journal.
 *   <li>A poll takes {@link LabDesk#look}, and says its {@link LabJob.Phase} in the vendor's words:
 *       an exhaustive switch. A list takes {@link LabDesk#jobs}, a cancel {@link LabDesk#cancel}.
 *   <li>A result's address is {@link LabDesk#video}: it stands on another host, dies after {@link
 *       #resultLife}, and refuses who brings a credential. Where the vendor's own host sends the
 *       file, and wants the key, the part has a route that answers {@link LabDesk#videoBytes}.
 *   <li>Whatever is refused is thrown as {@link LabRefusal}, also by the desk; {@link #refuse}
 *       turns it into the vendor's own status and body. Nothing else may be thrown.
 *   <li>{@link #channels} names a channel for each model and each way to ask; the end-to-end tests
 *       make videos with all of them, and all trouble with the first of each {@link
 *       Channel#dialect}. What such a way has no word for stands in {@link Channel#unsaid}, what
 *       the vendor stops in {@link #cancelable}.
 *   <li>{@link #callback} is the message for a job's callback address, signed as the vendor signs;
 *       the lab sends it when the job has ended. What must be asked of the address before that is
 *       sent by {@link LabDesk#send}.
 * </ul>
 *
 * A part has no state of its own but what never changes: all jobs are the desk's.
 */
public interface LabPart {
  /** Every part takes just this credential. */
  String SECRET = "lab-secret-0123456789abcdef";

  /** The adapter's name; also the first piece of the part's paths. */
  String name();

  List<LabRoute> routes(LabDesk desk);

  /** A refusal as the vendor says it. */
  LabAnswer refuse(LabRefusal refusal);

  /** What the job's callback address is told once it has ended; empty where the vendor has none. */
  default Optional<LabCall> callback(LabDesk desk, LabJob job) {
    return Optional.empty();
  }

  /** Words that mean nothing at this vendor: its format has no way to say or do such a thing. */
  default Set<LabWord> without() {
    return Set.of();
  }

  /** How long an address of a result is good. */
  default Duration resultLife() {
    return Duration.ofHours(1);
  }

  /** What a relay's channel at this part is made of. */
  default Channel channel() {
    var model = card().models().getFirst();
    return new Channel("", Map.of(), SECRET, model.upstream(), model.capability());
  }

  /**
   * The channel's settings at a lab.
   *
   * @param base where the part is
   */
  default Map<String, String> settings(URI base) {
    return channel().settings();
  }

  /** By what the vendor signs callbacks, where it gives its customers a secret for that. */
  default Optional<String> callbackSecret() {
    return Optional.empty();
  }

  /**
   * Channels at everything that it plays: that one first, each model and each way to ask at least
   * once.
   */
  default List<Channel> channels() {
    return card().models().isEmpty()
        ? List.of(channel())
        : card().models().stream().map(channel()::making).toList();
  }

  /** In which phases the vendor stops a job of this channel that is canceled. */
  default Set<LabJob.Phase> cancelable(Channel channel) {
    var declared = Providers.all().find(name()).orElseThrow().abilities(channel.settings());
    return declared.cancel() ? Set.of(LabJob.Phase.QUEUED, LabJob.Phase.RUNNING) : Set.of();
  }

  /** What the adapter declares. */
  default Card card() {
    return Providers.all().find(name()).orElseThrow().card();
  }

  /**
   * A relay's channel at a part.
   *
   * @param path what stands behind the lab's address and the part's name, such as {@code /v1}
   * @param secret the credential; some vendors' consists of several
   * @param model the provider's name of the model to ask for
   * @param dialect what the adapter's way to ask is called, where it has several
   * @param unsaid words that mean nothing in this way to ask, beside {@link #without}
   */
  record Channel(
      String path,
      Map<String, String> settings,
      String secret,
      String model,
      Capability capability,
      String dialect,
      Set<LabWord> unsaid) {
    public Channel {
      settings = Map.copyOf(settings);
      unsaid = Set.copyOf(unsaid);
    }

    /** One in the only way to ask. */
    public Channel(
        String path,
        Map<String, String> settings,
        String secret,
        String model,
        Capability capability) {
      this(path, settings, secret, model, capability, "", Set.of());
    }

    /** The same for another model. */
    public Channel making(Card.OfferedModel other) {
      return new Channel(
          path, settings, secret, other.upstream(), other.capability(), dialect, unsaid);
    }

    /** The same in a way to ask of that name, in which these words mean nothing. */
    public Channel speaking(String name, LabWord... words) {
      return new Channel(path, settings, secret, model, capability, name, Set.of(words));
    }

    /** The same with these settings. */
    public Channel with(Map<String, String> others) {
      return new Channel(path, others, secret, model, capability, dialect, unsaid);
    }

    /** The same with another credential. */
    public Channel withSecret(String other) {
      return new Channel(path, settings, other, model, capability, dialect, unsaid);
    }
  }
}
