package dev.reelay.http.helidon;

import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import java.util.Optional;

/** The library's form of our header names, made once. */
final class HeaderTable {
  private static final HeaderName[] NAMES = names();

  private HeaderTable() {}

  static Optional<Header> find(Headers headers, FieldName name) {
    var wanted = NAMES[name.ordinal()];
    return headers.contains(wanted) ? Optional.of(headers.get(wanted)) : Optional.empty();
  }

  static Header header(Field field) {
    return HeaderValues.create(NAMES[field.name().ordinal()], field.value());
  }

  private static HeaderName[] names() {
    var fields = FieldName.values();
    var names = new HeaderName[fields.length];
    for (var field : fields) {
      names[field.ordinal()] = HeaderNames.create(field.wire());
    }
    return names;
  }
}
