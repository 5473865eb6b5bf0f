package dev.reelay;

import dev.reelay.config.ConfigReader;
import dev.reelay.config.ConfigResult;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/** Starts Reelay. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    switch (new ConfigReader(System.getenv(), Path.of("")).read()) {
      case ConfigResult.Loaded loaded ->
          new Serving(out, InstantSource.system()).run(loaded.config());
      case ConfigResult.Refused(var problems) -> problems.forEach(out::println);
    }
  }
}
