// Sweepers → what is the run's. Repeats until nothing new turns up: what hangs on a found thing is the run's too.

import { messageOf } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import { collect, type SweepScope } from '../kit';
import { inRegion, type Post, type Target, type World } from './world';

const LISTINGS_AT_ONCE = 6;
/** A snapshot of a volume of an instance in a subnet is three; more rounds have not been seen. */
const MOST_ROUNDS = 6;

/** What one look found. A listing that failed is in `failed`, and says nothing of what is there. */
export interface Found {
  readonly targets: readonly Target[];
  readonly failed: readonly (Post & { readonly reason: string })[];
  /** Everything known to be the run's by now. */
  readonly scope: SweepScope;
}

/** Looks until a look finds nothing new. New ids are journalled before anybody acts on them. */
export async function find(world: World): Promise<Found> {
  let { scope } = world;
  for (let round = 1; ; round++) {
    const found = await lookOnce({ ...world, scope });
    const fresh = found.targets
      .map(({ residue }) => residue)
      .filter(({ id, why }) => why === undefined && !scope.owned.has(id));
    if (fresh.length > 0) {
      world.append({ event: 'owned', ids: fresh.map(({ id }) => id) });
      scope = { ...scope, owned: new Set([...scope.owned, ...fresh.map(({ id }) => id)]) };
    }
    if (fresh.length === 0 || round === MOST_ROUNDS) return { ...found, scope };
  }
}

/** One look of every sweeper in every region it looks in. */
export async function lookOnce({ aws, scope, posts }: Pick<World, 'aws' | 'scope' | 'posts'>): Promise<Found> {
  const looks = await mapAtMost(LISTINGS_AT_ONCE, posts, async (post) => {
    try {
      return { post, residues: await collect(post.sweeper.list(inRegion(aws, post.region), scope)) };
    } catch (error) {
      return { post, residues: [], reason: describe(error) };
    }
  });
  return {
    targets: looks.flatMap(({ post, residues }) => residues.map((residue) => ({ ...post, residue }))),
    failed: looks.flatMap(({ post, reason }) => (reason === undefined ? [] : [{ ...post, reason }])),
    scope,
  };
}

const describe = (error: unknown): string => {
  const name = error instanceof Error ? error.name : '';
  return name === '' || name === 'Error' ? messageOf(error) : `${name}: ${messageOf(error)}`;
};
