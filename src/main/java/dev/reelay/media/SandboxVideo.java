package dev.reelay.media;

import java.util.ArrayList;

/**
 * Renders the videos of the sandbox: moving pictures with the prompt and the label drawn on them.
 * The same spec gives the same bytes. A loop of {@link #LOOP_FRAMES} frames is encoded once and its
 * coded samples are repeated up to the asked length, because encoding every frame in pure Java
 * would take longer than the video lasts. Rendering is pure computing, a few seconds at most; how
 * many run at once is for the caller to bound. Instances have no state that changes and may be
 * shared.
 */
public final class SandboxVideo {
  static final int LOOP_FRAMES = 24;
  static final int FRAMES_PER_SECOND = 12;

  private final GlyphFont font;

  /** Reads the bundled font, a few tens of milliseconds; make one and keep it. */
  public SandboxVideo() {
    this.font = GlyphFont.bundled();
  }

  /** Draws, encodes and wraps the clip. */
  public RenderedClip render(ClipSpec spec) {
    var scene = new ClipScene(spec, font);
    var encoder = new LoopEncoder(spec.width(), spec.height(), LOOP_FRAMES);
    var canvas = new Canvas(spec.width(), spec.height());
    var samples = new ArrayList<byte[]>(LOOP_FRAMES);
    var poster = new byte[0];
    for (var frame = 0; frame < LOOP_FRAMES; frame++) {
      scene.draw(canvas, frame, LOOP_FRAMES);
      samples.add(encoder.encode(canvas));
      if (frame == 0) {
        poster = JpegPoster.of(canvas);
      }
    }
    var writer = new Mp4Writer(spec.width(), spec.height(), FRAMES_PER_SECOND, encoder.avcC());
    return new RenderedClip(writer.loop(samples, spec.seconds() * FRAMES_PER_SECOND), poster);
  }
}
