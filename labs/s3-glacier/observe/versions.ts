// What is in a bucket beside what its listing of objects shows: every version and marker, and uploads that go on. The SDK
// has no paginators for these.

import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { type Aws, items } from '../../../lib/kit';
import { type Bucket, s3 } from './buckets';

export interface Version {
  readonly key: string;
  readonly id: string;
  /** A marker hides the key and has no content. */
  readonly marker: boolean;
  readonly latest: boolean;
}

async function* versionPages(aws: Aws, bucket: Bucket): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (from !== undefined) {
    const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({ Bucket: bucket.name, ...from });
    const page: ListObjectVersionsCommandOutput = await s3(aws, bucket).send(command);
    yield page;
    const { IsTruncated, NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    from = IsTruncated && KeyMarker !== undefined ? { KeyMarker, VersionIdMarker } : undefined;
  }
}

async function* uploadPages(aws: Aws, bucket: Bucket): AsyncGenerator<ListMultipartUploadsCommandOutput> {
  let from: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
  while (from !== undefined) {
    const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ Bucket: bucket.name, ...from });
    const page: ListMultipartUploadsCommandOutput = await s3(aws, bucket).send(command);
    yield page;
    const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    from = IsTruncated && KeyMarker !== undefined ? { KeyMarker, UploadIdMarker } : undefined;
  }
}

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

export const uploads = (aws: Aws, bucket: Bucket): AsyncGenerator<MultipartUpload> =>
  items(uploadPages(aws, bucket), (page) => (page.Bucket === undefined ? undefined : (page.Uploads ?? [])));
