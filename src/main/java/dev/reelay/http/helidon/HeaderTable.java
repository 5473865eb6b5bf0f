package dev.reelay.http.helidon;

import static java.util.Objects.requireNonNull;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The library's form of our header names, made once. */
final class HeaderTable {
  private static final Map<FieldName, HeaderName> NAMES = names();

  private HeaderTable() {}

  static Optional<Header> find(Headers headers, FieldName name) {
    var wanted = name(name);
    return headers.contains(wanted) ? Optional.of(headers.get(wanted)) : Optional.empty();
  }

  static Header header(Field field) {
    return HeaderValues.create(name(field.name()), field.value());
  }

  private static HeaderName name(FieldName field) {
    return requireNonNull(NAMES.get(field));
  }

  private static Map<FieldName, HeaderName> names() {
    var names = new EnumMap<FieldName, HeaderName>(FieldName.class);
    for (var field : FieldName.values()) {
      names.put(field, HeaderNames.create(field.wire()));
    }
    return Collections.unmodifiableMap(names);
  }
}
