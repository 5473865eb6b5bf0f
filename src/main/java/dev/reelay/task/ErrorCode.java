package dev.reelay.task;

import java.util.Locale;

/**
 * The one catalogue of errors: HTTP status, whose fault, and whether the same call may be repeated
 * with no risk of paying twice. Cause and cure of each: docs/errors.md.
 */
public enum ErrorCode {
  MALFORMED_REQUEST(400, Fault.CALLER, false, "The request is malformed.", "请求格式有误。"),
  INVALID_JSON(400, Fault.CALLER, false, "The body is not valid JSON.", "请求体不是有效的 JSON。"),
  INVALID_FORM(400, Fault.CALLER, false, "The form is not valid.", "表单格式有误。"),
  INVALID_FIELD(400, Fault.CALLER, false, "A field has a wrong value.", "字段取值有误。"),
  MODEL_NOT_PRICED(400, Fault.CALLER, false, "The model has no price.", "该模型尚未定价。"),
  UNSUPPORTED_MEDIA(400, Fault.CALLER, false, "The file type is not taken.", "不支持该文件类型。"),
  OPERATION_NOT_SUPPORTED(400, Fault.CALLER, false, "No channel can do this.", "没有渠道支持此操作。"),
  MISSING_API_KEY(401, Fault.CALLER, false, "No API key was sent.", "未提供 API Key。"),
  MALFORMED_API_KEY(401, Fault.CALLER, false, "The API key is mistyped.", "API Key 格式有误。"),
  INVALID_API_KEY(401, Fault.CALLER, false, "The API key is unknown.", "无效的 API Key。"),
  EXPIRED_API_KEY(401, Fault.CALLER, false, "The API key has expired.", "API Key 已过期。"),
  REVOKED_API_KEY(401, Fault.CALLER, false, "The API key was revoked.", "API Key 已被吊销。"),
  INSUFFICIENT_BALANCE(402, Fault.CALLER, false, "The balance is too low.", "余额不足。"),
  KEY_SPEND_LIMIT(402, Fault.CALLER, false, "The key's limit is used up.", "该 Key 的额度已用完。"),
  MODEL_NOT_ALLOWED(403, Fault.CALLER, false, "The key may not use it.", "该 Key 无权使用此模型。"),
  ADDRESS_NOT_ALLOWED(403, Fault.CALLER, false, "Not from this address.", "该地址无权使用此 Key。"),
  CALLBACK_REFUSED(403, Fault.CALLER, false, "It is not signed as it must be.", "回调签名无效。"),
  TASK_NOT_FOUND(404, Fault.CALLER, false, "There is no such task.", "任务不存在。"),
  MODEL_NOT_FOUND(404, Fault.CALLER, false, "There is no such model.", "模型不存在。"),
  ROUTE_NOT_FOUND(404, Fault.CALLER, false, "There is no such address.", "接口地址不存在。"),
  FILE_NOT_FOUND(404, Fault.CALLER, false, "There is no such file.", "文件不存在。"),
  THUMBNAIL_UNAVAILABLE(404, Fault.CALLER, false, "There is no thumbnail.", "没有缩略图。"),
  SPRITESHEET_UNAVAILABLE(404, Fault.CALLER, false, "No spritesheet is made.", "不提供雪碧图。"),
  ENDPOINT_NOT_FOUND(404, Fault.CALLER, false, "There is no such endpoint.", "Webhook 端点不存在。"),
  DELIVERY_NOT_FOUND(404, Fault.CALLER, false, "There is no such delivery.", "投递记录不存在。"),
  EVENT_NOT_FOUND(404, Fault.CALLER, false, "There is no such event.", "事件不存在。"),
  METHOD_NOT_ALLOWED(405, Fault.CALLER, false, "The method is not allowed.", "不支持该请求方法。"),
  REQUEST_TIMEOUT(408, Fault.CALLER, true, "The request came too slowly.", "请求接收超时。"),
  CANCEL_NOT_SUPPORTED(409, Fault.CALLER, false, "It can no longer be canceled.", "该任务无法取消。"),
  TASK_FINAL(409, Fault.CALLER, false, "The task has already ended.", "任务已结束。"),
  VIDEO_NOT_READY(409, Fault.CALLER, true, "The video is not ready yet.", "视频尚未完成。"),
  VIDEO_FAILED(409, Fault.CALLER, false, "The task ended without a video.", "任务失败，没有视频。"),
  IDEMPOTENCY_IN_PROGRESS(409, Fault.CALLER, true, "The first call still runs.", "首个请求仍在处理。"),
  ENDPOINT_DISABLED(409, Fault.CALLER, false, "The endpoint is disabled.", "该端点已停用。"),
  ENDPOINT_LIMIT(409, Fault.CALLER, false, "There are too many endpoints.", "端点数量已达上限。"),
  CONFLICT(409, Fault.CALLER, true, "The task changed meanwhile.", "任务状态已变化。"),
  RESULT_EXPIRED(410, Fault.CALLER, false, "The result has expired.", "结果已过期。"),
  BODY_TOO_LARGE(413, Fault.CALLER, false, "The body is too large.", "请求体过大。"),
  URI_TOO_LONG(414, Fault.CALLER, false, "The address is too long.", "请求地址过长。"),
  IDEMPOTENCY_MISMATCH(422, Fault.CALLER, false, "The key was used otherwise.", "幂等键已用于其他请求。"),
  OPEN_TASK_LIMIT(429, Fault.CALLER, true, "Too many tasks are open.", "进行中的任务过多。"),
  BACKLOG_FULL(429, Fault.US, true, "Too many tasks wait already.", "排队任务过多。"),
  RATE_LIMITED(429, Fault.CALLER, true, "Too many calls in a minute.", "请求过于频繁。"),
  UPLOAD_LIMIT(429, Fault.CALLER, true, "Too many uploads are kept.", "保留的上传文件过多。"),
  STREAM_LIMIT(429, Fault.CALLER, true, "Too many streams are open.", "实时连接过多。"),
  HEADERS_TOO_LARGE(431, Fault.CALLER, false, "The headers are too large.", "请求头过大。"),
  INTERNAL(500, Fault.US, false, "Something broke on our side.", "服务器内部错误。"),
  NOT_IMPLEMENTED(501, Fault.CALLER, false, "This encoding is not read.", "不支持该传输编码。"),
  NO_CHANNEL(503, Fault.US, true, "No channel serves the model now.", "当前模型暂无可用渠道。"),
  DATABASE_UNAVAILABLE(503, Fault.US, true, "The database is away.", "数据库暂不可用。"),
  OVERLOADED(503, Fault.US, true, "Too much is under way.", "服务繁忙，请稍后再试。"),
  SHUTTING_DOWN(503, Fault.US, true, "The relay is shutting down.", "服务正在重启。"),
  HTTP_VERSION_NOT_SUPPORTED(505, Fault.CALLER, false, "Use HTTP/1.1.", "请使用 HTTP/1.1。"),
  STORAGE_FULL(507, Fault.US, true, "The storage is full.", "存储空间不足。"),

