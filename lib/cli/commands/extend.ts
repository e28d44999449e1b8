// worklab extend [RUN] 2h: a later expiry, counted from now.

import { openJournal } from '../../store/journal';
import type { Context } from '../context';
import { parseDuration } from '../options';
import { duration } from '../print';
import { resolveRun, splitWords } from '../runs';

export async function extendCommand(context: Context, words: readonly string[]): Promise<number> {
  const { run: id, places } = splitWords(words, context);
  const milliseconds = parseDuration(places[0] ?? '', 'extend');
  const { run } = resolveRun(context, id).begun;
  const expires = new Date(Date.now() + milliseconds).toISOString();
  openJournal(context.home, run).append({ event: 'extended', expires });
  context.result({ run, expires }, () => `Run ${run} expires in ${duration(milliseconds)}.\n`);
  return 0;
}
