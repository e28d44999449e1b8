// argv → exit code. Turns every error into one line, or one JSON document; a bug keeps its stack trace.

import { type Command, CommanderError } from 'commander';
import { WorklabError } from '../core/errors';
import { type Context, makeContext } from './context';
import type { Io } from './io';
import { makeProgram } from './program';

export interface Main {
  readonly argv: readonly string[];
  readonly io: Io;
  /** The directory of package.json. */
  readonly root: string;
  readonly version: string;
  readonly onInterrupt: Context['onInterrupt'];
}

/** Runs one command. Never throws. */
export async function main({ argv, io, root, version, onInterrupt }: Main): Promise<number> {
  const json = argv.includes('--json');
  let code = 0;
  const context = (): Context => makeContext({ root, io, json, onInterrupt });
  const program = makeProgram(context, version, (done) => {
    code = done;
  });
  quiet(program, io, json);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, { io, json, debug: argv.includes('--debug') });
  }
}

/** Commander throws rather than exits, and writes where it is told; with --json its complaint becomes a document. */
function quiet(command: Command, io: Io, json: boolean): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: io.out,
    writeErr: io.err,
    outputError: json ? () => {} : (text, write) => write(text),
  });
  for (const child of command.commands) quiet(child, io, json);
}

interface Reporting {
  readonly io: Io;
  readonly json: boolean;
  readonly debug: boolean;
}

function report(error: unknown, { io, json, debug }: Reporting): number {
  if (error instanceof CommanderError) return usage(error, io, json);
  if (error instanceof WorklabError) return explain(error, { io, json, debug });
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const fix = 'this is a bug in worklab: please report it with the text above';
  if (json) io.out(`${JSON.stringify({ error: { code: 'bug', what: stack, fix } }, null, 2)}\n`);
  else io.err(`bug: ${stack}\n  fix: ${fix}\n`);
  return 1;
}

function usage(error: CommanderError, io: Io, json: boolean): number {
  if (error.exitCode === 0 || error.code === 'commander.help') return error.exitCode === 0 ? 0 : 2;
  const what = error.message.replace(/^error: /, '');
  const fix = 'worklab --help lists the commands, worklab COMMAND --help its options';
  if (json) io.out(`${JSON.stringify({ error: { code: 'usage/invalid', what, fix } }, null, 2)}\n`);
  else io.err(`  fix: ${fix}\n`);
  return 2;
}

function explain(error: WorklabError, { io, json, debug }: Reporting): number {
  const { code, message: what, where, fix, exitCode, cause } = error;
  if (json) {
    io.out(`${JSON.stringify({ error: { code, what, ...(where === undefined ? {} : { where }), fix } }, null, 2)}\n`);
  } else {
    const head =
      exitCode === 130
        ? io.colour.yellow(what)
        : `${io.colour.red(`error ${code}`)}: ${where === undefined ? '' : `${where}: `}${what}`;
    io.err(`${head}\n  fix: ${fix}\n`);
  }
  if (debug && cause instanceof Error) io.err(`${cause.stack ?? cause.message}\n`);
  return exitCode;
}
