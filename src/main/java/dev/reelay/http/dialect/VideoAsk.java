package dev.reelay.http.dialect;

import dev.reelay.routing.Wish;
import dev.reelay.task.SubmitTask;
import dev.reelay.task.VideoRequest;
import java.util.List;
import java.util.Map;

/**
 * What a caller asks for, read from a client format and not yet fitted to a model.
 *
 * @param form its orientation is empty if none was asked for
 * @param options known options by their first name
 * @param sentAs what the caller called a field, by our name of it; only where the two differ
 */
public record VideoAsk(
    VideoRequest.Form form,
    String prompt,
    Wish wish,
    List<AskedPicture> images,
    List<AskedClip> clips,
    Map<String, String> options,
    VideoRequest.Extras extras,
    Map<String, String> sentAs) {
  public VideoAsk {
    images = List.copyOf(images);
    clips = List.copyOf(clips);
    options = Map.copyOf(options);
    sentAs = Map.copyOf(sentAs);
  }

  /** The caller's own word for a field of ours, for messages. */
  public String nameOf(String field) {
    return sentAs.getOrDefault(field, field);
  }

  /** What of its inputs decides whether a model takes them. */
  public SubmitTask.Given given() {
    return new SubmitTask.Given(
        images.stream().map(AskedPicture::role).toList(),
        clips.stream().map(AskedClip::asked).toList());
  }

  /** The same, asked for in another client format. */
  public VideoAsk in(String dialect) {
    var named = new VideoRequest.Form(dialect, form.requested(), form.size(), form.orientation());
    return new VideoAsk(named, prompt, wish, images, clips, options, extras, sentAs);
  }
}
