// What is in a bucket beside what its listing of objects shows: every version and marker. The SDK has no paginator for it.

import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import { type Aws, items, pagesOf } from '../../../lib/kit';
import { type Bucket, s3 } from './buckets';

export interface Version {
  readonly key: string;
  readonly id: string;
  /** A marker hides the key and has no content. */
  readonly marker: boolean;
  readonly latest: boolean;
}

const versionPages = (aws: Aws, bucket: Bucket): AsyncGenerator<ListObjectVersionsCommandOutput> =>
  pagesOf((last) =>
    s3(aws, bucket).send(
      new ListObjectVersionsCommand({
        Bucket: bucket.name,
        ...(last && { KeyMarker: last.NextKeyMarker, VersionIdMarker: last.NextVersionIdMarker }),
      }),
    ),
  );

/** S3 leaves empty lists out, but never its own name for the bucket: an answer without that is no listing. */
export const versions = (aws: Aws, bucket: Bucket): AsyncGenerator<Version> =>
  items(versionPages(aws, bucket), ({ Name, Versions = [], DeleteMarkers = [] }) =>
    Name === undefined
      ? undefined
      : [...Versions.map((one) => versionOf(one, false)), ...DeleteMarkers.map((one) => versionOf(one, true))],
  );

const versionOf = (
  { Key = '', VersionId = '', IsLatest = false }: { Key?: string; VersionId?: string; IsLatest?: boolean },
  marker: boolean,
): Version => ({ key: Key, id: VersionId, marker, latest: IsLatest });
