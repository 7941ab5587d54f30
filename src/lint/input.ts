import type { Wiring } from '../network/network.ts';
import type { Platform } from '../platforms/platform.ts';
import type { DeviceOverrides } from '../project/hosts.ts';

/** A file's path and content. */
export interface InputText {
  readonly path: string;
  readonly text: string;
  /** The user named it, so that it is worth a word when no platform knows it. */
  readonly named?: boolean;
  /** Of its content, where a memory is used. */
  readonly hash?: string;
}

/** What halint does with texts, in this order. */
export type Stage = 'reading configs' | 'joining devices' | 'simulating faults' | 'checking rules';

export interface AnalyseOptions {
  readonly platforms: readonly Platform[];
  readonly devices?: DeviceOverrides;
  /** Wiring from elsewhere than the texts: the project file. */
  readonly wirings?: readonly Wiring[];
  /** Name for a host whose files stand at the top: the working directory's. */
  readonly top?: string;
  /** Told as the work goes on: what is done now, and how many of how many files or networks are behind. */
  readonly onStage?: (stage: Stage, done: number, all: number) => void;
  /** A path as the globs of `devices` see it: relative to the project file's folder. */
  readonly projectPath?: (path: string) => string;
  /** Texts in the folder of a path that are not linted, but tell whether the folder is one host's and so may name it. */
  readonly beside?: (path: string) => Iterable<InputText>;
  /** Characters of configs that are kept as devices, or worked on, at a time; findings are the same for any number. */
  readonly atATime?: number;
}

/** A character takes about 70 bytes as part of a device. */
export const AT_A_TIME = 2_000_000;
