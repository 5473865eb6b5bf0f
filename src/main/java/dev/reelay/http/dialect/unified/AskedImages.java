package dev.reelay.http.dialect.unified;

import dev.reelay.http.ApiError;
import dev.reelay.http.dialect.Fields;
import dev.reelay.http.dialect.Fields.Sent;
import dev.reelay.http.dialect.WebAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the pictures of a create. Clients send the same one under every name they know, so they are
 * gathered in order and each counts once.
 */
final class AskedImages {
  static final int IMAGES_MAX = 16;
  private static final int DATA_URL_CHARS = 5;

  private final Set<String> urls = new LinkedHashSet<>();

  private AskedImages() {}

  static List<String> read(Fields fields, Map<String, String> sentAs) {
    var images = new AskedImages();
    var sent =
        fields.all(
            "images",
            "input_reference",
            "input_references",
            "reference_images",
            "image",
            "first_frame_image");
    for (var field : sent) {
      images.add(field);
    }
    sent.stream()
        .findFirst()
        .filter(field -> !field.name().equals("images"))
        .ifPresent(field -> sentAs.put("images", field.name()));
    return List.copyOf(images.urls);
  }

  private void add(Sent field) {
    if (field.node().isArray()) {
      for (var item : field.node()) {
        addOne(field.name(), item);
      }
    } else {
      addOne(field.name(), field.node());
    }
  }

  /** A text, or an object that has it as {@code url}. */
  private void addOne(String name, JsonNode node) {
    var picture = node.isObject() ? node.path("url") : node;
    if (picture.isNull() || (picture.isString() && picture.asString().isBlank())) {
      return;
    }
    if (!picture.isString()) {
      throw noAddress(name).refusal();
    }
    var url = picture.asString().strip();
    if (url.regionMatches(true, 0, "data:", 0, DATA_URL_CHARS)) {
      throw ApiError.field(
              name,
              "`" + name + "`: pictures as data URLs are not taken yet; send an http(s) URL.",
              "`" + name + "`：暂不支持 data URL 图片，请提供 http(s) 图片地址。")
          .refusal();
    }
    if (!WebAddress.is(url)) {
      throw noAddress(name).refusal();
    }
    urls.add(url);
    if (urls.size() > IMAGES_MAX) {
      throw ApiError.field(
              name,
              "`" + name + "`: at most " + IMAGES_MAX + " pictures.",
              "`" + name + "`：最多 " + IMAGES_MAX + " 张图片。")
          .refusal();
    }
  }

  private static ApiError noAddress(String name) {
    return ApiError.field(
        name,
        "`"
            + name
            + "` must hold http or https URLs of at most "
            + WebAddress.CHARS_MAX
            + " bytes.",
        "`" + name + "` 必须是 http 或 https 图片地址。");
  }
}
