/** What JSON may hold as it is, but a terminal or a CI service would obey where it stands in a log. */
const STEERING = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\ue002]|#(?=#(?:vso|teamcity)?\[)/g;

/** A value as JSON that every parser reads: without single surrogates, and with nothing that steers who prints it. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part), indent);
  return text.replace(STEERING, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
