package dev.reelay.media;

import dev.reelay.media.BoxReader.Box;
import dev.reelay.media.BoxReader.Boxes;
import dev.reelay.media.ProbeResult.Playable;
import dev.reelay.media.ProbeResult.Unplayable;
import dev.reelay.media.ProbeResult.Unreadable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether a file is a complete MP4 or QuickTime video, and reads its facts. A relay calls a
 * task succeeded only when this says so. It reads the index, not the pictures: it does not prove
 * that every picture decodes, but an error page, a half-fetched file, a sound file and an index
 * that points past the end are all found. Made for hostile input: memory and reads are bounded, and
 * nothing is thrown.
 */
public final class Mp4Probe {
  private static final int TRACKS_MAX = 64;

  private Mp4Probe() {}

  /** Probes a file on disk. */
  public static ProbeResult probe(Path file) {
    try (var channel = Files.newByteChannel(file)) {
      return probe(channel);
    } catch (IOException e) {
      return new Unreadable(e);
    }
  }

  /** Probes whatever the channel reads, from its beginning; the channel stays open. */
  public static ProbeResult probe(SeekableByteChannel channel) {
    try {
      return probe(new BoxReader(channel));
    } catch (IOException e) {
      return new Unreadable(e);
    }
  }

  private static ProbeResult probe(BoxReader reader) throws IOException {
    var top = reader.top();
    var moov = top.first("moov");
    if (!top.isWhole()) {
      return new Unplayable("the file is cut short");
    }
    if (moov.isEmpty()) {
      return new Unplayable("there is no index (moov)");
    }
    var tracks = tracks(reader, moov.get());
    var video = tracks.stream().filter(Track::isVideo).findFirst();
    if (video.isEmpty()) {
      return new Unplayable("there is no video track");
    }
    var audio = tracks.stream().anyMatch(Track::isAudio);
    return reader.find(moov.get(), "mvex").isPresent() && !hasSamples(reader, video.get())
        ? fragmented(reader, top, video.get(), audio)
        : indexed(reader, video.get(), audio);
  }

  private static List<Track> tracks(BoxReader reader, Box moov) throws IOException {
    var tracks = new ArrayList<Track>();
    for (var trak : reader.inside(moov).all("trak").stream().limit(TRACKS_MAX).toList()) {
      Track.read(reader, trak).ifPresent(tracks::add);
    }
    return tracks;
  }

  private static boolean hasSamples(BoxReader reader, Track video) throws IOException {
    return new SampleTable(reader, video.samples()).count() > 0;
  }

  private static ProbeResult indexed(BoxReader reader, Track video, boolean audio)
      throws IOException {
    var fault = new SampleTable(reader, video.samples()).fault();
    return fault.isPresent()
        ? new Unplayable(fault.get())
        : result(video, video.durationMillis(), audio);
  }

  private static ProbeResult fragmented(BoxReader reader, Boxes top, Track video, boolean audio)
      throws IOException {
    var ticks = new Fragments(reader, top, video.id()).ticks();
    return result(video, video.millisOf(ticks), audio);
  }

  private static ProbeResult result(Track video, long durationMillis, boolean audio) {
    if (!VideoFacts.isSide(video.width()) || !VideoFacts.isSide(video.height())) {
      return new Unplayable("the pictures have no usable size");
    }
    if (!VideoFacts.isDuration(durationMillis)) {
      return new Unplayable("the video has no usable length");
    }
    return new Playable(new VideoFacts(video.width(), video.height(), durationMillis, audio));
  }
}
