// worklab connect [RUN] LAB: a way in, through a program of the learner's own machine and without a shell.

import { openForReading } from '../../aws/door';
import { connect, shellWords } from '../../connect/connect';
import { WorklabError } from '../../core/errors';
import { scopeOf } from '../../core/run';
import { privateKeyFile } from '../../store/ssh-key';
import type { Context } from '../context';
import { unknownLab } from '../options';
import { resolveRun, splitWords } from '../runs';
import { sessionOf } from '../target';

export async function connectCommand(context: Context, words: readonly string[]): Promise<number> {
  const { run: id, places } = splitWords(words, context);
  const [place = 'a lab'] = places;
  const lab = context.labs.get(place);
  if (lab === undefined) throw unknownLab(place, context.labs);
  const state = resolveRun(context, id);
  const { run, target } = state.begun;
  if (lab.connect === undefined) {
    const others = [...context.labs].filter(([, other]) => other.connect !== undefined).map(([name]) => name);
    throw new WorklabError('usage/invalid', {
      what: `lab ${place} has no way in`,
      fix: `these have: ${others.join(', ')}`,
    });
  }
  const session = await sessionOf(context, state);
  const connection = await lab.connect(openForReading(session), scopeOf(run), privateKeyFile(context.home, run));
  const command = shellWords(connection);
  if (target === 'local') {
    const why = 'emulated instances have no operating system: on AWS this command would be run';
    context.result({ run, lab: place, command, connected: false, reason: why }, () => `${why}\n  ${command}\n`);
    return 0;
  }
  context.remark(connection.note ?? command);
  return connect(connection);
}
