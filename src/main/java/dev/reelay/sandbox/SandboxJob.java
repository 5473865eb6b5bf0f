package dev.reelay.sandbox;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A job of the sandbox. Its id is the job: what was asked and when, so nothing is stored and a
 * restart forgets nothing.
 *
 * @param createdAt when it was asked for, to the millisecond
 * @param takes from then until it is done
 * @param script what shall happen
 * @param salt tells two jobs of the same moment apart
 * @param prompt what is drawn, without its script, cut to {@link #PROMPT_BYTES_MAX}
 */
record SandboxJob(
    Instant createdAt, Duration takes, Script script, long salt, Size size, String prompt) {
  static final int PROMPT_BYTES_MAX = 360;
  static final String PREFIX = "sbx_";
  private static final byte VERSION = 1;
  private static final int ID_CHARS_MAX = 800;

  record Size(int width, int height, int seconds) {}

  /** How a job ends. */
  enum Script {
    SUCCEED('s'),
    /** Fails while generating. */
    FAIL('f'),
    /** A ready-made clip at once. */
    INSTANT('i');

    private final char letter;

    Script(char letter) {
      this.letter = letter;
    }

    private static Script of(int letter) {
      for (var script : values()) {
        if (script.letter == letter) {
          return script;
        }
      }
      throw new IllegalArgumentException("no such script");
    }
  }

  SandboxJob {
    prompt = cut(prompt);
  }

  Instant doneAt() {
    return createdAt.plus(takes);
  }

  String id() {
    var text = prompt.getBytes(StandardCharsets.UTF_8);
    var out = ByteBuffer.allocate(1 + 8 + 4 + 1 + 8 + 2 + 2 + 2 + text.length);
    out.put(VERSION).putLong(createdAt.toEpochMilli()).putInt(Math.toIntExact(takes.toMillis()));
    out.put((byte) script.letter).putLong(salt);
    out.putShort((short) size.width()).putShort((short) size.height());
    out.putShort((short) size.seconds()).put(text);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
  }

  /** Reads an id; empty if it is none of ours. */
  static Optional<SandboxJob> parse(String id) {
    if (!id.startsWith(PREFIX) || id.length() > ID_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      var in = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id.substring(PREFIX.length())));
      return in.get() == VERSION ? Optional.of(read(in)) : Optional.empty();
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static SandboxJob read(ByteBuffer in) {
    var createdAt = Instant.ofEpochMilli(in.getLong());
    var takes = Duration.ofMillis(in.getInt());
    var script = Script.of(in.get());
    var salt = in.getLong();
    var size = new Size(in.getShort(), in.getShort(), in.getShort());
    var text = new byte[in.remaining()];
    in.get(text);
    var prompt = new String(text, StandardCharsets.UTF_8);
    return new SandboxJob(createdAt, takes, script, salt, size, prompt);
  }

  private static String cut(String text) {
    var end = text.length();
    while (text.substring(0, end).getBytes(StandardCharsets.UTF_8).length > PROMPT_BYTES_MAX) {
      end = text.offsetByCodePoints(end, -1);
    }
    return text.substring(0, end);
  }
}
