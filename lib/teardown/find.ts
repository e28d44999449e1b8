// Sweepers → what is the run's. Repeats until nothing new turns up: what hangs on a found thing is the run's too.

import { shared } from '../aws/shared';
import { traced } from '../aws/trace';
import { messageOf } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import { type Calls, countCalls, type Residue } from '../core/residue';
import { type Aws, collect, type SweepScope } from '../kit';
import { inRegion } from '../kit/aws';
import type { Post, Target, World } from './world';

const LISTINGS_AT_ONCE = 6;
/** A snapshot of a volume of an instance in a subnet is three; more rounds have not been seen. */
const MOST_ROUNDS = 6;

/** What one listing said. One that failed says nothing of what is there. */
export interface Look {
  readonly post: Post;
  readonly residues: readonly Residue[];
  readonly reason?: string;
  readonly calls: Calls;
}

/** What one look found. */
export interface Found {
  readonly targets: readonly Target[];
  /** Everything known to be the run's by now. */
  readonly scope: SweepScope;
}

/** Looks until a look finds nothing new. New ids are journalled before anybody acts on them. */
export async function find(world: World): Promise<Found> {
  let { scope } = world;
  for (let round = 1; ; round++) {
    const found = targetsOf(await lookOnce({ ...world, scope }));
    const fresh = found
      .map(({ residue }) => residue)
      .filter(({ id, why }) => why === undefined && !scope.owned.has(id));
    if (fresh.length > 0) {
      world.append({ event: 'owned', ids: fresh.map(({ id }) => id) });
      scope = { ...scope, owned: new Set([...scope.owned, ...fresh.map(({ id }) => id)]) };
    }
    if (fresh.length === 0 || round === MOST_ROUNDS) return { targets: found, scope };
  }
}

/** One look of every sweeper in every region it looks in. A call that several need is made, and counted, by the first of them. */
export const lookOnce = ({ aws, scope, posts }: Pick<World, 'aws' | 'scope' | 'posts'>): Promise<Look[]> =>
  shared(() =>
    mapAtMost(LISTINGS_AT_ONCE, posts, async (post) => {
      const { result, trace } = await traced(() => listed(post, inRegion(aws, post.region), scope));
      return { post, ...result, calls: countCalls(trace.calls) };
    }),
  );

async function listed({ sweeper }: Post, aws: Aws, scope: SweepScope): Promise<Pick<Look, 'residues' | 'reason'>> {
  try {
    return { residues: await collect(sweeper.list(aws, scope)) };
  } catch (error) {
    return { residues: [], reason: describe(error) };
  }
}

/** Each found thing with who found it. */
export const targetsOf = (looks: readonly Look[]): Target[] =>
  looks.flatMap(({ post, residues }) => residues.map((residue) => ({ ...post, residue })));

const describe = (error: unknown): string => {
  const name = error instanceof Error ? error.name : '';
  return name === '' || name === 'Error' ? messageOf(error) : `${name}: ${messageOf(error)}`;
};
