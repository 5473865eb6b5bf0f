package dev.reelay.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What all desks of a lab share.
 *
 * @param home where the parts are
 * @param files where results are: another host, as far as a browser or a relay is concerned
 */
record LabWorld(InstantSource clock, LabPace pace, LabJournal journal, URI home, URI files) {
  private static final Duration CALL_MAX = Duration.ofSeconds(10);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CALL_MAX).build();

  URI baseUrl(String part) {
    return home.resolve("/" + part);
  }

  /** The answer's body, or nothing if there was no answer of success. */
  Optional<String> send(LabCall call) {
    try {
      var request = HttpRequest.newBuilder(call.to()).timeout(CALL_MAX);
      call.headers().forEach(request::header);
      var answer =
          HTTP.send(
              request.POST(BodyPublishers.ofString(call.body())).build(), BodyHandlers.ofString());
      journal.noteCall(call.to() + " " + answer.statusCode());
      return answer.statusCode() / 100 == 2 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      journal.noteCall(call.to() + " " + e.getMessage());
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
