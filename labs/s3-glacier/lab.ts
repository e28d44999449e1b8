// Amazon S3 Glacier: the archive classes of S3, how objects get there and back, and what keeps them from being deleted.

import { defineLab } from '../../lib/kit';
import { exercises } from './exercises';
import { RETRIEVALS } from './facts';
import { permissions } from './permissions';
import { AS_OF, PRICES, SOURCE, storageCost } from './prices';

/** What an object of the lab has at most. */
const BYTES_EACH = 1024;
const OF_RESTORE = { source: SOURCE, asOf: AS_OF, exercise: 'restore-from-archive' } as const;
/** S3 charges for the minimum duration, though the object goes with the run. */
const minimum = (archive: 'GLACIER' | 'DEEP_ARCHIVE'): number =>
  storageCost(PRICES[archive], { objects: 1, bytesEach: BYTES_EACH, days: 0 });

export default defineLab({
  title: 'Amazon S3 Glacier',
  minutes: { deploy: 1, destroy: 2 },
  stacks: [{ load: async () => (require('./stack') as typeof import('./stack')).GlacierStack }],
  exercises,
  // Buckets, and what is in them and locks it, are swept for every lab.
  sweepers: async () => [],
  costs: RETRIEVALS.flatMap(({ storageClass, tier }) => {
    const price = PRICES[storageClass];
    const request = price.retrievals.find(({ option }) => option === tier)?.perThousand ?? 0;
    const kept = `a small object in ${price.name}, charged for ${price.minimumDays} days`;
    return [
      { ...OF_RESTORE, what: kept, usd: minimum(storageClass), per: 'once' as const, quantity: 1 },
      ...(request === 0
        ? []
        : [{ ...OF_RESTORE, what: `restoration, ${tier}`, usd: request / 1000, per: 'request' as const, quantity: 1 }]),
    ];
  }),
  permissions,
});
