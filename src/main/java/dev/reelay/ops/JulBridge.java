package dev.reelay.ops;

import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Passes on what libraries, such as the database driver, write to {@code java.util.logging}. */
final class JulBridge extends Handler {
  private final SimpleFormatter texts = new SimpleFormatter();

  JulBridge() {
    setLevel(Level.WARNING);
  }

  @Override
  public void publish(LogRecord entry) {
    if (isLoggable(entry)) {
      var logger =
          LoggerFactory.getLogger(Optional.ofNullable(entry.getLoggerName()).orElse("jul"));

      var at =
          entry.getLevel().intValue() >= Level.SEVERE.intValue()
              ? logger.atError()
              : logger.atWarn();
      Optional.ofNullable(entry.getThrown()).map(at::setCause).orElse(at).log(text(entry));
    }
  }

  String text(LogRecord entry) {
    return texts.formatMessage(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
