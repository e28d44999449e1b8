// Sweepers of buckets and what is in them: what they take for the run's, what they only point at, and how it goes.

import * as S3 from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { sweepers } from './sweepers';

const { found, idsOf, of } = sweeping(sweepers);
const s3 = mockClient(S3.S3Client);
const error = (name: string): Error => Object.assign(new Error(name), { name });
const named = (Bucket: string) => ({ Name: Bucket });

beforeEach(() => {
  s3.reset();
  s3.on(S3.ListBucketsCommand).resolves({ Buckets: [named('worklab-abc123-archive')] });
  s3.on(S3.GetBucketTaggingCommand).rejects(error('NoSuchTagSet'));
  s3.on(S3.GetBucketLocationCommand).resolves({});
  s3.on(S3.GetBucketVersioningCommand).resolves({});
  s3.on(S3.GetObjectLockConfigurationCommand).rejects(error('ObjectLockConfigurationNotFoundError'));
  s3.on(S3.DeleteObjectsCommand).resolves({});
});

const remove = async (kind: string, id: string, parent?: string): Promise<void> => {
  const { fakeAws } = await import('../../test/support/fake-aws');
  await of(kind).remove(fakeAws(), { kind, id, ...(parent === undefined ? {} : { parent }) });
};
const inputs = (command: Parameters<typeof s3.commandCalls>[0]) =>
  s3.commandCalls(command).map((call) => call.args[0].input);

describe('buckets', () => {
  test('are the run’s by name, tag or stack, on the second page too; another run’s are not', async () => {
    s3.on(S3.ListBucketsCommand)
      .resolvesOnce({ Buckets: [named('worklab-abc123-archive'), named('worklab-abc1234')], ContinuationToken: 'more' })
      .resolvesOnce({ Buckets: [named('mine-by-tag'), named('in-stack'), named('of-old')] });
    s3.on(S3.GetBucketTaggingCommand, { Bucket: 'mine-by-tag' }).resolves({
      TagSet: [{ Key: 'worklab:run', Value: 'abc123' }],
    });
    expect(await idsOf('s3:bucket', owning('in-stack'))).toEqual(['worklab-abc123-archive', 'mine-by-tag', 'in-stack']);
  });

  test('whose tags may not be read are pointed at, never taken, and nothing in them is touched', async () => {
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [named('closed')] });
    s3.on(S3.GetBucketTaggingCommand).rejects(error('AccessDenied'));
    expect(await found('s3:bucket')).toEqual([
      { kind: 's3:bucket', id: 'closed', why: expect.stringContaining('may not be read') },
    ]);
    expect(await found('s3:object')).toEqual([]);
    expect(await found('s3:multipart-upload')).toEqual([]);
  });

  test('any other refusal while tags are read is an error', async () => {
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [named('x')] });
    s3.on(S3.GetBucketTaggingCommand).rejects(error('SlowDown'));
    await expect(found('s3:bucket')).rejects.toThrow('SlowDown');
  });

  test('go when they are empty, and one that is gone is gone', async () => {
    expect(of('s3:bucket').after).toEqual(['s3:multipart-upload', 's3:object']);
    await remove('s3:bucket', 'b');
    expect(inputs(S3.DeleteBucketCommand)).toEqual([{ Bucket: 'b' }]);
    s3.on(S3.GetBucketLocationCommand).rejects(error('NoSuchBucket'));
    await remove('s3:bucket', 'b');
    expect(inputs(S3.DeleteBucketCommand)).toHaveLength(1);
  });
});

