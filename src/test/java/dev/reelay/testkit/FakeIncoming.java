package dev.reelay.testkit;

import dev.reelay.http.FieldName;
import dev.reelay.http.Incoming;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A request without a server: a peer and header fields, all else empty. */
public final class FakeIncoming implements Incoming {
  private final InetAddress peer;
  private final Map<FieldName, String> fields = new EnumMap<>(FieldName.class);

  public FakeIncoming(String peer) {
    this.peer = InetAddress.ofLiteral(peer);
  }

  public FakeIncoming with(FieldName name, String value) {
    fields.put(name, value);
    return this;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String rawPath() {
    return "/";
  }

  @Override
  public String rawQuery() {
    return "";
  }

  @Override
  public Optional<String> header(FieldName name) {
    return Optional.ofNullable(fields.get(name));
  }

  @Override
  public InetAddress peer() {
    return peer;
  }

  @Override
  public byte[] body(int limitBytes) {
    return new byte[0];
  }
}
