// Any text → text that is safe to carry: one Unicode form, no control characters, bounded length.

/** Control characters, invisible and direction-changing marks, private-use characters (one of them is ours). Tabs and line ends stay. */
const UNWANTED = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}]/gu;

/** Stands for the end of a physical line inside a table row that was broken over several lines. */
export const LINE_END = '\ue000';

/** The physical lines of a text, cleaned. Windows, old Mac and Unicode line ends all count as one. */
export function linesOf(text: string): string[] {
  const clean = text
    .normalize('NFC')
    .replace(UNWANTED, '')
    .replace(/\r\n?|\u2028|\u2029/g, '\n');
  return wellFormed(clean).split('\n');
}

/** Half a surrogate pair cannot be written as UTF-8; it becomes the replacement character. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

/** Every run of white space, non-breaking and em spaces included, as one blank. */
export const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * Limits in characters: of the texts that a manifest carries, of what is read of one line (nobody writes a step that
 * long), and of what is read of one cell.
 */
export const LIMITS = { line: 2000, exercise: 500, title: 200, day: 80, date: 80, url: 1000, cell: 50_000 } as const;

/** The text if it is short enough, else its beginning and an ellipsis. Never ends in half a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
