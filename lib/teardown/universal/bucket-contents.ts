// What lies in one bucket: its versions and markers, past locks and holds, and the uploads that nobody completed.

import {
  DeleteObjectsCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type MultipartUpload,
  type ObjectIdentifier,
  PutObjectLegalHoldCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { collect, items, pagesOf, unlessGone } from '../../kit';

export const NO_BUCKET = ['NoSuchBucket'];
/**
 * S3 leaves the lists of an empty bucket out of its answers, but never the bucket's name (API reference, ListObjectVersions,
 * ListMultipartUploads, 2026-11-22): an answer without that is no listing.
 */
const listOf = <Item>(bucket: string | undefined, list: readonly Item[] = []): readonly Item[] | undefined =>
  bucket === undefined ? undefined : list;
/** So many objects go with one request (API reference, DeleteObjects, 2026-11-22). */
const AT_ONCE = 1000;

/** None in a bucket that went while it was looked into. */
export async function uploadsIn(client: S3Client, Bucket: string): Promise<MultipartUpload[]> {
  const pages = pagesOf<ListMultipartUploadsCommandOutput>((last) =>
    client.send(
      new ListMultipartUploadsCommand({
        Bucket,
        ...(last && { KeyMarker: last.NextKeyMarker, UploadIdMarker: last.NextUploadIdMarker }),
      }),
    ),
  );
  let found: MultipartUpload[] = [];
  await unlessGone(NO_BUCKET, async () => {
    found = await collect(items(pages, ({ Bucket: name, Uploads }) => listOf(name, Uploads)));
  });
  return found;
}

/** Whether a bucket holds any version or marker; one that went while it was looked into does not. */
export async function holdsAny(client: S3Client, Bucket: string): Promise<boolean> {
  let any = false;
  await unlessGone(NO_BUCKET, async () => {
    any = (await versionsIn(client, Bucket).next()).done !== true;
  });
  return any;
}

/** Deletes all versions and markers, past governance mode and legal holds. */
export async function empty(client: S3Client, Bucket: string): Promise<void> {
  const all = await collect(versionsIn(client, Bucket));
  const locked = await hasLock(client, Bucket);
  for (let at = 0; at < all.length; at += AT_ONCE) {
    await deleteAll(client, Bucket, all.slice(at, at + AT_ONCE), locked);
  }
}

/** What is refused although governance mode is bypassed may be under a legal hold, which is lifted, once. */
async function deleteAll(
  client: S3Client,
  Bucket: string,
  all: readonly ObjectIdentifier[],
  locked: boolean,
): Promise<void> {
  const refused = await deleteOnce(client, Bucket, all, locked);
  if (refused.length === 0) return;
  const again = all.filter((one) => refused.some((other) => isSame(one, other)));
  for (const { Key, VersionId } of locked ? again : []) {
    const lift = new PutObjectLegalHoldCommand({ Bucket, Key, VersionId, LegalHold: { Status: 'OFF' } });
    await unlessGone(['NoSuchKey', 'NoSuchVersion', 'MethodNotAllowed'], () => client.send(lift));
  }
  const [stays] = await deleteOnce(client, Bucket, again, locked);
  if (stays) throw new Error(`${Bucket}/${stays.Key}: ${stays.reason}`);
}

/** A refusal may leave the version out; then it is meant of every version of the object. */
const isSame = ({ Key, VersionId }: ObjectIdentifier, refused: ObjectIdentifier): boolean =>
  refused.Key === Key && (refused.VersionId === undefined || refused.VersionId === VersionId);

interface Refused extends ObjectIdentifier {
  readonly reason: string;
}

/** This operation answers 200 even where it refused: what it refused is in the answer. */
async function deleteOnce(
  client: S3Client,
  Bucket: string,
  all: readonly ObjectIdentifier[],
  BypassGovernanceRetention: boolean,
): Promise<Refused[]> {
  const Objects = all.map(({ Key, VersionId }) => ({ Key, VersionId }));
  const { Errors = [] } = await client.send(
    new DeleteObjectsCommand({
      Bucket,
      Delete: { Objects, Quiet: true },
      ...(BypassGovernanceRetention ? { BypassGovernanceRetention } : {}),
    }),
  );
  return Errors.map(({ Key, VersionId, Code, Message }) => ({ Key, VersionId, reason: `${Code}: ${Message}` }));
}

async function hasLock(client: S3Client, Bucket: string): Promise<boolean> {
  let enabled = false;
  await unlessGone(['ObjectLockConfigurationNotFoundError'], async () => {
    const answer = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
    enabled = answer.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
  });
  return enabled;
}

const versionsIn = (client: S3Client, Bucket: string) =>
  items(
    pagesOf<ListObjectVersionsCommandOutput>((last) =>
      client.send(
        new ListObjectVersionsCommand({
          Bucket,
          ...(last && { KeyMarker: last.NextKeyMarker, VersionIdMarker: last.NextVersionIdMarker }),
        }),
      ),
    ),
    ({ Name, Versions = [], DeleteMarkers = [] }) =>
      listOf(
        Name,
        [...Versions, ...DeleteMarkers].map(({ Key, VersionId }): ObjectIdentifier => ({ Key, VersionId })),
      ),
  );
