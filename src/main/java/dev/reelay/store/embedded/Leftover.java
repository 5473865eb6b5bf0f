package dev.reelay.store.embedded;

import dev.reelay.store.embedded.ServerQuestion.Answer;
import java.util.Optional;

/** Decides about the server that a killed relay left behind: take it over, or stop it. */
final class Leftover {
  private final Installation installation;
  private final int connectionsMax;

  Leftover(Installation installation, int connectionsMax) {
    this.installation = installation;
    this.connectionsMax = connectionsMax;
  }

  /** The server that can be used as it is; whatever else was left is gone on return. */
  Optional<Postmaster> adopt() {
    return installation.postmaster().flatMap(this::judge);
  }

  private Optional<Postmaster> judge(Postmaster left) {
    return switch (left.standing(installation.layout().cluster())) {
      case GONE, FOREIGN -> {
        Postmaster.markGone(installation.layout().cluster());
        yield Optional.empty();
      }
      case OURS -> isAsWanted(left) ? Optional.of(left) : stopped(left);
    };
  }

  private boolean isAsWanted(Postmaster left) {
    return switch (ServerQuestion.ask(left.port(), installation.password())) {
      case Answer.Server server ->
          server.dataDirectory().equals(installation.layout().cluster().toString())
              && server.version().equals(installation.bundle().serverVersion())
              && server.connectionsMax() == connectionsMax;
      case Answer.Silence _, Answer.Stranger _ -> false;
    };
  }

  private Optional<Postmaster> stopped(Postmaster left) {
    new Stop(installation).stop(left);
    // One that was killed at this very moment leaves its file, and perhaps uncollected remains.
    installation.postmaster().ifPresent(_ -> Postmaster.markGone(installation.layout().cluster()));
    return Optional.empty();
  }
}
