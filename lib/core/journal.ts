// What a run's journal holds, line by line, and the state that follows from it. Pure.

import type { DeployedStack } from './deployment';
import type { Finding } from './finding';
import type { Plan } from './plan';
import type { Proof, Residue } from './residue';
import type { Form, Whereabouts } from './run';

/** How a run was begun. Holds no secret. */
export interface RunBegun extends Whereabouts {
  readonly event: 'begun';
  readonly file: string;
  readonly form: Form;
  /** ISO 8601. */
  readonly expires: string;
  readonly plan: Plan;
  /** ARN of who began it: what CloudTrail calls the same is asked after at the end. */
  readonly caller?: string;
  /** Guarded exercises that were asked for by name. */
  readonly allowed: readonly string[];
}

/** JSON, as a lab read it (the kit's SettingValue). */
type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** A setting of the account as it was before the run. */
export interface RecordedSetting {
  readonly kind: string;
  readonly region: string;
  readonly was: Json;
}

export type JournalEvent =
  | RunBegun
  | { readonly event: 'deploying'; readonly stack: string; readonly lab: string; readonly region: string }
  | { readonly event: 'deployed'; readonly stack: DeployedStack; readonly region: string }
  | { readonly event: 'deploy-failed'; readonly reason: string }
  | { readonly event: 'acting'; readonly call: string; readonly lab: string; readonly exercise: string }
  | ({ readonly event: 'setting' } & RecordedSetting)
  | { readonly event: 'restoring' | 'restored'; readonly kind: string; readonly region: string }
  | { readonly event: 'checked'; readonly findings: readonly Finding[] }
  | { readonly event: 'destroying' }
  /** Shown as what may be the run's; may be named with --also. */
  | { readonly event: 'candidates'; readonly ids: readonly string[] }
  | { readonly event: 'owned'; readonly ids: readonly string[] }
  | { readonly event: 'removing'; readonly residue: Residue; readonly region: string }
  | { readonly event: 'removed'; readonly residue: Residue; readonly region: string }
  | { readonly event: 'proved'; readonly proofs: readonly Proof[]; readonly proven: boolean }
  | { readonly event: 'extended'; readonly expires: string }
  /** Whether the account itself deletes the run's stacks when its time is up: the number of schedules, or why it does not. */
  | { readonly event: 'expiry'; readonly schedules: number; readonly reason?: string }
  | { readonly event: 'interrupted'; readonly during: string }
  /** The emulator that held the run has forgotten everything. */
  | { readonly event: 'gone'; readonly because: string };

export type JournalLine = JournalEvent & { readonly at: string };

/** What has to be known of a run to look for anything of it. */
export interface Sought {
  readonly where: Whereabouts;
  readonly labs: readonly string[];
  /** Where its stacks were deployed, its own region included. */
  readonly regions: readonly string[];
  readonly owned: ReadonlySet<string>;
  /** The ids of what was removed, as far as a service confirmed it. */
  readonly removed: ReadonlySet<string>;
  /** ISO 8601. */
  readonly since: string;
  readonly settings: readonly RecordedSetting[];
}

/** What a journal knows of what to look for. */
export const soughtOf = ({ begun, stacks, owned, removed, since, settings }: RunState): Sought => ({
  where: begun,
  labs: [...new Set([...begun.plan.labs, ...stacks.map(({ lab }) => lab)])],
  regions: [...new Set([begun.region, ...stacks.map(({ region }) => region)])],
  owned,
  removed,
  since,
  settings,
});

/** open: may hold resources. proven: looked at and clean. gone: its emulator forgot it. */
export type RunStatus = 'open' | 'proven' | 'gone';

/** What a journal says of its run. */
export interface RunState {
  readonly begun: RunBegun;
  readonly since: string;
  readonly status: RunStatus;
  readonly expires: string;
  /** Stacks by name; the status is "begun" when the journal saw no end. */
  readonly stacks: readonly (DeployedStack & { readonly region: string })[];
  readonly owned: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
  /** What may be its own: a person says. */
  readonly candidates: ReadonlySet<string>;
  /** As they were before the run. */
  readonly settings: readonly RecordedSetting[];
  /** On AWS: how many schedules of the account's own end the run, and why there are none. */
  readonly expiry?: { readonly schedules: number; readonly reason?: string };
  readonly lastEvent: JournalEvent['event'];
}

/** The state of a run, or undefined where the journal does not tell of a beginning. */
export function stateOf(lines: readonly JournalLine[]): RunState | undefined {
  const first = lines.find((line) => line.event === 'begun');
  if (first?.event !== 'begun') return undefined;
  const all = <E extends JournalEvent['event']>(event: E): Extract<JournalLine, { event: E }>[] =>
    lines.filter((line): line is Extract<JournalLine, { event: E }> => line.event === event);
  const expiry = all('expiry').at(-1);
  return {
    begun: first,
    since: first.at,
    status: lines.map(statusAfter).findLast((status) => status !== undefined) ?? 'open',
    expires: all('extended').at(-1)?.expires ?? first.expires,
    stacks: stacksIn(lines),
    owned: new Set(all('owned').flatMap(({ ids }) => ids)),
    removed: new Set(all('removed').map(({ residue }) => residue.id)),
    candidates: new Set(all('candidates').flatMap(({ ids }) => ids)),
    settings: all('setting').map(({ kind, region, was }) => ({ kind, region, was })),
    ...(expiry === undefined
      ? {}
      : { expiry: { schedules: expiry.schedules, ...(expiry.reason === undefined ? {} : { reason: expiry.reason }) } }),
    lastEvent: lines.at(-1)?.event ?? 'begun',
  };
}

/** What a line makes of its run; most leave it as it is. */
function statusAfter(line: JournalLine): RunStatus | undefined {
  switch (line.event) {
    case 'begun':
    case 'deploying':
    case 'acting':
      return 'open';
    case 'proved':
      return line.proven ? 'proven' : 'open';
    case 'gone':
      return 'gone';
    default:
      return undefined;
  }
}

function stacksIn(lines: readonly JournalLine[]): RunState['stacks'] {
  const stacks = new Map<string, RunState['stacks'][number]>();
  for (const line of lines) {
    if (line.event === 'deployed') stacks.set(line.stack.name, { ...line.stack, region: line.region });
    if (line.event !== 'deploying') continue;
    const { stack: name, lab, region } = line;
    stacks.set(name, { name, lab, region, status: 'begun', resources: 0, notEmulated: [] });
  }
  return [...stacks.values()];
}
