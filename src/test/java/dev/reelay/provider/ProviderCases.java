package dev.reelay.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The folders of cases. */
final class ProviderCases {
  private static final Path CASES = Path.of("src/test/resources/provider");
  private static final String ENDING = ".case";

  private ProviderCases() {}

  static Path file(Provider provider, String name) {
    return CASES.resolve(provider.name()).resolve(name + ENDING);
  }

  static ProviderCase read(Provider provider, String name) {
    try {
      return ProviderCase.parse(Files.readString(file(provider, name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Their names, in order. */
  static List<String> names(Provider provider) {
    try (var files = Files.list(CASES.resolve(provider.name()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every channel and model that stands in them, so that all settings take part. */
  static List<Context> contexts(Provider provider) {
    return names(provider).stream()
        .map(name -> read(provider, name))
        .filter(written -> !written.cannotOccur())
        .map(ProviderCase::context)
        .distinct()
        .toList();
  }

  /** Every whole answer that stands in them, and what is sent to callback addresses. */
  static List<Reply> replies(Provider provider) {
    return names(provider).stream()
        .map(name -> read(provider, name))
        .filter(written -> !written.cannotOccur())
        .flatMap(ProviderCases::replies)
        .toList();
  }

  private static Stream<Reply> replies(ProviderCase written) {
    var answers =
        Arrays.stream(written.gets().replace("<base>", "api.example").split("\nthen\n"))
            .map(block -> block.strip().lines().findFirst().orElse(""))
            .filter(line -> line.matches("[1-5][0-9]{2}( .*)?"))
            .map(line -> line.split(" ", 2))
            .map(
                parts ->
                    new Reply(
                        Integer.parseInt(parts[0]), List.of(), parts.length > 1 ? parts[1] : ""));
    var called = written.does().getFirst().split(" ", 2);
    return called[0].equals("callback") && called.length == 2
        ? Stream.concat(answers, Stream.of(new Reply(200, List.of(), called[1])))
        : answers;
  }
}
