package dev.reelay.http;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a request through the ground floor: name it, normalise its path, find its route, run
 * the handler, and give whatever went wrong the shape of the dialect. This is one of the two places
 * where exceptions are caught.
 */
public final class Edge {
  private static final Logger log = LoggerFactory.getLogger(Edge.class);

  private final Routes routes;
  private final ErrorShape errors;
  private final RequestIds ids;
  private final Request.Origin origin;

  public Edge(Routes routes, ErrorShape errors, RequestIds ids, Request.Origin origin) {
    this.routes = routes;
    this.errors = errors;
    this.ids = ids;
    this.origin = origin;
  }

  /** Answers a request. Never throws. */
  public Answer answer(Incoming incoming) {
    var id = ids.acceptOrNext(incoming);
    var path = Normalise.path(incoming.rawPath());
    if (path.isEmpty()) {
      return answer(refusal(id, "", incoming, EdgeError.MALFORMED_PATH.problem()), id, true);
    }
    return routed(incoming, id, path.get());
  }

  /**
   * The answer to bytes that are no request, or none that the server library lets through.
   *
   * @param status the HTTP status that the library chose
   */
  public Answer malformed(int status) {
    var id = ids.next();
    var context = new ErrorShape.Context(id, "", "");
    return answer(errors.shape(context, EdgeError.ofStatus(status).problem()), id, true);
  }

  /** The answer in place of a reply that could not be sent, of which no byte has left yet. */
  public Answer failed(Incoming incoming, Exception cause) {
    var id = ids.acceptOrNext(incoming);
    log.atError().setCause(cause).addKeyValue("request", id).log("reply could not be sent");
    var problem = EdgeError.INTERNAL_ERROR.problem();
    return answer(refusal(id, "", incoming, problem), id, true);
  }

  private Answer routed(Incoming incoming, String id, String path) {
    boolean isOptions = incoming.method().equals("OPTIONS");
    return switch (routes.find(incoming.method(), path)) {
      case Routes.Match.Found(Route route, var parameters) -> {
        var request = new Request(incoming, id, path, parameters, origin);
        var answer = answer(handled(route, request, incoming), id, route.isOpen(), incoming);
        yield answer.with(request.answerFields());
      }
      case Routes.Match.OtherMethod(String allow, boolean isOpen) -> {
        var field = new Field(FieldName.ALLOW, allow);
        var problem = EdgeError.METHOD_NOT_ALLOWED.problem().with(field);
        var reply = isOptions ? options(isOpen, field) : refusal(id, path, incoming, problem);
        yield answer(reply, id, isOpen, incoming);
      }
      case Routes.Match.Unknown() -> {
        boolean isOpen = Cors.isOpen(path);
        var problem = EdgeError.NOT_FOUND.problem();
        var reply = isOptions && isOpen ? Cors.preflight() : refusal(id, path, incoming, problem);
        yield answer(reply, id, isOpen, incoming);
      }
    };
  }

  private static Reply options(boolean isOpen, Field allow) {
    return isOpen ? Cors.preflight() : Reply.empty(204, allow);
  }

  private Reply handled(Route route, Request request, Incoming incoming) {
    try {
      return route.handler().handle(request);
    } catch (Refused refused) {
      return refusal(request.id(), request.path(), incoming, refused.problem());
    } catch (RuntimeException | StackOverflowError e) {
      log.atError()
          .setCause(e)
          .addKeyValue("request", request.id())
          .addKeyValue("route", route.pattern())
          .log("request failed");
      var problem = EdgeError.INTERNAL_ERROR.problem();
      return refusal(request.id(), request.path(), incoming, problem);
    }
  }

  private Reply refusal(String id, String path, Incoming incoming, Problem problem) {
    Reply reply = errors.shape(ErrorShape.Context.of(id, path, incoming), problem);
    for (var field : problem.fields()) {
      reply = reply.with(field);
    }
    return reply;
  }

  private static Answer answer(Reply reply, String id, boolean isOpen, Incoming incoming) {
    if (isOpen && incoming.header(FieldName.ORIGIN).isPresent()) {
      var name = new Field(FieldName.X_REQUEST_ID, id);
      return new Answer(reply, List.of(name, Cors.ANY_ORIGIN, Cors.EXPOSED));
    }
    return answer(reply, id, isOpen);
  }

  /** An open answer says so to everybody: a cache may show it to a script later. */
  private static Answer answer(Reply reply, String id, boolean isOpen) {
    var name = new Field(FieldName.X_REQUEST_ID, id);
    return new Answer(reply, isOpen ? List.of(name, Cors.ANY_ORIGIN) : List.of(name));
  }
}
