// Connection → a program of the learner's machine with this terminal. Arguments go as a list: no shell reads them.

import { spawn } from 'node:child_process';
import { WorklabError } from '../core/errors';
import type { Connection } from '../kit';
import { type Environment, openTunnel } from './tunnel';

/** Runs the program until it ends; its exit code is ours. A tunnel is open before it starts, and closed when it has ended. */
export async function connect(connection: Connection, forTunnel: Environment = {}): Promise<number> {
  const close = connection.tunnel && (await openTunnel(connection.tunnel, forTunnel));
  try {
    return await run(connection);
  } finally {
    close?.();
  }
}

const run = ({ program, args, env = {} }: Connection): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', shell: false, env: { ...process.env, ...env } });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (cause) => reject(notStarted(program, cause)));
  });

/** A program that is not there, or may not be run. */
const notStarted = (program: string, cause: Error): WorklabError =>
  new WorklabError('usage/invalid', {
    what: `${program} could not be started: ${cause.message}`,
    fix: `install ${program} and make sure that it is on the PATH`,
    cause,
  });

/** The command as a person would type it in a POSIX shell. */
export const shellWords = ({ program, args }: Pick<Connection, 'program' | 'args'>): string =>
  [program, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
