package dev.reelay.asset;

import java.util.List;

/**
 * Where the bytes of pictures are kept that callers gave. They are written before their rows, so a
 * crash in between leaves a file that no row knows; they lie apart from results, so that whoever
 * looks for such files never meets a result.
 */
public interface InputFiles extends AssetFiles {
  /** The files are spread over so many shelves, by the last ten bits of their ids. */
  int SHELVES = 1 << 10;

  /**
   * What lies on one shelf.
   *
   * @param shelf from 0, below {@link #SHELVES}
   */
  List<AssetId> onShelf(int shelf);
}
