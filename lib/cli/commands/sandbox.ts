// worklab sandbox start|stop|status|reset|env: the emulator on this laptop.

import { WorklabError } from '../../core/errors';
import { environmentExports, resetSandbox, type Shell, sandboxStatus, stopSandbox } from '../../sandbox/sandbox';
import type { Context } from '../context';
import { parsePort } from '../options';
import { columns, duration } from '../print';
import { ensureSandbox, markGone } from '../target';

const SHELLS: readonly string[] = ['sh', 'powershell', 'cmd'];

export async function sandboxStart(context: Context, { port }: { readonly port?: string }): Promise<number> {
  await ensureSandbox(context, port === undefined ? undefined : parsePort(port));
  return sandboxShow(context);
}

export async function sandboxShow(context: Context): Promise<number> {
  const status = await sandboxStatus(context.home);
  context.result(status, () => {
    if (!status.running) return 'The sandbox is not running: npx worklab sandbox start\n';
    const { endpoint, version, pid, since } = status;
    const age = since === null ? '' : ` for ${duration(Date.now() - Date.parse(since))}`;
    return columns([[`running${age}`, String(endpoint), `moto ${version}`, `process ${pid}`]]);
  });
  return 0;
}

export async function sandboxStop(context: Context): Promise<number> {
  const { running } = await sandboxStatus(context.home);
  await stopSandbox(context.home);
  const runs = markGone(context, 'the sandbox was stopped');
  context.result({ running: false, stopped: running, gone: runs }, () =>
    running ? 'The sandbox is stopped.\n' : 'It was not running.\n',
  );
  return 0;
}

export async function sandboxReset(context: Context): Promise<number> {
  await resetSandbox(context.home);
  const runs = markGone(context, 'the sandbox was reset');
  context.result({ reset: true, gone: runs }, () => 'The sandbox has forgotten everything.\n');
  return 0;
}

export async function sandboxEnvironment(context: Context, { shell }: { readonly shell?: string }): Promise<number> {
  const wanted = shell ?? (process.platform === 'win32' ? 'powershell' : 'sh');
  if (!SHELLS.includes(wanted)) {
    throw new WorklabError('usage/invalid', {
      what: `--shell "${wanted}" is not known`,
      fix: `one of ${SHELLS.join(', ')}`,
    });
  }
  const status = await sandboxStatus(context.home);
  if (!status.running || status.endpoint === null) {
    throw new WorklabError('sandbox/not-running', { what: 'the sandbox is not running', fix: 'worklab sandbox start' });
  }
  const text = environmentExports(status.endpoint, wanted as Shell, context.io.environment);
  context.result({ shell: wanted, exports: text.trimEnd().split('\n') }, () => text);
  return 0;
}
