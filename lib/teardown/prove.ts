// Sweepers → proofs. Lists everything once more; what a removal claimed is not asked.

import type { Proof } from '../core/residue';
import { lookOnce } from './find';
import type { Left } from './outcome';
import { proveSettings } from './settings';
import type { World } from './world';

/** One proof for each sweeper in each region, and what was left because it may be somebody else's. */
export async function prove(
  world: Pick<World, 'aws' | 'scope' | 'posts' | 'settings' | 'now' | 'emit'>,
): Promise<{ readonly proofs: Proof[]; readonly left: Left[] }> {
  world.emit({ stage: 'destroy', step: 'proving', kind: `${world.posts.length} listings` });
  const { targets, failed } = await lookOnce(world);
  const lookedAt = world.now().toISOString();
  const proofs = world.posts.map(({ sweeper, region }): Proof => {
    const { kind } = sweeper;
    const here = (post: { sweeper: unknown; region: string }): boolean =>
      post.sweeper === sweeper && post.region === region;
    const failure = failed.find(here);
    if (failure) return { kind, region, status: 'unknown', reason: failure.reason };
    const ids = targets
      .filter((target) => here(target) && target.residue.why === undefined)
      .map(({ residue }) => residue.id);
    return ids.length === 0
      ? { kind, region, status: 'clean', lookedAt }
      : { kind, region, status: 'found', lookedAt, ids };
  });
  const left = targets.flatMap(({ residue }) => (residue.why === undefined ? [] : [{ ...residue, why: residue.why }]));
  const settings = await proveSettings(world);
  left.push(...settings.left);
  return {
    proofs: [...proofs, ...settings.proofs],
    left: [...new Map(left.map((one) => [`${one.kind} ${one.id}`, one])).values()],
  };
}
