// Found things → gone things, kind by kind in order, each journalled before it is touched. A refusal is kept, not swallowed.

import { messageOf } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import type { Residue } from '../core/residue';
import { inRegion } from '../kit/aws';
import type { Target, World } from './world';

const REMOVALS_AT_ONCE = 4;

export interface Swept {
  readonly removed: readonly Residue[];
  readonly refused: readonly { readonly residue: Residue; readonly reason: string }[];
}

/** Removes what is surely the run's; what is in doubt (`why`) is never touched. */
export async function sweep(targets: readonly Target[], world: World): Promise<Swept> {
  const removed: Residue[] = [];
  const refused: { residue: Residue; reason: string }[] = [];
  for (const sweeper of new Set(world.posts.map((post) => post.sweeper))) {
    const own = targets.filter((target) => target.sweeper === sweeper && target.residue.why === undefined);
    const unique = [...new Map(own.map((target) => [`${target.region} ${target.residue.id}`, target])).values()];
    await mapAtMost(REMOVALS_AT_ONCE, unique, async (target) => {
      const reason = await remove(target, world);
      if (reason === undefined) removed.push(target.residue);
      else refused.push({ residue: target.residue, reason });
    });
  }
  return { removed, refused };
}

async function remove({ sweeper, region, residue }: Target, world: World): Promise<string | undefined> {
  const { kind, id } = residue;
  world.append({ event: 'removing', residue, region });
  world.emit({ stage: 'destroy', step: 'removing', kind, id, region });
  try {
    await sweeper.remove(inRegion(world.aws, region), residue);
  } catch (error) {
    world.emit({ stage: 'destroy', step: 'failed', kind, id, region, reason: messageOf(error) });
    return messageOf(error);
  }
  world.append({ event: 'removed', residue, region });
  world.emit({ stage: 'destroy', step: 'removed', kind, id, region });
  return undefined;
}
