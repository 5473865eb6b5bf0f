package dev.reelay.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request, with its path normalised and its route found. Used by one thread. */
public final class Request {
  private final Incoming incoming;
  private final String id;
  private final String path;
  private final Map<String, String> parameters;
  private final Origin origin;
  private List<Field> answerFields = List.of();

  /** How the outside is seen: which proxies count and which base URL we write. */
  public record Origin(TrustedProxies proxies, BaseUrl baseUrl) {}

  public Request(
      Incoming incoming, String id, String path, Map<String, String> parameters, Origin origin) {
    this.incoming = incoming;
    this.id = id;
    this.path = path;
    this.parameters = parameters;
    this.origin = origin;
  }

  /** The request id, which every answer and every log line of this request carries. */
  public String id() {
    return id;
  }

  public String method() {
    return incoming.method();
  }

  /** The normalised path. */
  public String path() {
    return path;
  }

  public String rawPath() {
    return incoming.rawPath();
  }

  public String rawQuery() {
    return incoming.rawQuery();
  }

  /**
   * The decoded part of the path that the route names, for example {@code id}.
   *
   * @throws IllegalArgumentException if the route has no such part
   */
  public String parameter(String name) {
    var value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /**
   * A query parameter, decoded, with {@code +} left as it is: in an id or a time with its zone it
   * means itself. The first of several wins.
   */
  public Optional<String> query(String name) {
    return Query.find(incoming.rawQuery(), name, false);
  }

  /** As {@link #query}, but all of several, in their order. */
  public List<String> queryAll(String name) {
    return Query.all(incoming.rawQuery(), name);
  }

  /** A query parameter that is free text, where {@code +} means a space, as forms send it. */
  public Optional<String> queryText(String name) {
    return Query.find(incoming.rawQuery(), name, true);
  }

  public Optional<String> header(FieldName name) {
    return incoming.header(name);
  }

  /**
   * Reads the whole body, once.
   *
   * @throws Refused if it is larger than the limit, malformed, or there is no room for it now
   */
  public byte[] body(int limitBytes) {
    return incoming.body(limitBytes);
  }

  /** The address of the client, looked up behind trusted proxies. */
  public InetAddress clientAddress() {
    return origin.proxies().client(incoming);
  }

  /** Header fields that the answer to this request gets, whether it is a refusal or not. */
  public void answerWith(List<Field> fields) {
    answerFields = List.copyOf(fields);
  }

  /** What an error of this request is shaped by. */
  ErrorShape.Context errorContext() {
    return ErrorShape.Context.of(id, path, incoming);
  }

  List<Field> answerFields() {
    return answerFields;
  }

  /** Scheme and host as the client must write them, without a slash at the end. */
  public String baseUrl() {
    return origin.baseUrl().of(incoming);
  }
}
