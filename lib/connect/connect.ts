// Connection → a program of the learner's machine with this terminal. Arguments go as a list: no shell reads them.

import { spawn } from 'node:child_process';
import { WorklabError } from '../core/errors';
import type { Connection } from '../kit';

/** Runs the program until it ends; its exit code is ours. */
export const connect = ({ program, args }: Connection): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', shell: false });
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', (cause) =>
      reject(
        new WorklabError('usage/invalid', {
          what: `${program} could not be started: ${cause.message}`,
          fix: `install ${program} and make sure that it is on the PATH`,
          cause,
        }),
      ),
    );
  });

/** The command as a person would type it in a POSIX shell. */
export const shellWords = ({ program, args }: Connection): string =>
  [program, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
