/** How a file starts that stands for one in Git's large file storage (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** How OpenSSL's and ASCII-armored OpenPGP's encrypted files start. */
const ENCRYPTED = /^(?:Salted__|-----BEGIN PGP MESSAGE-----)/;

/**
 * First octets of OpenPGP messages encrypted for a passphrase or a key, in the old packet format and in the new one
 * (RFC 9580, sections 4.2, 5.1 and 5.3). `tmsh save sys ucs … passphrase` makes such files (https://my.f5.com/manage/s/article/K8465).
 */
const OPENPGP: ReadonlySet<number> = new Set([0x84, 0x85, 0x86, 0x8c, 0x8d, 0x8e, 0xc1, 0xc3]);

/** Why a file is not gzip'd (RFC 1952, section 2.3.1), told by its first bytes; undefined where it is. */
export function notGzip(start: Uint8Array): string | undefined {
  const [first, second] = start;
  if (first === 0x1f && second === 0x8b) return undefined;
  const text = Buffer.from(start.subarray(0, 64)).toString('latin1');
  if (text.startsWith(LFS_POINTER)) return "is Git LFS's pointer to an archive that was not fetched (git lfs pull)";
  if (ENCRYPTED.test(text) || OPENPGP.has(first ?? 0))
    return 'is encrypted with a passphrase: halint reads archives that are saved without one';
  return "is no gzip'd tar";
}
