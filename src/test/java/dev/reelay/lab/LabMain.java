package dev.reelay.lab;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code make lab}: the lab for people, until it is interrupted. */
final class LabMain {
  private LabMain() {}

  /**
   * @param arguments the port, and how many times as fast as usual jobs are made
   */
  public static void main(String[] arguments) throws InterruptedException {
    var port = Integer.parseInt(arguments[0]);
    var pace = LabPace.USUAL.times(Integer.parseInt(arguments[1]));
    try (var lab = Lab.start(port, InstantSource.system(), pace, Lab.parts())) {
      System.out.println(greeting(lab));
      new CountDownLatch(1).await();
    }
  }

  private static String greeting(Lab lab) {
    var words = Arrays.stream(LabWord.values()).map(LabWord::text);
    return """
    The lab plays these providers. Start the relay with
      REELAY_ALLOWED_HOSTS=%s,%s
    (it refuses loopback otherwise), put a credential into a file and add channels:

    %s
    Words in a prompt that make a job misbehave: %s
    """
        .formatted(
            lab.address().getAuthority(),
            lab.filesAddress().getAuthority(),
            Lab.parts().stream().map(part -> channel(lab, part)).collect(Collectors.joining()),
            words.collect(Collectors.joining(" ")));
  }

  private static String channel(Lab lab, LabPart part) {
    var channel = part.channel();
    var settings =
        lab.settings(part).entrySet().stream()
            .map(setting -> " --setting " + setting.getKey() + "=" + setting.getValue())
            .sorted()
            .collect(Collectors.joining());
    return """
      printf %%s '%s' > %s.key
      bin/reelay channel add lab-%s --provider %s --base-url %s%s \\
        --map lab-%s=%s --credential-file %s.key
    """
        .formatted(
            channel.secret(),
            part.name(),
            part.name(),
            part.name(),
            lab.baseUrl(part),
            settings,
            part.name(),
            channel.model(),
            part.name());
  }
}
