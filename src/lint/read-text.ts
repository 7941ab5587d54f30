import picomatch from 'picomatch';
import type { PlatformId } from '../model/platform-id.ts';
import type { Wiring } from '../network/network.ts';
import type { Platform } from '../platforms/platform.ts';
import { foreignTitle } from '../project/foreign.ts';
import type { KnownFile } from '../project/hosts.ts';
import { recognise, sharersOf } from '../project/recognise.ts';
import { isBatfishName, readBatfish } from '../project/wiring/batfish.ts';
import { isContainerlabName, type ReadWiring, readContainerlab } from '../project/wiring/containerlab.ts';
import { isNeighbourName, readNeighbours } from '../project/wiring/neighbours.ts';
import type { Source, SourceText } from '../syntax/source.ts';
import type { Diagnostic } from '../syntax/statement.ts';
import { maskTemplate } from '../syntax/template.ts';
import type { AnalyseOptions, InputText } from './input.ts';

/** What a text turned out to be, and why. */
export type ReadText = Config | Topology | Other;

/** A platform's config. */
interface Config {
  readonly is: 'config';
  /** The platform that took it; others may read it, too. */
  readonly platform: PlatformId;
  readonly why: string;
  /** One for each host that the file describes, mostly one. */
  readonly pieces: readonly Piece[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a file says of one host. */
interface Piece {
  readonly file: KnownFile;
  readonly source: Source;
}

/** A file that tells the wiring. */
interface Topology {
  readonly is: 'topology';
  readonly why: string;
  readonly wiring?: Wiring;
  readonly diagnostics: readonly Diagnostic[];
}

/** A text that no platform takes. */
interface Other {
  readonly is: 'other';
  readonly why: string;
  /** Name of the system that it is a config of, if that is known. */
  readonly title?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text by what takes it: a source of wiring by its name, else the platform that it looks most like. */
export function readText(input: InputText, options: AnalyseOptions): ReadText {
  const wiring = readWiring(input);
  if (wiring) return { is: 'topology', why: 'a topology, by its name', ...wiring };
  const masked = maskTemplate(input.path, input.text);
  const title = foreignTitle(input.text);
  const named = platformNamed(input.path, options);
  const taken = named
    ? { platform: named, why: 'the project file says so' }
    : title === undefined
      ? recognise(masked, options.platforms)
      : undefined;
  if (!taken) return notTaken(input, title);
  const whole = parsed(masked, taken.platform);
  const platforms = named ? [named] : sharersOf(masked, taken.platform, options.platforms);
  const pieces = platforms.flatMap((platform) => piecesOf(whole, platform));
  return { is: 'config', platform: taken.platform.id, why: taken.why, pieces, diagnostics: whole.diagnostics };
}

function piecesOf(whole: Source, platform: Platform): Piece[] {
  const sources = split(whole, platform);
  return sources.map((source, piece) => ({ source, file: fileOf(source, platform, sources.length > 1 ? piece : undefined) }));
}

function fileOf(source: Source, platform: Platform, piece: number | undefined): KnownFile {
  const hostname = platform.hostname(source)?.value;
  return {
    path: source.path,
    platform: platform.id,
    extent: platform.extent(source),
    ...(platform.host ? { host: platform.host } : {}),
    ...(hostname === undefined ? {} : { hostname }),
    ...(piece === undefined ? {} : { piece }),
  };
}

function split(source: Source, platform: Platform): readonly Source[] {
  return platform.split?.(source) ?? [source];
}

/** What a text says of a host for which a platform took it before; `whole`: as it was parsed since. */
export function readAgain(input: InputText, { piece }: KnownFile, platform: Platform, whole = parseAgain(input, platform)): Source {
  return (piece === undefined ? undefined : split(whole, platform)[piece]) ?? whole;
}

/** A text as a platform parses it that took it before. */
export function parseAgain({ path, text }: InputText, platform: Platform): Source {
  return parsed(maskTemplate(path, text), platform);
}

function parsed(masked: SourceText, platform: Platform): Source {
  return { ...masked, ...platform.parse(masked) };
}

/** The wiring that a file tells, where its name says that it is a topology or neighbour output. */
function readWiring({ path, text }: InputText): ReadWiring | undefined {
  if (isContainerlabName(path)) return readContainerlab(path, text);
  if (isBatfishName(path)) return readBatfish(path, text);
  return isNeighbourName(path) ? readNeighbours(path, text) : undefined;
}

/** The platform that the project file names for a file. */
function platformNamed(path: string, { devices, projectPath, platforms }: AnalyseOptions): Platform | undefined {
  const seen = projectPath?.(path) ?? path;
  const named = Object.values(devices ?? {}).find((one) => one.platform !== undefined && picomatch([...one.files])(seen))?.platform;
  return platforms.find((one) => one.id === named);
}

/** Worth a diagnostic where the user named the file. */
function notTaken({ path, named }: InputText, title: string | undefined): Other {
  const say = (message: string): readonly Diagnostic[] => (named ? [{ kind: 'unsupported', file: path, line: 1, message }] : []);
  if (title === undefined)
    return { is: 'other', why: 'no platform recognises its content', diagnostics: say('is not recognised as a config of any platform') };
  const what = `is a config of ${title}, which halint does not read`;
  return { is: 'other', why: `it ${what}`, title, diagnostics: say(what) };
}
