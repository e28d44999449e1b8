// A run → nothing, and the proof of it: sweep what blocks, delete the stacks, sweep what they left, look again.

import { deletableNow } from '../core/deletion-order';
import { messageOf } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import type { ComparedSetting } from '../core/receipt';
import { isProven, type Proof, type Residue } from '../core/residue';
import type { SweepScope } from '../kit';
import { find } from './find';
import type { Left, Refusal } from './outcome';
import { prove } from './prove';
import { restoreSettings } from './settings';
import { deleteStack, removedSince, resourcesOf, type StandingStack, standingStacks } from './stacks';
import { sweep } from './sweep';
import type { World } from './world';

/** A blocked deletion is swept and tried again; a third refusal is for a person to read. */
const MOST_ROUNDS = 3;
const CALLS_AT_ONCE = 4;
/** Between rounds: EC2 and IAM answer of the past for some seconds after a deletion. */
const PAUSE = { local: 300, aws: 10_000 } as const;

export interface Destroyed {
  readonly removed: readonly Residue[];
  readonly proofs: readonly Proof[];
  readonly left: readonly Left[];
  readonly settings: readonly ComparedSetting[];
  readonly proven: boolean;
  /** What refused to go in the last round, and why. */
  readonly refused: readonly Refusal[];
}

export interface Destroying extends World {
  readonly regions: readonly string[];
  /** The ids of what an earlier destroy of the run removed. */
  readonly removed: ReadonlySet<string>;
  /** Lab → the labs it needs, directly or not: a stack goes before the stacks of what it needs. */
  readonly needs: (lab: string) => readonly string[];
}

/** Destroys and proves. Never throws for what AWS refuses: that is in `refused`, and in the proofs. */
export async function destroy(start: Destroying): Promise<Destroyed> {
  let world = start;
  const removed: Residue[] = [];
  let refused: readonly Refusal[] = [];
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const result = await destroyOnce(world);
    world = {
      ...world,
      scope: result.scope,
      removed: new Set([...world.removed, ...result.removed.map(({ id }) => id)]),
    };
    removed.push(...result.removed);
    refused = result.refused;
    if (refused.length === 0) break;
    if (round < MOST_ROUNDS) await world.sleep(PAUSE[world.aws.target]);
  }
  const unrestored = await restoreSettings(world);
  const { proofs, left, settings } = await prove(world);
  const proven = isProven(proofs);
  world.append({ event: 'proved', proofs, proven });
  return { removed: unique(removed), proofs, left, settings, proven, refused: [...refused, ...unrestored] };
}

/** A stack, and what it is told to let go: by name in its template. */
type Doomed = StandingStack & { readonly letGo: readonly string[] };

interface Round {
  readonly removed: readonly Residue[];
  readonly refused: readonly Refusal[];
  readonly scope: SweepScope;
}

/** What stands in no stack goes first, since it may block a stack; what the stacks left goes last. */
async function destroyOnce(world: Destroying): Promise<Round> {
  world.emit({ stage: 'destroy', step: 'looking', kind: `${world.posts.length} listings` });
  const held = await stacksAndTheirResources(world);
  if (held.reason !== undefined) {
    return { removed: [], refused: [{ id: 'the stacks of the run', reason: held.reason }], scope: world.scope };
  }
  const inStacks = new Set(held.ids);
  const before = await find({ ...world, scope: withOwned(world, held.ids) });
  const blocking = before.targets.filter(
    ({ residue, sweeper }) => !isStack(residue) && (sweeper.beforeStacks || !inStacks.has(residue.id)),
  );
  const first = await sweep(blocking, { ...world, scope: before.scope });
  const stacks = await deleteStacks(world, held.stacks);
  const after = await find({ ...world, scope: before.scope });
  const second = await sweep(
    after.targets.filter(({ residue }) => !isStack(residue)),
    { ...world, scope: after.scope },
  );
  const removed = [...first.removed, ...stacks.removed, ...second.removed];
  const gone = new Set(removed.map(({ id }) => id));
  const sweptNot = [...first.refused, ...second.refused].filter(({ residue }) => !gone.has(residue.id));
  return {
    removed,
    refused: [...stacks.refused, ...sweptNot.map(({ residue, reason }) => ({ id: residue.id, reason }))],
    scope: after.scope,
  };
}

const isStack = ({ kind }: Residue): boolean => kind === 'cloudformation:stack';

/** Everything that the stacks hold is the run's: written down before the stacks can be gone. */
async function stacksAndTheirResources({ aws, scope, regions, removed, append }: Destroying): Promise<{
  readonly stacks: readonly Doomed[];
  readonly ids: readonly string[];
  readonly reason?: string;
}> {
  try {
    const stacks = (await mapAtMost(CALLS_AT_ONCE, regions, (region) => standingStacks(aws, scope, region))).flat();
    const held = await mapAtMost(CALLS_AT_ONCE, stacks, (stack) => resourcesOf(aws, stack));
    const ids = held.flat().map(({ id }) => id);
    if (ids.some((id) => !scope.owned.has(id))) append({ event: 'owned', ids });
    const doomed = stacks.map((stack, index) => ({
      ...stack,
      letGo: removedSince(stack, held[index] ?? [], removed),
    }));
    return { stacks: doomed, ids };
  } catch (error) {
    return { stacks: [], ids: [], reason: messageOf(error) };
  }
}

const withOwned = ({ scope }: World, ids: readonly string[]): SweepScope => ({
  ...scope,
  owned: new Set([...scope.owned, ...ids]),
});

/** Waves: a stack goes when no stack that needs it stands any more. One that refuses keeps what it needs. */
async function deleteStacks(
  world: Destroying,
  stacks: readonly Doomed[],
): Promise<{ readonly removed: readonly Residue[]; readonly refused: readonly Refusal[] }> {
  let standing = stacks;
  const removed: Residue[] = [];
  const refused: Refusal[] = [];
  const next = (): Doomed[] => deletableNow(standing, world.needs);
  for (let wave = next(); wave.length > 0; wave = next()) {
    const outcomes = await mapAtMost(CALLS_AT_ONCE, wave, (stack) => deleteOne(stack, world));
    for (const [index, { id, name }] of wave.entries()) {
      const reason = outcomes[index];
      if (reason === undefined) removed.push({ kind: 'cloudformation:stack', id: name });
      else refused.push({ id, reason: `${name}: ${reason}` });
    }
    if (refused.length > 0) break;
    standing = standing.filter((stack) => !wave.includes(stack));
  }
  return { removed, refused };
}

async function deleteOne(stack: Doomed, { aws, append, emit, sleep }: Destroying): Promise<string | undefined> {
  const residue = { kind: 'cloudformation:stack', id: stack.name };
  append({ event: 'removing', residue, region: stack.region });
  emit({ stage: 'destroy', step: 'deleting-stack', kind: residue.kind, id: stack.name, region: stack.region });
  const reason = await deleteStack(aws, stack, { letGo: stack.letGo, sleep });
  if (reason === undefined) {
    append({ event: 'removed', residue, region: stack.region });
    emit({ stage: 'destroy', step: 'stack-deleted', kind: residue.kind, id: stack.name, region: stack.region });
  } else {
    emit({ stage: 'destroy', step: 'failed', kind: residue.kind, id: stack.name, region: stack.region, reason });
  }
  return reason;
}

const unique = (residues: readonly Residue[]): Residue[] => [
  ...new Map(residues.map((residue) => [`${residue.kind} ${residue.id}`, residue])).values(),
];
