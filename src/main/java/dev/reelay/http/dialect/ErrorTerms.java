package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.http.ErrorShape.Context;
import dev.reelay.http.Field;
import dev.reelay.http.FieldName;
import dev.reelay.http.JsonText;
import dev.reelay.http.Problem;
import dev.reelay.task.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What all dialects say of an error alike: its status, its code, its sentence in the caller's
 * language. A dialect only arranges it. Every code: docs/errors.md.
 */
public final class ErrorTerms {
  private static final int LOW_BALANCE_STATUS = 402;
  private static final int FORBIDDEN = 403;
  private static final int UNAUTHORIZED = 401;

  private final boolean isLowBalanceForbidden;

  /**
   * Makes the terms.
   *
   * @param isLowBalanceForbidden answers 403 instead of 402 when money is short, as new-api does
   */
  public ErrorTerms(boolean isLowBalanceForbidden) {
    this.isLowBalanceForbidden = isLowBalanceForbidden;
  }

  /**
   * An error with everything decided but its arrangement.
   *
   * @param code the word for programs; one of the catalogue's but for refusals it does not know
   */
  public record Told(Context context, ApiError error, int status, String code) {
    /** In the language that the caller likes best. */
    public String message() {
      return prefersChinese(context.acceptLanguage()) ? error.chinese() : error.english();
    }

    /** Writes the members of the object that OpenAI calls {@code error}, and ours beside them. */
    public void writeNested(JsonText json) {
      write(json);
      json.field("request_id", context.requestId());
    }

    /** As {@link #writeNested}, in an answer that tells more than this error. */
    public void write(JsonText json) {
      json.field("message", message());
      json.field("message_zh", error.chinese());
      json.field("type", type(status, code));
      json.field("code", code);
      if (error.param().isPresent()) {
        json.field("param", error.param().get());
      } else {
        json.nulls("param");
      }
      if (!error.allowed().isEmpty()) {
        json.strings("allowed", error.allowed());
      }
      error.details().facts().forEach(json::field);
    }

    /** The header fields of the answer. */
    public List<Field> fields() {
      var fields = new ArrayList<Field>();
      fields.add(Field.JSON);
      error
          .details()
          .retrySeconds()
          .ifPresent(s -> fields.add(new Field(FieldName.RETRY_AFTER, String.valueOf(s))));
      if (status == UNAUTHORIZED) {
        fields.add(new Field(FieldName.WWW_AUTHENTICATE, "Bearer"));
      }
      return fields;
    }
  }

  public Told of(Context context, ApiError error) {
    return new Told(context, error, statusOf(error.code()), error.code().wire());
  }

  /** A refusal of the ground floor, which has words of its own only for what we do not know. */
  public Told of(Context context, Problem problem) {
    var known = codeOf(problem.code());
    var code = known.orElse(ErrorCode.INTERNAL);
    var error =
        known.isPresent()
            ? ApiError.of(code)
            : ApiError.of(code, problem.message(), problem.message());
    if (problem.status() == ErrorCode.INTERNAL.status()) {
      // Many programs show nothing but the message, and the request id is all that we can tell.
      var id = context.requestId();
      error = ApiError.of(code, code.english() + " Request: " + id, code.chinese() + "请求 ID：" + id);
    }
    return new Told(
        context, error, problem.status(), known.map(ErrorCode::wire).orElse(problem.code()));
  }

  private int statusOf(ErrorCode code) {
    return code.status() == LOW_BALANCE_STATUS && isLowBalanceForbidden ? FORBIDDEN : code.status();
  }

  private static String type(int status, String code) {
    return switch (status) {
      case UNAUTHORIZED -> "authentication_error";
      case LOW_BALANCE_STATUS -> "insufficient_quota";
      case FORBIDDEN -> isForbidden(code) ? "permission_error" : "insufficient_quota";
      case 429 -> "rate_limit_error";
      default -> status >= 500 ? "server_error" : "invalid_request_error";
    };
  }

  /** A 403 of its own, and not a low balance that is called so. */
  private static boolean isForbidden(String code) {
    return code.equals(ErrorCode.MODEL_NOT_ALLOWED.wire())
        || code.equals(ErrorCode.ADDRESS_NOT_ALLOWED.wire())
        || code.equals(ErrorCode.CALLBACK_REFUSED.wire());
  }

  /** The first language that the caller names is the one it likes best, in all clients we know. */
  private static boolean prefersChinese(String acceptLanguage) {
    return acceptLanguage.strip().toLowerCase(Locale.ROOT).startsWith("zh");
  }

  /** The words of the ground floor in the one catalogue. */
  private static Optional<ErrorCode> codeOf(String code) {
    return switch (code) {
      case "malformed_request", "malformed_path" -> Optional.of(ErrorCode.MALFORMED_REQUEST);
      case "callback_refused" -> Optional.of(ErrorCode.CALLBACK_REFUSED);
      case "not_found" -> Optional.of(ErrorCode.ROUTE_NOT_FOUND);
      case "method_not_allowed" -> Optional.of(ErrorCode.METHOD_NOT_ALLOWED);
      case "request_timeout" -> Optional.of(ErrorCode.REQUEST_TIMEOUT);
      case "body_too_large" -> Optional.of(ErrorCode.BODY_TOO_LARGE);
      case "uri_too_long" -> Optional.of(ErrorCode.URI_TOO_LONG);
      case "headers_too_large" -> Optional.of(ErrorCode.HEADERS_TOO_LARGE);
      case "internal_error" -> Optional.of(ErrorCode.INTERNAL);
      case "not_implemented" -> Optional.of(ErrorCode.NOT_IMPLEMENTED);
      case "server_busy" -> Optional.of(ErrorCode.OVERLOADED);
      case "http_version_not_supported" -> Optional.of(ErrorCode.HTTP_VERSION_NOT_SUPPORTED);
      default -> Optional.empty();
    };
  }
}
