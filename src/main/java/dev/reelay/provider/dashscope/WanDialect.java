package dev.reelay.provider.dashscope;

import dev.reelay.provider.Context;
import java.util.Locale;

/** How a family of models wants to be asked. */
enum WanDialect {
  /** Up to Wan 2.6: a picture by name, a size in pixels where the picture does not give it. */
  LEGACY,

  /** Wan 2.7: a class and a ratio; always with sound. */
  WAN_2_7,

  /** Wan 3.0: one model for every mode, with a list of media. */
  WAN_3;

  /** By the channel's setting, else by the model's name; what nobody knows is taken for new. */
  static WanDialect of(Context context) {
    var set = context.settings().getOrDefault(DashScopeProvider.DIALECT, "auto");
    return switch (set) {
      case "legacy" -> LEGACY;
      case "wan2.7" -> WAN_2_7;
      case "wan3" -> WAN_3;
      default -> ofModel(context.upstreamModel().toLowerCase(Locale.ROOT));
    };
  }

  private static WanDialect ofModel(String model) {
    if (model.startsWith("wan2.7")) {
      return WAN_2_7;
    }
    return model.startsWith("wan2.") || model.startsWith("wanx") || model.startsWith("wan1")
        ? LEGACY
        : WAN_3;
  }

  /** What a model of the first two dialects makes videos from; its name ends with it. */
  enum Mode {
    T2V,
    I2V,
    R2V
  }

  /** Whether a name says its mode; one that does not gets the mode that a request needs. */
  static boolean namesMode(String model) {
    return model.matches(".*-(t2v|i2v|r2v|kf2v)(-.*)?");
  }
}