describe('what is in them', () => {
  const page = (more: Partial<S3.ListObjectVersionsCommandOutput>) => ({ Name: 'worklab-abc123-archive', ...more });

  test('versions and markers of a bucket are one residue, found on the second page too', async () => {
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce(page({ IsTruncated: true, NextKeyMarker: 'k', NextVersionIdMarker: 'v' }))
      .resolvesOnce(page({ DeleteMarkers: [{ Key: 'k', VersionId: 'm' }] }));
    expect(await found('s3:object')).toEqual([
      { kind: 's3:object', id: 'worklab-abc123-archive/*', parent: 'worklab-abc123-archive' },
    ]);
    expect(inputs(S3.ListObjectVersionsCommand)[1]).toMatchObject({ KeyMarker: 'k', VersionIdMarker: 'v' });
  });

  test('an answer that is no listing, or a listing that is denied, is an error', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves({});
    await expect(found('s3:object')).rejects.toThrow('lacks the list');
    s3.on(S3.ListObjectVersionsCommand).rejects(error('AccessDenied'));
    await expect(found('s3:object')).rejects.toThrow('AccessDenied');
    s3.on(S3.ListMultipartUploadsCommand).resolves({});
    await expect(found('s3:multipart-upload')).rejects.toThrow('lacks the list');
  });

  test('go a thousand at a time, from all pages', async () => {
    const many = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ Key: `k${from + index}`, VersionId: 'v' }));
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce(
        page({ Versions: many(0, 1000), IsTruncated: true, NextKeyMarker: 'k999', NextVersionIdMarker: 'v' }),
      )
      .resolvesOnce(page({ Versions: many(1000, 1), DeleteMarkers: many(0, 1) }));
    await remove('s3:object', 'b/*', 'b');
    const sizes = inputs(S3.DeleteObjectsCommand).map(
      (input) => (input as S3.DeleteObjectsCommandInput).Delete?.Objects?.length,
    );
    expect(sizes).toEqual([1000, 2]);
    expect(inputs(S3.DeleteObjectsCommand)[0]).not.toHaveProperty('BypassGovernanceRetention');
  });

  test('locked ones go past governance mode, and holds are lifted first', async () => {
    s3.on(S3.GetObjectLockConfigurationCommand).resolves({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
    s3.on(S3.ListObjectVersionsCommand).resolves(
      page({
        Versions: [
          { Key: 'held', VersionId: 'v' },
          { Key: 'free', VersionId: 'w' },
        ],
        DeleteMarkers: [{ Key: 'held', VersionId: 'm' }],
      }),
    );
    s3.on(S3.DeleteObjectsCommand)
      .resolvesOnce({ Errors: [{ Key: 'held', Code: 'AccessDenied', Message: 'locked' }] })
      .resolvesOnce({});
    await remove('s3:object', 'b/*', 'b');
    expect(inputs(S3.DeleteObjectsCommand)).toEqual([
      expect.objectContaining({ BypassGovernanceRetention: true }),
      expect.objectContaining({
        BypassGovernanceRetention: true,
        Delete: {
          Objects: [
            { Key: 'held', VersionId: 'v' },
            { Key: 'held', VersionId: 'm' },
          ],
          Quiet: true,
        },
      }),
    ]);
    expect(inputs(S3.PutObjectLegalHoldCommand)).toEqual([
      { Bucket: 'b', Key: 'held', VersionId: 'v', LegalHold: { Status: 'OFF' } },
    ]);
  });

  test('what stays all the same is told', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves(page({ Versions: [{ Key: 'k', VersionId: 'v' }] }));
    s3.on(S3.DeleteObjectsCommand).resolves({ Errors: [{ Key: 'k', Code: 'AccessDenied', Message: 'no' }] });
    await expect(remove('s3:object', 'b/*', 'b')).rejects.toThrow('b/k: AccessDenied: no');
  });

  test('uploads are aborted one by one, those of the second page too', async () => {
    const uploads = (Uploads: S3.MultipartUpload[], more = {}) => ({
      Bucket: 'worklab-abc123-archive',
      Uploads,
      ...more,
    });
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce(
        uploads([{ Key: 'a?b', UploadId: 'u1' }], {
          IsTruncated: true,
          NextKeyMarker: 'a?b',
          NextUploadIdMarker: 'u1',
        }),
      )
      .resolvesOnce(uploads([{ Key: 'c', UploadId: 'u2' }]));
    const all = await found('s3:multipart-upload');
    expect(all.map(({ id }) => id)).toEqual([
      'worklab-abc123-archive/a?b?uploadId=u1',
      'worklab-abc123-archive/c?uploadId=u2',
    ]);
    for (const { kind, id, parent } of all) await remove(kind, id, parent);
    expect(inputs(S3.AbortMultipartUploadCommand)).toEqual([
      { Bucket: 'worklab-abc123-archive', Key: 'a?b', UploadId: 'u1' },
      { Bucket: 'worklab-abc123-archive', Key: 'c', UploadId: 'u2' },
    ]);
  });
});
