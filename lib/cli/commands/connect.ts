// worklab connect [RUN] LAB: a way in, through a program of the learner's own machine and without a shell.

import { openForReading } from '../../aws/door';
import type { Session } from '../../aws/session';
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
  const tunnel = connection.tunnel && shellWords(connection.tunnel);
  if (target === 'local') {
    const why = 'what is emulated has no inside: on AWS this command would be run';
    const commands = [...(tunnel === undefined ? [] : [`${tunnel} &`]), command];
    const answer = {
      run,
      lab: place,
      command,
      ...(tunnel === undefined ? {} : { tunnel }),
      connected: false,
      reason: why,
    };
    context.result(answer, () => `${why}\n${commands.map((line) => `  ${line}\n`).join('')}`);
    return 0;
  }
  context.remark(connection.note ?? command);
  return connect(connection, connection.tunnel && (await environmentOf(session)));
}

/** The run's credentials, as the AWS CLI reads them: a tunnel goes to the run's account, whatever the learner's profile is. */
async function environmentOf({ region, credentials }: Session): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  return {
    AWS_REGION: region,
    AWS_PROFILE: '',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken ?? '',
  };
}
