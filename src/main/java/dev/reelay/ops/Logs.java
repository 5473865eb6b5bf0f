package dev.reelay.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log of a server: our own events from INFO, everybody else's from WARN, one entry an
 * event, secrets hidden. Until it is called, {@code logback.xml} lets only warnings through.
 */
public final class Logs {
  private static final String OURS = "dev.reelay";
  private static final byte[] NOTHING = {};

  private Logs() {}

  /** How entries look. */
  public enum Format {
    /** Lines for people, in their time zone. */
    TEXT,
    /** One JSON object a line, in UTC. */
    JSON;

    private LogLine line() {
      return switch (this) {
        case TEXT -> new LogLine.Text(ZoneId.systemDefault());
        case JSON -> new LogLine.Json();
      };
    }
  }

  /**
   * Sends the log to the error stream in this format from now on. Also what libraries write to
   * {@code java.util.logging}.
   */
  public static void configure(Format format) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      configure(context, format, new FileOutputStream(FileDescriptor.err));
      LogManager.getLogManager().reset();
      java.util.logging.Logger.getLogger("").addHandler(new JulBridge());
    }
  }

  static void configure(LoggerContext context, Format format, OutputStream out) {
    context.reset();
    var encoder = new Lines(format.line());
    encoder.setContext(context);
    encoder.start();
    var appender = new OutputStreamAppender<ILoggingEvent>();
    appender.setName("log");
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger(OURS).setLevel(Level.INFO);
  }

  private static final class Lines extends EncoderBase<ILoggingEvent> {
    private final LogLine line;

    Lines(LogLine line) {
      this.line = line;
    }

    @Override
    public byte[] headerBytes() {
      return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      return line.write(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
      return NOTHING;
    }
  }
}
