// How the contents of the run's buckets move: lifecycle rules, and what Intelligent-Tiering does with its own class.

import {
  GetBucketLifecycleConfigurationCommand,
  type IntelligentTieringConfiguration,
  type LifecycleRule,
  ListBucketIntelligentTieringConfigurationsCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { type Bucket, bucketsOfRun, orNone, s3 } from './buckets';

/** Where objects go that one rule, or several of the same scope, take in hand. */
export interface Path {
  readonly bucket: string;
  /** The prefix, and what else chooses the objects. */
  readonly scope: string;
  readonly enabled: boolean;
  /** Class → days after which an object goes there; undefined where a date is said instead. */
  readonly moves: Readonly<Record<string, number | undefined>>;
  /** Days after which an enabled rule of the bucket gives up an upload that was not completed. */
  readonly abortsAfter?: number | undefined;
}

export interface Tiering {
  readonly bucket: string;
  readonly id: string;
  readonly enabled: boolean;
  readonly prefix: string;
  /** Tier → days without access. */
  readonly tiers: Readonly<Record<string, number | undefined>>;
  /** Whether anything comes into the class that this configuration is for: by a rule, or put there already. */
  readonly fed: boolean;
}

export async function paths(aws: Aws, scope: RunScope): Promise<Path[]> {
  const buckets = await bucketsOfRun(aws, scope);
  return (await Promise.all(buckets.map(async (bucket) => pathsOf(bucket, await rulesOf(aws, bucket))))).flat();
}

export async function rulesOf(aws: Aws, bucket: Bucket): Promise<readonly LifecycleRule[]> {
  const command = new GetBucketLifecycleConfigurationCommand({ Bucket: bucket.name });
  const answer = await orNone(['NoSuchLifecycleConfiguration'], () => s3(aws, bucket).send(command));
  return answer?.Rules ?? [];
}

/** Rules of the same scope belong together, whether they are switched on or off apart. */
function pathsOf({ name: bucket }: Bucket, rules: readonly LifecycleRule[]): Path[] {
  const aborts = rules
    .filter(isEnabled)
    .flatMap((rule) => rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? []);
  const abortsAfter = aborts.length === 0 ? undefined : Math.min(...aborts);
  const found = new Map<string, Path>();
  for (const rule of rules) {
    const { Transitions = [] } = rule;
    if (Transitions.length === 0) continue;
    const [enabled, scope] = [isEnabled(rule), scopeOf(rule)];
    const before = found.get(`${enabled} ${scope}`)?.moves;
    const moves = Object.fromEntries(Transitions.map(({ StorageClass = '', Days }) => [StorageClass, Days]));
    found.set(`${enabled} ${scope}`, { bucket, scope, enabled, moves: { ...before, ...moves }, abortsAfter });
  }
  return [...found.values()];
}

const isEnabled = ({ Status }: LifecycleRule): boolean => Status === 'Enabled';
const prefixOf = ({ Filter, Prefix }: LifecycleRule): string => Filter?.And?.Prefix ?? Filter?.Prefix ?? Prefix ?? '';

function scopeOf(rule: LifecycleRule): string {
  const { Prefix: _, And, ...rest } = rule.Filter ?? {};
  const { Prefix: __, ...more } = And ?? {};
  const chosen = JSON.stringify({ ...rest, ...more });
  return chosen === '{}' ? prefixOf(rule) : `${prefixOf(rule)} ${chosen}`;
}

export async function tierings(aws: Aws, scope: RunScope): Promise<Tiering[]> {
  const buckets = await bucketsOfRun(aws, scope);
  return (await Promise.all(buckets.map((bucket) => tieringsOf(aws, bucket)))).flat();
}

async function tieringsOf(aws: Aws, bucket: Bucket): Promise<Tiering[]> {
  const configurations = await configurationsOf(aws, bucket);
  if (configurations.length === 0) return [];
  const rules = await rulesOf(aws, bucket);
  return Promise.all(
    configurations.map(async ({ Id: id = '', Status, Filter, Tierings = [] }) => {
      const prefix = Filter?.And?.Prefix ?? Filter?.Prefix ?? '';
      return {
        bucket: bucket.name,
        id,
        prefix,
        enabled: Status === 'Enabled',
        tiers: Object.fromEntries(Tierings.map(({ AccessTier = '', Days }) => [AccessTier, Days])),
        fed: rules.some((rule) => feeds(rule, prefix)) || (await holdsTiered(aws, bucket, prefix)),
      };
    }),
  );
}

/** This listing has no paginator in the SDK, and says itself whether it goes on. */
export async function configurationsOf(aws: Aws, bucket: Bucket): Promise<IntelligentTieringConfiguration[]> {
  const found: IntelligentTieringConfiguration[] = [];
  let ContinuationToken: string | undefined;
  do {
    const command = new ListBucketIntelligentTieringConfigurationsCommand({ Bucket: bucket.name, ContinuationToken });
    const answer = await s3(aws, bucket).send(command);
    found.push(...(answer.IntelligentTieringConfigurationList ?? []));
    ContinuationToken = answer.IsTruncated ? answer.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
  return found;
}

const feeds = (rule: LifecycleRule, prefix: string): boolean =>
  isEnabled(rule) &&
  (rule.Transitions ?? []).some(({ StorageClass }) => StorageClass === 'INTELLIGENT_TIERING') &&
  (prefix.startsWith(prefixOf(rule)) || prefixOf(rule).startsWith(prefix));

async function holdsTiered(aws: Aws, bucket: Bucket, Prefix: string): Promise<boolean> {
  const pages = paginateListObjectsV2({ client: s3(aws, bucket) }, { Bucket: bucket.name, Prefix });
  // S3 leaves an empty list of objects out.
  for await (const { StorageClass } of items(pages, (page) => page.Contents, { absentMeansEmpty: true })) {
    if (StorageClass === 'INTELLIGENT_TIERING') return true;
  }
  return false;
}