  // Why a task failed; the status is what the same fact would be as an answer.
  CONTENT_REFUSED(400, Fault.CALLER, false, "The content was refused.", "内容未通过审核。"),
  PICTURE_UNAVAILABLE(400, Fault.CALLER, false, "A picture was not fetched.", "图片无法获取。"),
  UPSTREAM_REJECTED(400, Fault.UPSTREAM, false, "The provider refused it.", "上游拒绝了该请求。"),
  UPSTREAM_ACCOUNT(502, Fault.US, true, "Our account was refused.", "上游账号不可用。"),
  UPSTREAM_MODEL_GONE(502, Fault.US, true, "The provider lacks the model.", "上游没有该模型。"),
  UPSTREAM_BUSY(503, Fault.UPSTREAM, true, "The provider is busy.", "上游繁忙。"),
  UPSTREAM_FAILED(502, Fault.UPSTREAM, true, "The generation failed.", "生成失败。"),
  UPSTREAM_EXPIRED(502, Fault.UPSTREAM, true, "The provider lost the job.", "上游任务已失效。"),
  RESULT_MISSING(502, Fault.UPSTREAM, true, "It ended without a video.", "上游未返回视频。"),
  RESULT_NOT_PLAYABLE(502, Fault.UPSTREAM, true, "The result is no video.", "结果无法播放。"),
  RESULT_UNREACHABLE(502, Fault.UPSTREAM, true, "The result was not fetched.", "结果无法获取。"),
  QUEUE_TIMEOUT(504, Fault.US, true, "No channel took it in time.", "排队超时。"),
  TASK_TIMEOUT(504, Fault.UPSTREAM, true, "It took too long.", "任务超时。"),
  IN_DOUBT_GIVEN_UP(504, Fault.UPSTREAM, true, "Its fate stayed unknown.", "任务结果未知，已退款。"),
  OPERATOR_REFUNDED(502, Fault.US, true, "The operator refunded it.", "已由管理员退款。"),
  CANCELED(409, Fault.CALLER, true, "The task was canceled.", "任务已取消。");

  private final int status;
  private final Fault fault;
  private final boolean retryable;
  private final String english;
  private final String chinese;

  ErrorCode(int status, Fault fault, boolean retryable, String english, String chinese) {
    this.status = status;
    this.fault = fault;
    this.retryable = retryable;
    this.english = english;
    this.chinese = chinese;
  }

  public int status() {
    return status;
  }

  public Fault fault() {
    return fault;
  }

  public boolean retryable() {
    return retryable;
  }

  /** One English sentence, for when there is nothing more exact to say. */
  public String english() {
    return english;
  }

  /** The same in Chinese. */
  public String chinese() {
    return chinese;
  }

  /** The word on the wire: {@code lower_snake}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
