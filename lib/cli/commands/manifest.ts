// worklab manifest FILE|DIR...: what the parser read, with its diagnostics.

import { statSync } from 'node:fs';
import type { Diagnostic, Manifest } from '../../core/manifest';
import { servicesOf } from '../../registry/discover';
import { readWorklog, worklogFilesIn } from '../../store/read-worklog';
import { parseWorklog } from '../../worklog/parse';
import type { Context } from '../context';
import { columns, count } from '../print';

export async function manifestCommand(context: Context, paths: readonly string[]): Promise<number> {
  // Each manifest is kept as its text: two thousand of them as objects would take half a gigabyte.
  const texts: string[] = [];
  for (const file of paths.flatMap(filesAt)) {
    const manifest = await readManifest(context, file);
    texts.push(context.json ? JSON.stringify(manifest) : manifestText(manifest));
  }
  if (!context.json) context.io.out(texts.join('\n'));
  else printDocument(context, texts);
  return 0;
}

/** One document, piece by piece. Nothing is written before every file was read: an error is a document of its own. */
function printDocument({ io }: Context, manifests: readonly string[]): void {
  io.out('{"manifests":[');
  for (const [index, text] of manifests.entries()) io.out(index === 0 ? `\n${text}` : `,\n${text}`);
  io.out('\n]}\n');
}

/** One worklog, read and parsed. */
export async function readManifest({ labs }: Context, file: string): Promise<Manifest> {
  return parseWorklog(await readWorklog(file), { file, labs: servicesOf(labs) });
}

/** A directory stands for the worklogs in it; anything else is left to the reader, which says what is wrong with it. */
function filesAt(path: string): string[] {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isDirectory ? worklogFilesIn(path) : [path];
}

function manifestText({ file, title, week, language, days, diagnostics }: Manifest): string {
  const head = `${file}: ${title ?? 'no title'} (week ${week ?? '?'}, ${language ?? 'language unknown'})\n`;
  const rows = days.flatMap(({ day, start, end, sections }) =>
    sections.map(({ service, lab, exercises }) => [
      day ?? '-',
      start === end ? (start ?? '-') : `${start ?? '?'} to ${end ?? '?'}`,
      service ?? 'no service named',
      lab ?? 'no lab yet',
      count(exercises.length, 'exercise'),
    ]),
  );
  const body = rows.length === 0 ? 'Nothing was practised in this worklog, as far as it says.\n' : columns(rows);
  return head + body + diagnostics.map((diagnostic) => diagnosticText(file, diagnostic)).join('');
}

const diagnosticText = (file: string, { severity, code, line, column, message, fix }: Diagnostic): string =>
  `${file}:${line}:${column}: ${severity} ${code}: ${message}\n  fix: ${fix}\n`;
