package dev.reelay.lab;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** How a job misbehaves on request: each is asked for by its text in the prompt. */
public enum LabWord {
  /** The first create is answered as when too much is asked; nothing is made. */
  BUSY("[429]"),
  /** The first create is answered 5xx; nothing is made. */
  BROKEN("[5xx]"),
  /** The create is refused for its content. */
  REFUSE("[refuse]"),
  /** The first create is refused since the account has no money. */
  MONEY("[402]"),
  /** The first create is refused since the account has no such model. */
  NO_MODEL("[no-model]"),
  /** The first create is answered with an error inside a 200; nothing is made. */
  BUSINESS("[business-error]"),
  /** The job is made, and the answer cut before its first byte. */
  CUT("[cut]"),
  /** The job is made, and the create never answered. */
  HANG("[hang]"),
  /** The job is made, and the answer no HTTP. */
  GARBAGE("[garbage]"),
  /** The job is done and called back about before its create is answered. */
  EARLY_CALLBACK("[early-callback]"),
  /** Each callback is sent twice. */
  TWICE("[twice]"),
  /** The first poll is answered as when too much is asked. */
  POLL_BUSY("[poll-429]"),
  /** The first poll is answered 5xx. */
  POLL_BROKEN("[poll-5xx]"),
  /** The first poll is cut. */
  POLL_CUT("[poll-cut]"),
  /** The first poll is answered with no HTTP. */
  POLL_GARBAGE("[poll-garbage]"),
  /** While it runs its state is a word that no documentation has. */
  UNKNOWN_WORD("[unknown-word]"),
  /** It ends as failed. */
  FAIL("[fail]"),
  /** It ends as refused for its content. */
  CONTENT("[content]"),
  /** It ends as done, without a video. */
  NO_VIDEO("[no-video]"),
  /** The provider forgets it instead of ending it. */
  LOST("[lost]"),
  /** The first address of its result is dead already. */
  EXPIRED("[expired-result]"),
  /** Its result is no video. */
  UNPLAYABLE("[unplayable]"),
  /** It never ends. */
  ENDLESS("[endless]"),
  /** It is done at once. */
  INSTANT("[instant]");

  private final String text;

  LabWord(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  static Set<LabWord> in(String prompt) {
    var found = EnumSet.noneOf(LabWord.class);
    Arrays.stream(values()).filter(word -> prompt.contains(word.text)).forEach(found::add);
    return found;
  }
}
