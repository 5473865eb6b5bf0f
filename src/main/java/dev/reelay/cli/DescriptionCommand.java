package dev.reelay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the description of a provider without sending anything. */
@Command(
    name = "check-description",
    description = {
      "Check a provider's description, and print the requests that it would send.",
      "Nothing is sent, and no database is needed."
    },
    footerHeading = "%nExample:%n",
    footer = "  reelay channel check-description docs/examples/together.yaml")
final class DescriptionCommand implements Callable<Integer> {
  private static final int FILE_BYTES_MAX = 64 * 1024;

  private final OperatorCommand.Terms terms;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The description, in YAML.")
  private String file = "";

  DescriptionCommand(OperatorCommand.Terms terms) {
    this.terms = terms;
  }

  @Override
  public Integer call() {
    var requests = read(terms.ports(), file).requests();
    var doc = new Doc().text("description", "good").text("requests", requests);
    var text = "the description is good; it would send:\n\n" + requests;
    return terms
        .root()
        .print(spec.commandLine().getOut(), new Answer(doc.json(), text, "", Exit.OK));
  }

  /**
   * A description that was found good.
   *
   * @param yaml as it stands in the file
   */
  record Checked(String yaml, String requests) {}

  /**
   * @throws Refusal if there is no such file, or what is in it is no description
   */
  static Checked read(Ports ports, String file) {
    var path = ports.surroundings().workingFolder().resolve(file);
    var yaml = text(path);
    try {
      return new Checked(yaml, ports.descriptions().requests(yaml));
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(file + ": " + e.getMessage());
    }
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw Refusal.usage(path + " is larger than " + FILE_BYTES_MAX + " bytes");
      }
      return Files.readString(path);
    } catch (NoSuchFileException _) {
      throw Refusal.usage("there is no file " + path);
    } catch (IOException e) {
      throw Refusal.usage(path + " cannot be read: " + e.getClass().getSimpleName());
    }
  }
}
