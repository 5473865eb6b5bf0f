package dev.reelay.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Counts the calls that reach a lab, its files among them, and strikes those that it is told to.
 */
public final class LabCalls {
  private static final int BAD_GATEWAY = 502;
  private static final int NOT_FOUND = 404;

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile Map<Integer, LabStrike> strikes = Map.of();
  private volatile boolean isArmed;

  /**
   * From now on calls are counted anew; before that none is, so that a lab may run for days.
   *
   * @param strikes by the number of the call, counted from 1
   */
  public void arm(Map<Integer, LabStrike> strikes) {
    this.strikes = Map.copyOf(strikes);
    seen.clear();
    isArmed = true;
  }

  /** Method and path of each call since then, in the order of their coming. */
  public List<String> seen() {
    return List.copyOf(seen);
  }

  LabAnswer through(LabRequest request, Function<LabRequest, LabAnswer> brain) {
    return strike(request)
        .map(how -> struck(how, request, brain))
        .orElseGet(() -> brain.apply(request));
  }

  private Optional<LabStrike> strike(LabRequest request) {
    return isArmed ? counted(request) : Optional.empty();
  }

  private synchronized Optional<LabStrike> counted(LabRequest request) {
    seen.add(request.method() + " " + request.path());
    return Optional.ofNullable(strikes.get(seen.size()));
  }

  private static LabAnswer struck(
      LabStrike how, LabRequest request, Function<LabRequest, LabAnswer> brain) {
    return switch (how) {
      case LOST_CALL -> new LabAnswer.Cut();
      case NO_SUCH_PAGE -> page(NOT_FOUND);
      case LOST_ANSWER -> done(request, brain, new LabAnswer.Cut());
      case NO_HTTP -> done(request, brain, new LabAnswer.Garbage());
      case BAD_GATEWAY -> done(request, brain, page(BAD_GATEWAY));
      case EMPTY_OBJECT -> done(request, brain, LabAnswer.json(200, "{}"));
      case HANG -> done(request, brain, new LabAnswer.Hang());
    };
  }

  private static LabAnswer done(
      LabRequest request, Function<LabRequest, LabAnswer> brain, LabAnswer told) {
    var _ = brain.apply(request);
    return told;
  }

  private static LabAnswer page(int status) {
    return LabAnswer.text(status, "text/html", "<html><h1>" + status + "</h1><hr>nginx</html>");
  }
}
