// Prices of S3's storage classes, and what they come to: for the bill, and for the comparison of the classes. Pure.

import { type ArchiveClass, CALLED, MINIMUM_DAYS } from './facts';

/** us-east-1, list prices, US dollars. */
export const SOURCE = 'https://aws.amazon.com/s3/pricing/';
export const AS_OF = '2026-11-22';

const DAYS_A_MONTH = 30;
const BYTES_A_GB = 1024 ** 3;
const KB = 1024;

interface Retrieval {
  readonly option: string;
  readonly takes: string;
  readonly perGb: number;
  readonly perThousand: number;
}

interface ClassPrice {
  readonly name: string;
  readonly gbMonth: number;
  readonly putPerThousand: number;
  readonly minimumDays: number;
  /** The smallest size that is charged. */
  readonly minimumBytes: number;
  /** Index and metadata beside each object: at the class's own price, and at Standard's. */
  readonly overhead: { readonly own: number; readonly standard: number };
  readonly retrievals: readonly Retrieval[];
}

const NO_OVERHEAD = { own: 0, standard: 0 };
const ARCHIVE_OVERHEAD = { own: 32 * KB, standard: 8 * KB };

export const STANDARD: ClassPrice = {
  name: 'Standard',
  gbMonth: 0.023,
  putPerThousand: 0.005,
  minimumDays: 0,
  minimumBytes: 0,
  overhead: NO_OVERHEAD,
  retrievals: [{ option: 'read', takes: 'milliseconds', perGb: 0, perThousand: 0.0004 }],
};

export const PRICES: Readonly<Record<ArchiveClass, ClassPrice>> = {
  GLACIER_IR: {
    name: CALLED.GLACIER_IR,
    gbMonth: 0.004,
    putPerThousand: 0.02,
    minimumDays: MINIMUM_DAYS.GLACIER_IR,
    minimumBytes: 128 * KB,
    overhead: NO_OVERHEAD,
    retrievals: [{ option: 'read', takes: 'milliseconds', perGb: 0.03, perThousand: 0.01 }],
  },
  GLACIER: {
    name: CALLED.GLACIER,
    gbMonth: 0.0036,
    putPerThousand: 0.03,
    minimumDays: MINIMUM_DAYS.GLACIER,
    minimumBytes: 0,
    overhead: ARCHIVE_OVERHEAD,
    retrievals: [
      { option: 'Expedited', takes: '1 to 5 minutes', perGb: 0.03, perThousand: 10 },
      { option: 'Standard', takes: '3 to 5 hours', perGb: 0.01, perThousand: 0.05 },
      { option: 'Bulk', takes: '5 to 12 hours', perGb: 0, perThousand: 0 },
    ],
  },
  DEEP_ARCHIVE: {
    name: CALLED.DEEP_ARCHIVE,
    gbMonth: 0.00099,
    putPerThousand: 0.05,
    minimumDays: MINIMUM_DAYS.DEEP_ARCHIVE,
    minimumBytes: 0,
    overhead: ARCHIVE_OVERHEAD,
    retrievals: [
      { option: 'Standard', takes: 'within 12 hours', perGb: 0.02, perThousand: 0.1 },
      { option: 'Bulk', takes: 'within 48 hours', perGb: 0.0025, perThousand: 0.025 },
    ],
  },
};

interface Archive {
  readonly objects: number;
  readonly bytesEach: number;
  readonly days: number;
}

/** What keeping so many objects costs, at least the minimum duration and the minimum size. */
export function storageCost(price: ClassPrice, { objects, bytesEach, days }: Archive): number {
  const months = Math.max(days, price.minimumDays) / DAYS_A_MONTH;
  const own = Math.max(bytesEach, price.minimumBytes) + price.overhead.own;
  const perObject = (own * price.gbMonth + price.overhead.standard * STANDARD.gbMonth) / BYTES_A_GB;
  return perObject * objects * months;
}

/** What putting them there and reading all of them once costs. */
export function requestCost(price: ClassPrice, { objects, bytesEach }: Archive, option: Retrieval): number {
  const gigabytes = (objects * bytesEach) / BYTES_A_GB;
  return ((price.putPerThousand + option.perThousand) * objects) / 1000 + gigabytes * option.perGb;
}

/** The comparison: a year of 1 TB in 1,000 objects, and the same in a million small ones, read back once in each way. */
const YEAR = 365;
const LARGE: Archive = { objects: 1_000, bytesEach: 1024 ** 3, days: YEAR };
const SMALL: Archive = { objects: 1_000_000, bytesEach: 10 * KB, days: YEAR };

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;

/** One row for each class and way back, as a Markdown table. */
export function comparison(): string {
  const rows = [STANDARD, ...Object.values(PRICES)].flatMap((price) =>
    price.retrievals.map((option) => {
      const total = (archive: Archive) => storageCost(price, archive) + requestCost(price, archive, option);
      const cells = [price.name, `${price.minimumDays} days`, `${option.option}, ${option.takes}`];
      return `| ${[...cells, dollars(total(LARGE)), dollars(total(SMALL))].join(' | ')} |`;
    }),
  );
  return [
    '| class | charged for at least | way back | 1,000 objects of 1 GiB | 1,000,000 objects of 10 KiB |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
