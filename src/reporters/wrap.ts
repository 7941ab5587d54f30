/** Breaks a text into lines of at most `columns`, each indented; longer words and the text's own lines stay whole. */
export function wrap(text: string, columns: number, indent: number): string {
  const width = Math.max(20, columns - indent);
  return text
    .split('\n')
    .flatMap((paragraph) => wrapLine(paragraph, width))
    .map((line) => (line.trim() === '' ? '' : ' '.repeat(indent) + line))
    .join('\n');
}

function wrapLine(text: string, width: number): string[] {
  const lead = text.slice(0, text.length - text.trimStart().length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(/ +/)) {
    if (line !== '' && lead.length + line.length + 1 + word.length > width) {
      lines.push(lead + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, lead + line];
}
