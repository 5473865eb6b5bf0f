package dev.reelay.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logs of a command that ends soon: only what is worth a person's eye, beside its output. */
public final class QuietLogs {
  private QuietLogs() {}

  /** From now on only warnings are written, and to standard error. */
  public static void begin() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      var encoder = new PatternLayoutEncoder();
      encoder.setContext(context);
      encoder.setPattern("reelay: %level %msg%n%nopex");
      encoder.start();
      var beside = new ConsoleAppender<ILoggingEvent>();
      beside.setContext(context);
      beside.setTarget(ConsoleTarget.SystemErr.getName());
      beside.setEncoder(encoder);
      beside.start();
      var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
      root.detachAndStopAllAppenders();
      root.setLevel(Level.WARN);
      root.addAppender(beside);
    }
  }
}
