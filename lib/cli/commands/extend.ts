// worklab extend [RUN] 2h: a later expiry, counted from now; on AWS the schedules are moved.

import { openJournal } from '../../store/journal';
import { exclusively } from '../../store/lock';
import type { Context } from '../context';
import { letExpire } from '../expiry';
import { parseDuration } from '../options';
import { duration } from '../print';
import { resolveRun, splitWords } from '../runs';
import { sessionToLook } from '../target';

export async function extendCommand(context: Context, words: readonly string[]): Promise<number> {
  const { run: id, places } = splitWords(words, context);
  const milliseconds = parseDuration(places[0] ?? '', 'extend');
  const { begun, stacks } = resolveRun(context, id);
  const { run } = begun;
  const expires = new Date(Date.now() + milliseconds).toISOString();
  await exclusively(context.home, run, async () => {
    openJournal(context.home, run).append({ event: 'extended', expires });
    if (begun.target === 'local') return;
    await letExpire(context, await sessionToLook(context, begun), begun, { stacks, expires });
  });
  context.result({ run, expires }, () => `Run ${run} expires in ${duration(milliseconds)}.\n`);
  return 0;
}
