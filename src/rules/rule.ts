import type { PlatformId } from '../model/platform-id.ts';
import type { Severity } from './finding.ts';
import type { Ask, CheckPlan } from './plan.ts';

/**
 * A rule as its YAML file states it. Every text in `message`, `fix` and `related` may hold CEL
 * between `{{` and `}}`. All expressions are type-checked when the rule is loaded.
 */
export interface Rule {
  /** `topic/what-is-wrong`; the file stands at `rules/topic/what-is-wrong.yaml`. */
  readonly id: string;
  /** What is wrong, in a few words without a full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** In `halint:recommended`; false: only in `halint:all`. */
  readonly recommended: boolean;
  /** One paragraph: what happens, when, and why nobody notices before. */
  readonly why: string;
  /** Commands a platform; `default` serves the platforms without their own. */
  readonly fix: Readonly<Record<string, string>>;
  /** Vendor pages and RFCs. */
  readonly sources: readonly string[];
  /** Address of the rule's page; the build gives the built-in rules theirs. Absent: the first source. */
  readonly docs?: string;
  /** Numbers a project may set, with the rule's own values: `options.seconds`. */
  readonly options?: Readonly<Record<string, number | string | boolean>>;
  readonly checks: readonly Check[];
  readonly examples: readonly Example[];
}

/** A rule that can run: `loadRule` makes it so, and the build does for the built-in ones. */
export interface ReadyRule extends Rule {
  /** Its checks, in their order. */
  readonly plans: () => readonly CheckPlan<Ask>[];
}

/** One way in which the rule is broken. */
export interface Check {
  /** The entity it looks at, by its name in the vocabulary: `pool`, `member`, `group`. It is a variable of that name. */
  readonly for: string;
  /** Restricts the check to these platforms. */
  readonly platforms?: readonly PlatformId[];
  /** Values computed in order, for the expressions after them. */
  readonly let?: Readonly<Record<string, string>>;
  /** CEL, bool: the check applies. All must hold. */
  readonly given: readonly string[];
  /** CEL, list: one finding for each of its elements, which is the variable `each`. */
  readonly each?: string;
  /** Where this way of breaking the rule weighs more or less than the rule itself. */
  readonly severity?: Severity;
  /** CEL, bool: what must hold. False is a finding; unknown is silence. */
  readonly require: string;
  /** CEL path to the entity or the fact to point at; default: the entity itself. */
  readonly at?: string;
  readonly message: string;
  /** Instead of the rule's own. */
  readonly fix?: Readonly<Record<string, string>>;
  readonly related?: readonly RelatedText[];
  /** By platform, where the fix is sure and local: what any expert would change without knowing more. Of several the first that is sure. */
  readonly suggest?: Readonly<Record<string, SuggestionText | readonly SuggestionText[]>>;
}

/** Another place to show: once, or for each element of a CEL list, which is the variable `other`. */
export interface RelatedText {
  readonly each?: string;
  /** CEL, bool: show it. */
  readonly given?: string;
  readonly at: string;
  readonly message: string;
}

/** A change that puts a finding right: all of its edits, or none where one of them is not sure. */
export interface SuggestionText {
  /** CEL, bool: it is sure. */
  readonly given?: string;
  /** What it does, in a few words. */
  readonly title: string;
  readonly edits: readonly EditText[];
}

/**
 * One edit: exactly one of `replace` to `inside`, a CEL path to what the config says. Once, or for each element
 * of a CEL list, which is the variable `other`.
 */
export interface EditText {
  readonly each?: string;
  /** CEL, bool: make it. */
  readonly given?: string;
  /** Writes `text` instead of these words. */
  readonly replace?: string;
  /** Takes these words out, and their line where nothing else is left on it. */
  readonly delete?: string;
  /** Writes `text` behind these words, after a blank. */
  readonly append?: string;
  /** Puts lines before this one, as far in as it stands. */
  readonly before?: string;
  /** Puts lines after the last one of this, as far in as its first. */
  readonly after?: string;
  /** Puts lines at the end of this block, as far in as what stands in it. */
  readonly inside?: string;
  /** With `replace` and `delete`: only these words, which must be there once; of many (`each`), those that have them. */
  readonly find?: string;
  /** Words that say otherwise: no change where the lines of the place hold one of them. */
  readonly unless?: readonly string[];
  readonly text?: string;
}

/** Two small networks of configs: one that breaks the rule and one that keeps it. File name to content. */
export interface Example {
  readonly platform: PlatformId;
  readonly bad: Readonly<Record<string, string>>;
  readonly good: Readonly<Record<string, string>>;
  /** Where the findings on `bad` must stand: `file:line`. */
  readonly at: readonly string[];
}
