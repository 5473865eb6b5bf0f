package dev.reelay.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;
import tools.jackson.databind.json.JsonMapper;

/** Writes one event as one entry of the log, with nothing secret in it. */
sealed interface LogLine {
  String write(ILoggingEvent event);

  /** For people: time, level, message and key=value; a stack trace follows on lines of its own. */
  record Text(ZoneId zone) implements LogLine {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    @Override
    public String write(ILoggingEvent event) {
      var line = new StringBuilder(TIME.format(event.getInstant().atZone(zone)));
      line.append(String.format(" %-5s ", event.getLevel())).append(event.getFormattedMessage());
      pairs(event).forEach(pair -> line.append(' ').append(pair.key + "=" + pair.value));
      line.append('\n');
      trace(event).ifPresent(line::append);
      return Redaction.redact(line.toString());
    }
  }

  /** For machines: one JSON object a line, with ts, level, logger, msg and the event's own keys. */
  record Json() implements LogLine {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public String write(ILoggingEvent event) {
      var entry =
          MAPPER
              .createObjectNode()
              .put("ts", event.getInstant().toString())
              .put("level", event.getLevel().toString())
              .put("logger", event.getLoggerName())
              .put("msg", Redaction.redact(event.getFormattedMessage()));
      for (var pair : pairs(event)) {
        if (!entry.has(pair.key)) {
          entry.put(pair.key, Redaction.redact(String.valueOf(pair.value)));
        }
      }
      trace(event).ifPresent(text -> entry.put("trace", Redaction.redact(text)));
      return MAPPER.writeValueAsString(entry) + "\n";
    }
  }

  private static Iterable<KeyValuePair> pairs(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElseGet(List::of);
  }

  private static Optional<String> trace(ILoggingEvent event) {
    return Optional.ofNullable(event.getThrowableProxy()).map(ThrowableProxyUtil::asString);
  }
}
