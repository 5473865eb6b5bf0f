package dev.reelay.provider;

import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spoils answers of providers: their structure, types, words, numbers, length, encoding. */
final class AnswerMutator {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEP = 3_000;
  private static final int LONG = 5_000;
  private static final int CHANGES_MAX = 4;
  private static final List<Integer> STATUSES =
      List.of(200, 200, 200, 201, 202, 204, 302, 400, 401, 402, 404, 409, 410, 422, 429, 500, 503);

  /** Words that adapters may look for, at places where they do not belong. */
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "succeeded",
          "completed",
          "COMPLETED",
          "done",
          "failed",
          "expired",
          "canceled",
          "null",
          "0",
          "-1",
          "1e999",
          "NaN",
          "true",
          "https://cdn.example/other.mp4",
          "ftp://x/y",
          "javascript:alert(1)",
          "https://",
          "http://[",
          "file:///etc/passwd",
          "data:video/mp4,x",
          "\ud800",
          "\u0000",
          "视频\u202e\ufeff",
          "%zz",
          "../../..",
          "a b|c\\d\"e",
          "<html>",
          "99999999999999999999999999",
          "2026-13-45T99:99:99Z");

  private final SplittableRandom random;

  AnswerMutator(SplittableRandom random) {
    this.random = random;
  }

  /** The answer, spoiled; sometimes only a little. */
  Reply spoiled(Reply reply) {
    var status = random.nextInt(4) == 0 ? one(STATUSES) : reply.status();
    return new Reply(status, reply.headers(), body(reply.body()));
  }

  private String body(String body) {
    return switch (random.nextInt(12)) {
      case 0 -> body.substring(0, random.nextInt(body.length() + 1));
      case 1 -> "[".repeat(DEEP) + body;
      case 2 -> "{\"a\":".repeat(DEEP) + body + "}".repeat(DEEP);
      case 3 -> "<html><body>" + body + "</body></html>";
      case 4 -> one(WORDS);
      case 5 -> torn(body);
      default -> changed(body);
    };
  }

  /** One character replaced. */
  private String torn(String body) {
    if (body.isEmpty()) {
      return "\u0000";
    }
    var at = random.nextInt(body.length());
    return body.substring(0, at) + (char) random.nextInt(0x2_000) + body.substring(at + 1);
  }

  private String changed(String body) {
    try {
      var tree = JsonMapper.shared().readTree(body);
      for (var changes = 1 + random.nextInt(CHANGES_MAX); changes > 0; changes--) {
        tree = changed(tree);
      }
      return tree.toString();
    } catch (JacksonException e) {
      return torn(body);
    }
  }

  private JsonNode changed(JsonNode node) {
    if (node.isContainer() && !node.isEmpty() && random.nextInt(5) > 0) {
      return within(node);
    }
    return switch (random.nextInt(9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.stringNode(one(WORDS));
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(random.nextBoolean() ? Double.MAX_VALUE : -0.5);
      case 4 -> NODES.booleanNode(random.nextBoolean());
      case 5 -> NODES.arrayNode().add(node);
      case 6 -> NODES.objectNode().set("url", node);
      case 7 -> NODES.stringNode("x".repeat(LONG));
      default -> NODES.objectNode();
    };
  }

  private JsonNode within(JsonNode node) {
    var at = random.nextInt(node.size());
    return switch (node) {
      case ObjectNode object -> {
        var name = object.propertyNames().stream().toList().get(at);
        if (random.nextInt(8) == 0) {
          object.remove(name);
        } else if (random.nextInt(8) == 0) {
          object.set(one(WORDS), object.remove(name));
        } else {
          object.set(name, changed(object.path(name)));
        }
        yield object;
      }
      case ArrayNode array -> {
        if (random.nextInt(4) == 0) {
          array.add(array.get(at));
        } else {
          array.set(at, changed(array.get(at)));
        }
        yield array;
      }
      default -> node;
    };
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
