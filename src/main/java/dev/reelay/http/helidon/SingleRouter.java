package dev.reelay.http.helidon;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import java.util.List;

/** The library's way to ask for the one routing that there is. */
record SingleRouter(EdgeRouting routing) implements Router {
  @Override
  public <T extends Routing> T routing(Class<T> type, T otherwise) {
    return type.isInstance(routing) ? type.cast(routing) : otherwise;
  }

  @Override
  public List<? extends Routing> routings() {
    return List.of(routing);
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}
}
