/**
 * F5's archives: gzip'd tars of a unit's files, made by `tmsh save sys ucs` (https://my.f5.com/manage/s/article/K4423)
 * and `qkview` (https://my.f5.com/manage/s/article/K1858).
 */
const ARCHIVE = /\.(?:ucs|qkview)$/i;

/** Whether a file is an archive, by its name. */
export function isArchive(path: string): boolean {
  return ARCHIVE.test(path);
}

/** A name without an archive's ending: `lb1` of `lb1.ucs`. */
export function withoutArchiveEnding(name: string): string {
  return name.replace(ARCHIVE, '');
}

/** The archive that a path leads into, as in `lb1.ucs/config/bigip.conf`. */
export function archiveOf(path: string): string | undefined {
  const parts = path.split('/');
  const index = parts.slice(0, -1).findIndex(isArchive);
  return index < 0 ? undefined : parts.slice(0, index + 1).join('/');
}
