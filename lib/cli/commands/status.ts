// worklab status: the runs, what stands of them, what they have cost, when they expire. Reads journals, asks nobody.

import type { RunState } from '../../core/journal';
import { knownRuns } from '../../store/journal';
import type { Context } from '../context';
import { columns, count, dollars, duration } from '../print';
import { resolveRun } from '../runs';

const HOUR = 3_600_000;

export async function statusCommand(context: Context, id: string | undefined): Promise<number> {
  const states = id === undefined ? knownRuns(context.home) : [resolveRun(context, id)];
  const now = Date.now();
  const runs = states.map((state) => statusOf(state, now));
  context.result({ runs }, () => statusText(runs, now));
  return 0;
}

type Status = ReturnType<typeof statusOf>;

function statusOf({ begun, since, status, expires, stacks, lastEvent, expiry }: RunState, now: number) {
  const { run, file, target, account, region, form, plan } = begun;
  const hours = (now - Date.parse(since)) / HOUR;
  return {
    run,
    status,
    file,
    target,
    account,
    region,
    form,
    since,
    expires,
    expired: status === 'open' && Date.parse(expires) < now,
    lastEvent,
    ...(expiry === undefined ? {} : { expiry }),
    stacks: stacks.map(({ name, lab, region: where, status: state, resources }) => ({
      name,
      lab,
      region: where,
      status: state,
      resources,
    })),
    usdPerHour: target === 'aws' ? plan.cost.usdPerHour : 0,
    /** Of an open run only: what a closed one cost depends on when its stacks went. */
    usdSoFar: status === 'open' && target === 'aws' ? Number((hours * plan.cost.usdPerHour).toFixed(4)) : null,
  };
}

function statusText(runs: readonly Status[], now: number): string {
  if (runs.length === 0) return 'No runs yet: npx worklab deploy FILE begins one.\n';
  const rows = runs.map(({ run, status, target, form, file, since, stacks, expires, expired, usdSoFar }) => [
    run,
    status,
    target,
    form,
    count(stacks.length, 'stack'),
    `since ${duration(now - Date.parse(since))}`,
    status !== 'open' ? '' : expired ? 'EXPIRED' : `expires in ${duration(Date.parse(expires) - now)}`,
    usdSoFar === null ? '' : dollars(usdSoFar),
    file,
  ]);
  const expired = runs
    .filter((run) => run.expired)
    .map(
      ({ run, expiry }) =>
        `run ${run} has expired${expiry?.schedules ? ', and its account deletes its stacks; what else there is is not known' : ''}: npx worklab destroy ${run}\n`,
    );
  return columns(rows) + expired.join('');
}
