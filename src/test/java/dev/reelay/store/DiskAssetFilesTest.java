package dev.reelay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reelay.asset.AssetFiles.StorageFull;
import dev.reelay.asset.AssetId;
import dev.reelay.asset.InputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskAssetFilesTest {
  private static final AssetId ID = new AssetId("01k6x15vhrff09dkkqjrzwhm6z");

  @TempDir Path folder;

  @Test
  void a_kept_draft_is_found_under_its_id_for_the_owner_alone() throws IOException {
    var files = files(0);
    var draft = Files.writeString(files.draft(ID), "video");

    files.keep(ID, draft);

    var kept = files.open(ID).orElseThrow();
    assertThat(kept).hasContent("video").endsWithRaw(Path.of("z/6/" + ID));
    assertThat(Files.getPosixFilePermissions(kept))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("results")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(draft).doesNotExist();
  }

  @Test
  void every_file_lies_on_the_shelf_of_its_last_ten_bits() throws IOException {
    var files = files(0);
    files.keep(ID, Files.writeString(files.draft(ID), "picture"));
    int shelf = 6 * 32 + 31;

    assertThat(files.onShelf(shelf)).containsExactly(ID);
    for (int other = 0; other < InputFiles.SHELVES; other++) {
      assertThat(files.onShelf(other)).hasSize(other == shelf ? 1 : 0);
    }
  }

  @Test
  void what_is_not_kept_is_not_there() {
    var files = files(0);
    files.draft(ID);

    assertThat(files.open(ID)).isEmpty();
  }

  @Test
  void keeping_twice_is_harmless_and_a_second_download_replaces_the_first() throws IOException {
    var files = files(0);
    var draft = Files.writeString(files.draft(ID), "first");
    files.keep(ID, draft);
    files.keep(ID, draft);
    var second = Files.writeString(files.draft(ID), "second");

    files.keep(ID, second);

    assertThat(files.open(ID).orElseThrow()).hasContent("second");
  }

  @Test
  void drafts_left_by_a_crash_are_swept_and_kept_files_stay() throws IOException {
    var files = files(0);
    files.keep(ID, Files.writeString(files.draft(ID), "video"));
    var left = files.draft(ID);

    var swept = files(0).sweepDrafts();

    assertThat(swept).isEqualTo(1);
    assertThat(left).doesNotExist();
    assertThat(files.open(ID)).isPresent();
  }

  @Test
  void what_another_node_has_under_way_in_a_shared_folder_is_left_alone() throws IOException {
    var others = Files.writeString(files("other", 0).draft(ID), "video");

    var swept = files("one", 0).sweepDrafts();
    files("other", 0).keep(ID, others);

    assertThat(swept).isZero();
    assertThat(files("one", 0).open(ID).orElseThrow()).hasContent("video");
  }

  @Test
  void removing_is_harmless_when_the_file_is_gone() throws IOException {
    var files = files(0);
    files.keep(ID, Files.writeString(files.draft(ID), "video"));

    files.remove(ID);
    files.remove(ID);

    assertThat(files.open(ID)).isEmpty();
  }

  @Test
  void with_less_than_the_reserve_free_nothing_is_begun() {
    var files = files(Long.MAX_VALUE);

    assertThatThrownBy(files::requireSpace)
        .isInstanceOf(StorageFull.class)
        .hasMessageContaining("must stay free");
    assertThatThrownBy(() -> files.draft(ID)).isInstanceOf(StorageFull.class);
  }

  private DiskAssetFiles files(long minFreeBytes) {
    return files("one", minFreeBytes);
  }

  private DiskAssetFiles files(String node, long minFreeBytes) {
    return DiskAssetFiles.open(folder.resolve("results"), node, minFreeBytes);
  }
}
