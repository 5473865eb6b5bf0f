package dev.reelay.http;

import dev.reelay.asset.AssetFiles;
import dev.reelay.task.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Turns the exceptions that have a meaning for a caller into errors of the catalogue. Everything
 * else goes on to {@link Edge}, which logs it and answers 500 with the request id.
 */
public final class ErrorMapper {
  static final int STORE_RETRY_SECONDS = 2;
  static final int STORAGE_RETRY_SECONDS = 60;

  private final ApiErrorShape shape;
  private final Predicate<RuntimeException> isStoreAway;

  /**
   * Makes a mapper.
   *
   * @param isStoreAway tells whether an exception of the store means that the database cannot be
   *     reached now
   */
  public ErrorMapper(ApiErrorShape shape, Predicate<RuntimeException> isStoreAway) {
    this.shape = shape;
    this.isStoreAway = isStoreAway;
  }

  /** The same handler, whose refusals are answers. */
  public Handler around(Handler handler) {
    return request -> {
      try {
        return guarded(handler.handle(request));
      } catch (RuntimeException e) {
        return shape.shape(request.errorContext(), errorOf(e).orElseThrow(() -> e));
      }
    };
  }

  /** A stream has begun to answer; what it could be refused for can only end it. */
  private Reply guarded(Reply reply) {
    return switch (reply) {
      case Reply.Streaming(int status, var fields, Reply.Writer writer) ->
          new Reply.Streaming(status, fields, out -> write(writer, out));
      case Reply.Ready _, Reply.FilePart _ -> reply;
    };
  }

  private void write(Reply.Writer writer, OutputStream out) throws IOException {
    try {
      writer.writeTo(out);
    } catch (RuntimeException e) {
      var code = errorOf(e).orElseThrow(() -> e).code();
      throw new IOException("a stream ended: " + code.wire(), e);
    }
  }

  private Optional<ApiError> errorOf(RuntimeException e) {
    return switch (e) {
      case ApiRefusal refusal -> Optional.of(refusal.error());
      case AssetFiles.StorageFull _ ->
          Optional.of(ApiError.of(ErrorCode.STORAGE_FULL).retryAfter(STORAGE_RETRY_SECONDS));
      default ->
          isStoreAway.test(e)
              ? Optional.of(
                  ApiError.of(ErrorCode.DATABASE_UNAVAILABLE).retryAfter(STORE_RETRY_SECONDS))
              : Optional.empty();
    };
  }
}
