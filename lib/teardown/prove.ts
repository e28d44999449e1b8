// Sweepers → proofs. Lists everything once more; what a removal claimed is not asked. What may come late is looked for twice.

import type { ComparedSetting } from '../core/receipt';
import { type Proof, sumCalls } from '../core/residue';
import { type Look, lookOnce, targetsOf } from './find';
import type { Left } from './outcome';
import { proveSettings } from './settings';
import type { Post, World } from './world';

/** Before the second look: a service that is still writing makes its log group anew within seconds. */
const LATER = { local: 100, aws: 15_000 } as const;

export interface Proven {
  readonly proofs: Proof[];
  readonly left: Left[];
  readonly settings: readonly ComparedSetting[];
}

/** One proof for each sweeper in each region, and what was left because it may be somebody else's. */
export async function prove(
  world: Pick<World, 'aws' | 'scope' | 'posts' | 'settings' | 'now' | 'emit' | 'sleep'>,
): Promise<Proven> {
  world.emit({ stage: 'destroy', step: 'proving', kind: `${world.posts.length} listings` });
  const first = await lookOnce(world);
  const second = await lookLater(world);
  const lookedAt = world.now().toISOString();
  const proofs = world.posts.map((post) =>
    proofOf(
      post,
      [...first, ...second].filter((look) => look.post === post),
      lookedAt,
    ),
  );
  const left = targetsOf([...first, ...second]).flatMap(({ residue }) =>
    residue.why === undefined ? [] : [{ ...residue, why: residue.why }],
  );
  const settings = await proveSettings(world);
  left.push(...settings.left);
  return {
    proofs: [...proofs, ...settings.proofs],
    left: [...new Map(left.map((one) => [`${one.kind} ${one.id}`, one])).values()],
    settings: settings.compared,
  };
}

async function lookLater(world: Pick<World, 'aws' | 'scope' | 'posts' | 'sleep'>): Promise<Look[]> {
  const posts = world.posts.filter(({ sweeper }) => sweeper.late);
  if (posts.length === 0) return [];
  await world.sleep(LATER[world.aws.target]);
  return lookOnce({ ...world, posts });
}

/** Clean only if every look was made and saw nothing of the run. */
function proofOf({ sweeper: { kind }, region }: Post, looks: readonly Look[], lookedAt: string): Proof {
  const calls = sumCalls(looks.map((look) => look.calls));
  const reason = looks.length === 0 ? 'nobody looked' : looks.find((look) => look.reason !== undefined)?.reason;
  if (reason !== undefined) return { kind, region, status: 'unknown', reason, calls };
  const found = looks.flatMap(({ residues }) => residues.filter(({ why }) => why === undefined).map(({ id }) => id));
  return found.length === 0
    ? { kind, region, status: 'clean', lookedAt, calls }
    : { kind, region, status: 'found', lookedAt, ids: [...new Set(found)], calls };
}
