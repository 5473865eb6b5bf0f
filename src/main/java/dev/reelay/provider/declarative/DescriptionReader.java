package dev.reelay.provider.declarative;

import dev.reelay.provider.declarative.Description.Mapped;
import dev.reelay.task.Recovery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a description, field by field. */
final class DescriptionReader {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration LAG = Duration.ofMinutes(1);
  private static final Set<String> ABOUT_JOB = Set.of("id", "model");

  private DescriptionReader() {}

  static Description read(Fields top) {
    top.only(
        "auth", "maps", "create", "poll", "cancel", "find", "list", "callback", "token", "errors");
    var maps = maps(top);
    var known = new HashSet<>(Values.OF_REQUEST);
    known.addAll(maps.keySet());
    var create = create(top.object("create"), known);
    var token = top.findObject("token").map(fields -> token(fields, create));
    var find = top.findObject("find").map(DescriptionReader::find);
    var callback = top.findObject("callback").map(fields -> fields.only("id").requiredPlaces("id"));
    if (find.isPresent() && !create.request().sends("token")) {
      throw top.problem("find", "needs a create that sends ${token}");
    }
    if (callback.isPresent() && !create.request().sends("callback")) {
      throw top.problem("callback", "needs a create that sends ${callback}");
    }
    return new Description(
        auth(top),
        create,
        poll(top.object("poll")),
        top.findObject("cancel")
            .map(
                fields ->
                    Request.of(
                        fields.only("method", "path", "headers", "body"), "POST", ABOUT_JOB)),
        find,
        top.findObject("list").map(DescriptionReader::list),
        callback,
        token,
        maps,
        ErrorTable.of(top.findObject("errors")));
  }

  private static Description.Auth auth(Fields top) {
    var fields = top.findObject("auth").map(found -> found.only("header", "prefix"));
    var header = fields.flatMap(f -> f.find("header")).orElse("Authorization");
    var usual = header.equalsIgnoreCase("Authorization") ? "Bearer " : "";
    var prefix = fields.flatMap(f -> f.find("prefix")).orElse(usual);
    return new Description.Auth(header, prefix.equals("none") ? "" : prefix);
  }

  private static Map<String, Mapped> maps(Fields top) {
    var maps = new LinkedHashMap<String, Mapped>();
    top.findObject("maps")
        .ifPresent(
            all ->
                all.byName()
                    .forEach(
                        (name, node) -> {
                          var fields = Fields.of(node, all.at(name)).only("from", "table");
                          var from = fields.text("from");
                          if (!name.matches("[a-z][a-z0-9_]*")
                              || Values.OF_REQUEST.contains(name)) {
                            throw all.problem(name, "must be a new name of small letters");
                          }
                          if (!Values.OF_REQUEST.contains(from)) {
                            throw fields.problem("from", "names the unknown value " + from);
                          }
                          maps.put(name, new Mapped(from, fields.map("table")));
                        }));
    return maps;
  }

  private static Description.Create create(Fields fields, Set<String> known) {
    fields.only("method", "path", "headers", "body", "id");
    var request = Request.of(fields, "POST", known);
    if (request.method().equals("GET")) {
      throw fields.problem("method", "of a create cannot be GET");
    }
    return new Description.Create(request, fields.requiredPlaces("id"));
  }

  private static Duration token(Fields fields, Description.Create create) {
    fields.only("life");
    if (!create.request().sends("token")) {
      throw fields.problem("life", "needs a create that sends ${token}");
    }
    return fields.duration("life", Duration.ofHours(24));
  }

  private static Description.Poll poll(Fields fields) {
    fields.only(
        "method",
        "path",
        "headers",
        "body",
        "every",
        "status",
        "words",
        "progress",
        "video",
        "thumbnail",
        "enhanced_prompt",
        "units",
        "cost",
        "error",
        "result_needs_key");
    var answer =
        new Description.Answer(
            fields.places("progress"),
            fields.requiredPlaces("video"),
            fields.places("thumbnail"),
            fields.places("enhanced_prompt"),
            fields.places("units"),
            fields.places("cost"),
            fields.places("error"));
    return new Description.Poll(
        Request.of(fields, "GET", ABOUT_JOB),
        fields.duration("every", EVERY),
        fields.requiredPlaces("status"),
        words(fields.object("words")),
        answer,
        fields.flag("result_needs_key"));
  }

  private static Map<String, Description.Word> words(Fields fields) {
    var names = Description.wordNames();
    fields.only(names.toArray(String[]::new));
    var words = new HashMap<String, Description.Word>();
    for (var name : names) {
      for (var word : fields.texts(name)) {
        var meaning = Description.Word.valueOf(name.toUpperCase(Locale.ROOT));
        if (words.put(word, meaning) != null) {
          throw fields.problem(name, "has the word " + word + ", which stands there twice");
        }
      }
    }
    if (!words.containsValue(Description.Word.SUCCEEDED)) {
      throw fields.missing("succeeded");
    }
    return words;
  }

  private static Description.Find find(Fields fields) {
    fields.only("method", "path", "headers", "body", "jobs", "id", "lag");
    var request = Request.of(fields, "GET", Set.of("token", "model"));
    return new Description.Find(
        request, jobs(fields), fields.requiredPlaces("id"), fields.duration("lag", LAG));
  }

  private static String jobs(Fields fields) {
    var jobs = fields.text("jobs");
    if (!Places.isPlace(jobs) || jobs.contains("#")) {
      throw fields.problem("jobs", "must be a JSON pointer such as /data");
    }
    return jobs;
  }

  private static Description.JobList list(Fields fields) {
    fields.only(
        "method",
        "path",
        "headers",
        "body",
        "jobs",
        "id",
        "time",
        "times",
        "model",
        "prompt",
        "next",
        "lag",
        "window",
        "complete");
    var item =
        new Description.Item(
            fields.requiredPlaces("id"),
            fields.requiredPlaces("time"),
            Description.Times.valueOf(
                fields
                    .find("times", "seconds", List.of("seconds", "millis", "iso"))
                    .toUpperCase(Locale.ROOT)),
            fields.places("model"),
            fields.places("prompt"));
    var shows =
        new Recovery.Shows(fields.has("model"), fields.has("prompt"), fields.flag("complete"));
    var window = fields.duration("window", Recovery.DOUBT_MAX.plusHours(1));
    return new Description.JobList(
        Request.of(fields, "GET", Set.of("after", "model")),
        jobs(fields),
        item,
        fields.places("next"),
        new Recovery.JobList(fields.duration("lag", LAG), window, shows));
  }
}
