// Labs and journals → the account's settings that a run changes, and the runs that change them beside it.

import type { RunState, Sought } from '../core/journal';
import type { Whereabouts } from '../core/run';
import type { AccountSetting } from '../kit';
import { knownRuns } from '../store/journal';
import type { SettingsOfRun } from '../teardown/world';
import type { Context } from './context';

/** The settings that these labs change, each once. */
export async function settingsOf({ labs }: Context, ids: readonly string[]): Promise<AccountSetting[]> {
  const all = (await Promise.all(ids.map(async (id) => (await labs.get(id)?.settings?.()) ?? []))).flat();
  return [...new Map(all.map((setting) => [setting.kind, setting])).values()];
}

/** Open runs in the same account, of the same emulator where it is one, other than this. */
export const runsBeside = ({ home }: Context, { run, account, target, endpoint }: Whereabouts): RunState[] =>
  knownRuns(home).filter(
    ({ begun, status }) =>
      status === 'open' &&
      begun.run !== run &&
      begun.account === account &&
      begun.target === target &&
      begun.endpoint === endpoint,
  );

/** What a teardown of this run has to put back. */
export async function settingsToRestore(context: Context, sought: Sought): Promise<SettingsOfRun> {
  const beside = runsBeside(context, sought.where);
  return {
    recorded: sought.settings,
    known: await settingsOf(context, [...context.labs.keys()]),
    sharedWith: ({ kind, region }) =>
      beside.find(({ settings }) => settings.some((one) => one.kind === kind && one.region === region))?.begun.run,
  };
}
