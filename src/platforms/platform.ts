import type { DeviceFacts } from '../model/device.ts';
import type { Fact } from '../model/fact.ts';
import type { PlatformId } from '../model/platform-id.ts';
import type { Source, SourceText } from '../syntax/source.ts';
import type { ParsedText } from '../syntax/statement.ts';

/** Why a file is taken for a platform's, and how surely. */
export interface Recognition {
  /** 0 to 1. 0.9 and more: nothing else writes this. Below 0.3 the file is not taken. */
  readonly score: number;
  /** For `--debug`: what was seen, as in "has `ltm pool … {`". */
  readonly why: string;
}

/** The sources of one host that one platform wrote, in the order in which the platform would read them. */
export interface HostSources {
  /** Name of the device, decided before its facts are read. */
  readonly device: string;
  readonly sources: readonly Source[];
}

/** All that halint knows of a vendor's config language. One folder under `src/platforms/` exports one of these. */
export interface Platform {
  readonly id: PlatformId;
  /** As the vendor writes it: `F5 BIG-IP`. */
  readonly title: string;
  /** What starts a comment that the platform keeps, for suppressions: `#`, `!`; empty where it keeps none. */
  readonly comment: string;
  /** The kind of host that several platforms describe together: daemons on one Linux, F5's languages for one unit. */
  readonly host?: 'daemons' | 'f5';
  /** Written as data (JSON, YAML): what a template leaves open in one value says nothing of what stands beside it. */
  readonly data?: true;
  /** One file may hold what several platforms that say so write for one host (DO and AS3): they parse alike, and each reads its own. */
  readonly sharesFiles?: true;
  /** Judges by content first, by name second; sees at most the first 64 KiB. */
  readonly recognise: (source: SourceText) => Recognition | undefined;
  readonly parse: (source: SourceText) => ParsedText;
  /** A file that describes several hosts, cut into one source a host; a file of one host as it is. */
  readonly split?: (source: Source) => readonly Source[];
  /** The host name that the config states, if it states one. */
  readonly hostname: (source: Source) => Fact<string> | undefined;
  /**
   * `main`: a host has one such file at the most for this platform (`keepalived.conf`, a running-config).
   * `part`: belongs to a main file or to other parts beside it (`bigip_base.conf`, `conf.d/*.cfg`).
   */
  readonly extent: (source: Source) => 'main' | 'part';
  /** Statements to facts. Pure; marks statements as read or ignored. Never throws on any input. */
  readonly read: (host: HostSources) => DeviceFacts;
}
