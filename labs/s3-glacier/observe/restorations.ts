// What lies in the archive classes, and how far each restoration is: S3 says that in a header of the object.

import { HeadObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { type Aws, items, type RunScope } from '../../../lib/kit';
import { ARCHIVE_CLASSES } from '../facts';
import { type Bucket, bucketsOfRun, s3 } from './buckets';

export interface Archived {
  readonly bucket: string;
  readonly key: string;
  readonly storageClass: string;
  readonly restoration: 'none' | 'under way' | 'there';
  /** When the restored copy goes again. */
  readonly until?: string | undefined;
}

export async function archived(aws: Aws, scope: RunScope): Promise<Archived[]> {
  const found: Archived[] = [];
  for (const bucket of await bucketsOfRun(aws, scope)) {
    const pages = paginateListObjectsV2({ client: s3(aws, bucket) }, { Bucket: bucket.name });
    // S3 leaves an empty list of objects out.
    for await (const { Key, StorageClass = '' } of items(pages, (page) => page.Contents, { absentMeansEmpty: true })) {
      if (Key !== undefined && (ARCHIVE_CLASSES as readonly string[]).includes(StorageClass)) {
        found.push({
          bucket: bucket.name,
          key: Key,
          storageClass: StorageClass,
          ...(await restorationOf(aws, bucket, Key)),
        });
      }
    }
  }
  return found;
}

type Restoration = Pick<Archived, 'restoration' | 'until'>;

async function restorationOf(aws: Aws, bucket: Bucket, Key: string): Promise<Restoration> {
  const { Restore } = await s3(aws, bucket).send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
  return readRestore(Restore);
}

/** The header: ongoing-request="true", or ongoing-request="false", expiry-date="…". */
export function readRestore(header: string | undefined): Restoration {
  if (header === undefined) return { restoration: 'none' };
  if (/ongoing-request="true"/.test(header)) return { restoration: 'under way' };
  return { restoration: 'there', until: /expiry-date="([^"]+)"/.exec(header)?.[1] };
}
