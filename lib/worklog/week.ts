// Front matter, path and headings → the number of the week.

import { wordsOf } from './phrases';

/** Where a week number was read, strongest first. */
interface WeekSources {
  readonly file: string;
  readonly frontMatter: number | null;
  readonly title: string | null;
  /** Headings of the body, in order. */
  readonly headings: () => readonly string[];
}

/** The week, and the title's own number where it disagrees. */
export interface Week {
  readonly week: number | null;
  readonly disagrees: number | null;
}

/**
 * The path names the week in nearly every report, while titles are copied from week to week; so the path decides,
 * then `week:`, the title, and the headings.
 */
export function weekOf({ file, frontMatter, title, headings }: WeekSources): Week {
  const inPath = weekInPath(file);
  const stated = frontMatter ?? (title === null ? null : weekIn(title));
  const inHeadings = (): number | null =>
    headings()
      .map(weekIn)
      .find((week) => week !== null) ?? null;
  const week = inPath ?? stated ?? inHeadings();
  return { week, disagrees: inPath !== null && stated !== null && stated !== inPath ? stated : null };
}

/** The nearest folder or file name that says "week 4". */
function weekInPath(file: string): number | null {
  const parts = file.split(/[\\/]/).reverse();
  return parts.map(weekIn).find((week) => week !== null) ?? null;
}

/** "Week 4", "week04", "Tuần 4", "tuan-4", "W4". Also "Worklog 5", which some titles say. */
function weekIn(text: string): number | null {
  const words = wordsOf(text.slice(0, 300)).map((word) => word.text);
  for (const [index, word] of words.entries()) {
    const glued = /^(?:week|tuần|tuan|wk|w)0*(\d{1,2})$/.exec(word)?.[1];
    if (glued !== undefined) return inRange(Number(glued));
    const next = words[index + 1] ?? '';
    if (['week', 'tuần', 'tuan', 'wk', 'worklog'].includes(word) && /^\d{1,2}$/.test(next))
      return inRange(Number(next));
  }
  return null;
}

const inRange = (week: number): number | null => (week >= 1 && week <= 60 ? week : null);
