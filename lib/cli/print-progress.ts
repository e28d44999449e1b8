// Progress events → lines on standard error: plain when piped; on a terminal the last line moves.

import type { Emit, Progress } from '../core/progress';
import type { Io } from './io';

const CLEAR = '\r\u001b[2K';
const SECOND = 1000;
const WAITING = ['-', '\\', '|', '/'];

/** A printer with a live last line where there is a terminal. `end` takes that line away. */
export function progressPrinter(io: Io): { readonly emit: Emit; readonly end: () => void } {
  let status = '';
  let turn = 0;
  let timer: NodeJS.Timeout | undefined;
  const draw = (): void => io.err(`${CLEAR}${io.colour.dim(`${WAITING[turn++ % WAITING.length]} ${status}`)}`);
  const end = (): void => {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    io.err(CLEAR);
  };
  return {
    end,
    emit: (progress) => {
      const line = lineOf(progress);
      if (line === undefined) return;
      if (!io.live) {
        if (progress.stage !== 'deploy' || isLasting(progress)) io.err(`${line}\n`);
        return;
      }
      if (isLasting(progress)) io.err(`${CLEAR}${paint(io, progress, line)}\n`);
      status = line;
      timer ??= setInterval(draw, SECOND / 8).unref();
      draw();
    },
  };
}

/** What stays on the terminal; the rest is only the moving line. */
function isLasting(progress: Progress): boolean {
  if (progress.stage === 'deploy') return /(?:COMPLETE|FAILED)$/.test(progress.status) && progress.type !== undefined;
  if (progress.stage === 'destroy')
    return progress.step !== 'looking' && progress.step !== 'removing' && progress.step !== 'proving';
  return progress.stage === 'solve' || progress.stage === 'sandbox';
}

const paint = ({ colour }: Io, progress: Progress, line: string): string =>
  /FAILED|failed|ROLLBACK/.test('status' in progress ? progress.status : 'step' in progress ? progress.step : '')
    ? colour.red(line)
    : line;

/** "verb  place  thing": two spaces between columns. */
function lineOf(progress: Progress): string | undefined {
  switch (progress.stage) {
    case 'sandbox':
      return `sandbox  ${progress.text}`;
    case 'synth':
      return progress.step === 'validating'
        ? "synth    checking the templates against CloudFormation's rules (once per template)"
        : `synth    ${progress.step === 'done' ? 'templates are ready' : 'making the templates'}`;
    case 'deploy':
      return deployLine(progress);
    case 'check':
    case 'solve':
      return `${progress.stage.padEnd(7)}  ${progress.lab}/${progress.exercise}  ${progress.status}`;
    case 'destroy':
      return destroyLine(progress);
  }
}

function deployLine(progress: Progress & { stage: 'deploy' }): string {
  const { stack, status, resource = '', type = '', reason, done, total } = progress;
  const count = done === undefined || total === undefined ? '' : `  ${done}/${total}`;
  return `deploy   ${stack}  ${resource} ${type}  ${status}${count}${reason === undefined ? '' : `  ${reason}`}`;
}

function destroyLine({ step, kind, id = '', reason }: Progress & { stage: 'destroy' }): string {
  const verb = step.replace('-', ' ');
  return `destroy  ${verb}  ${kind} ${id}${reason === undefined ? '' : `: ${reason}`}`.trimEnd();
}
