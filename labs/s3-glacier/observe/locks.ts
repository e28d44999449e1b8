// What nobody may delete: Object Lock of the run's buckets, and of the versions in them.

import { GetBucketVersioningCommand, GetObjectLockConfigurationCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { type Aws, collect, type RunScope } from '../../../lib/kit';
import { type Bucket, bucketsOfRun, orNone, s3 } from './buckets';
import { versions } from './versions';

export interface Lock {
  readonly bucket: string;
  readonly versioned: boolean;
  readonly enabled: boolean;
  /** GOVERNANCE or COMPLIANCE, where new versions are locked by themselves. */
  readonly mode?: string | undefined;
  readonly days?: number | undefined;
}

export interface LockedVersion {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly mode?: string | undefined;
  /** Hours until the retention ends; negative when it has. */
  readonly hoursLeft?: number | undefined;
  readonly held: boolean;
  /** Somebody deleted the key: a marker hides the version, which is still there. */
  readonly hidden: boolean;
}

const DAYS_A_YEAR = 365;
const NO_LOCK = ['ObjectLockConfigurationNotFoundError'];

export async function locks(aws: Aws, scope: RunScope): Promise<Lock[]> {
  return Promise.all((await bucketsOfRun(aws, scope)).map((bucket) => lockOf(aws, bucket)));
}

export async function lockOf(aws: Aws, bucket: Bucket): Promise<Lock> {
  const client = s3(aws, bucket);
  const Bucket = bucket.name;
  const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
  const answer = await orNone(NO_LOCK, () => client.send(new GetObjectLockConfigurationCommand({ Bucket })));
  const { ObjectLockEnabled, Rule } = answer?.ObjectLockConfiguration ?? {};
  const { Mode: mode, Days, Years } = Rule?.DefaultRetention ?? {};
  return {
    bucket: bucket.name,
    versioned: Status === 'Enabled',
    enabled: ObjectLockEnabled === 'Enabled',
    mode,
    days: Days ?? (Years === undefined ? undefined : Years * DAYS_A_YEAR),
  };
}

export async function lockedVersions(aws: Aws, scope: RunScope): Promise<LockedVersion[]> {
  const found: LockedVersion[] = [];
  for (const bucket of await bucketsOfRun(aws, scope)) {
    if ((await lockOf(aws, bucket)).enabled) found.push(...(await versionsIn(aws, bucket)));
  }
  return found;
}

async function versionsIn(aws: Aws, bucket: Bucket): Promise<LockedVersion[]> {
  const all = await collect(versions(aws, bucket));
  const hidden = new Set(all.filter(({ marker, latest }) => marker && latest).map(({ key }) => key));
  const found: LockedVersion[] = [];
  for (const { key, id } of all.filter(({ marker }) => !marker)) {
    const command = new HeadObjectCommand({ Bucket: bucket.name, Key: key, VersionId: id });
    const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockLegalHoldStatus } = await s3(aws, bucket).send(
      command,
    );
    found.push({
      bucket: bucket.name,
      key,
      version: id,
      mode: ObjectLockMode,
      hoursLeft: hoursUntil(ObjectLockRetainUntilDate),
      held: ObjectLockLegalHoldStatus === 'ON',
      hidden: hidden.has(key),
    });
  }
  return found;
}

const hoursUntil = (date: Date | undefined): number | undefined =>
  date === undefined ? undefined : (date.getTime() - Date.now()) / 3_600_000;
