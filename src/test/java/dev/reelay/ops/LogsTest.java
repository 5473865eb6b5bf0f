package dev.reelay.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
  private static final String KEY = "rk_0123456789abcdefghijklmnopqrstuvwxyz01";

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LogsTest() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void an_event_is_one_json_object_with_its_keys() {
    Logs.configure(context, Logs.Format.JSON, out);

    context
        .getLogger("dev.reelay.Relay")
        .atInfo()
        .addKeyValue("task", "task_1")
        .addKeyValue("msg", "a key of ours is not overwritten")
        .log("settled \"{}\"\nfor good", 5);

    var entry = JsonMapper.shared().readTree(written());
    assertThat(written().lines()).hasSize(1);
    assertThat(entry.propertyNames()).containsExactly("ts", "level", "logger", "msg", "task");
    assertThat(entry.path("ts").asString()).endsWith("Z");
    assertThat(entry.path("level").asString()).isEqualTo("INFO");
    assertThat(entry.path("logger").asString()).isEqualTo("dev.reelay.Relay");
    assertThat(entry.path("msg").asString()).isEqualTo("settled \"5\"\nfor good");
    assertThat(entry.path("task").asString()).isEqualTo("task_1");
  }

  @Test
  void an_event_is_a_line_of_text_with_its_keys() {
    Logs.configure(context, Logs.Format.TEXT, out);

    context.getLogger("dev.reelay.Relay").atWarn().addKeyValue("task", "task_1").log("late");

    assertThat(written()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  late task=task_1\n");
  }

  @Test
  void a_stack_trace_is_kept_in_both_forms() {
    var broken = new IllegalStateException("no disk");

    Logs.configure(context, Logs.Format.TEXT, out);
    context.getLogger("dev.reelay.Relay").error("broken", broken);
    var text = written();
    Logs.configure(context, Logs.Format.JSON, out);
    context.getLogger("dev.reelay.Relay").error("broken", broken);

    assertThat(text).contains("IllegalStateException: no disk").contains("\tat ");
    var json = written().substring(text.length());
    assertThat(json.lines()).hasSize(1);
    assertThat(JsonMapper.shared().readTree(json).path("trace").asString())
        .contains("IllegalStateException: no disk");
  }

  @Test
  void only_our_own_chatter_is_written() {
    Logs.configure(context, Logs.Format.TEXT, out);

    context.getLogger("dev.reelay.Relay").debug("ours, too fine");
    context.getLogger("io.helidon.webserver").info("theirs");
    context.getLogger("io.helidon.webserver").warn("theirs, but a warning");

    assertThat(written().lines()).singleElement().asString().endsWith("theirs, but a warning");
  }

  @Test
  void keys_bearer_words_and_secrets_of_addresses_are_hidden() {
    Logs.configure(context, Logs.Format.JSON, out);
    var address = "http://h/files/019ab/ABCDEFGHIJKLMNOPQRST_-.mp4";
    var callback = "http://h/callback/019ab/1/ABCDEFGHIJKLMNOPQRST_-";

    context
        .getLogger("dev.reelay.Relay")
        .atInfo()
        .addKeyValue("url", address)
        .addKeyValue("callback", callback)
        .setCause(new IllegalStateException("Authorization: Bearer other-secret"))
        .log("key {} of 'authorization: bearer abc.def' at {}", KEY, address);

    assertThat(written())
        .contains("rk_[hidden]", "bearer [hidden]", "Bearer [hidden]", "/files/019ab/[hidden].mp4")
        .contains("/callback/019ab/1/[hidden]")
        .doesNotContain(KEY, "abc.def", "other-secret", "ABCDEFGHIJKLMNOPQRST_-");
  }

  @Test
  void what_the_driver_logs_elsewhere_is_passed_on_from_warnings_up() {
    var bridge = new JulBridge();
    var fine = new LogRecord(Level.FINE, "fine");
    var warning = new LogRecord(Level.WARNING, "lost {0}");
    warning.setParameters(new Object[] {"it"});

    assertThat(bridge.isLoggable(fine)).isFalse();
    assertThat(bridge.isLoggable(warning)).isTrue();
    assertThat(bridge.text(warning)).isEqualTo("lost it");
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
