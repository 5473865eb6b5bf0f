package dev.reelay.http.dialect;

import dev.reelay.http.ApiError;
import dev.reelay.task.PictureRole;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures that were found in one create, each once, with all that its names say of its role.
 *
 * <p>Clients mirror a picture into every field that they know. Whoever calls one both a frame and a
 * reference means neither, and then no name of that create says anything. A picture that is also
 * among those without a role is no reference, but a frame if it is called so.
 */
final class FoundPictures {
  private final Map<String, One> all = new LinkedHashMap<>();

  /** A picture and what it was called. */
  private static final class One {
    private final AskedPicture picture;
    private final Map<PictureRole, String> names = new EnumMap<>(PictureRole.class);
    private boolean isBare;

    One(AskedPicture picture) {
      this.picture = picture;
    }

    Set<PictureRole> roles() {
      var roles = EnumSet.noneOf(PictureRole.class);
      roles.addAll(names.keySet());
      if (isBare) {
        roles.remove(PictureRole.REFERENCE);
      }
      return roles;
    }

    boolean isMirrored() {
      return names.containsKey(PictureRole.REFERENCE) && names.size() > 1;
    }
  }

  /**
   * Adds a picture, or another name of it.
   *
   * @param key the same for the same picture
   * @param name the field that it came in
   */
  void add(String key, AskedPicture picture, String name, Optional<PictureRole> role) {
    var one = all.computeIfAbsent(key, _ -> new One(picture));
    role.ifPresentOrElse(r -> one.names.putIfAbsent(r, name), () -> one.isBare = true);
    if (all.size() > PictureReader.PICTURES_MAX) {
      throw ApiError.field(
              name,
              "`" + name + "`: at most " + PictureReader.PICTURES_MAX + " pictures.",
              "`" + name + "`：最多 " + PictureReader.PICTURES_MAX + " 张图片。")
          .refusal();
    }
  }

  /** Adds another name of a picture that is there already; whether it is. */
  boolean addAgain(String key, String name, Optional<PictureRole> role) {
    var known = all.get(key);
    if (known == null) {
      return false;
    }
    add(key, known.picture, name, role);
    return true;
  }

  /**
   * The pictures in the order in which they came, each with its role if it has one.
   *
   * @throws dev.reelay.http.ApiRefusal 400 if there are two first frames, or two last
   */
  List<AskedPicture> settled() {
    boolean isMirrored = all.values().stream().anyMatch(One::isMirrored);
    var settled = new ArrayList<AskedPicture>();
    var frames = EnumSet.noneOf(PictureRole.class);
    for (var one : all.values()) {
      var roles = isMirrored ? EnumSet.noneOf(PictureRole.class) : one.roles();
      if (roles.isEmpty()) {
        settled.add(one.picture);
      }
      for (var role : roles) {
        if (role != PictureRole.REFERENCE && !frames.add(role)) {
          throw twice(one.names.getOrDefault(role, PictureNames.of(role)), role).refusal();
        }
        settled.add(one.picture.as(Optional.of(role)));
      }
    }
    return List.copyOf(settled);
  }

  private static ApiError twice(String name, PictureRole role) {
    var chinese = role == PictureRole.FIRST_FRAME ? "首帧" : "尾帧";
    return ApiError.field(
        name,
        "`%s`: a video has one %s, and two were given; send others as `%s` or `%s`."
            .formatted(
                name,
                role.word().replace('_', ' '),
                PictureNames.of(PictureRole.REFERENCE),
                PictureNames.BARE),
        "`%s`：一个视频只能有一张%s图片，其余请放入 `%s` 或 `%s`。"
            .formatted(name, chinese, PictureNames.of(PictureRole.REFERENCE), PictureNames.BARE));
  }
}
