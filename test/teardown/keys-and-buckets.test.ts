// The sweepers of what outlives its stack by design: keys, which wait, and buckets, which hold.

import * as KMS from '@aws-sdk/client-kms';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as S3 from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import type { Aws } from '../../lib/kit';
import { universalSweepers } from '../../lib/teardown/universal';
import { fakeAws, owning } from '../support/fake-aws';
import { sweeping } from '../support/sweeping';

const { idsOf, found, of: sweeperOf, remove } = sweeping(universalSweepers([], ['us-east-1'], async () => {}));
const named = (name: string): Error => Object.assign(new Error(name), { name });
const kms = mockClient(KMS.KMSClient);
const tagging = mockClient(TAG.ResourceGroupsTaggingAPIClient);
const s3 = mockClient(S3.S3Client);
beforeEach(() => {
  for (const client of [kms, tagging, s3]) client.reset();
  tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [] });
});

describe('keys', () => {
  const metadata = (KeyState: 'Enabled' | 'PendingDeletion', KeyManager: 'CUSTOMER' | 'AWS' = 'CUSTOMER') => ({
    KeyMetadata: { KeyId: 'k', KeyState, KeyManager, DeletionDate: new Date('2026-12-02T00:00:00Z') },
  });
  const ID = '11111111-2222-3333-4444-555555555555';

  test('are the run’s by alias, tag or stack; nothing is asked of anybody else’s', async () => {
    kms
      .on(KMS.ListAliasesCommand)
      .resolvesOnce({
        Aliases: [{ AliasName: 'alias/other', TargetKeyId: 'key-9' }],
        Truncated: true,
        NextMarker: 'more',
      })
      .resolvesOnce({ Aliases: [{ AliasName: 'alias/worklab-abc123-db', TargetKeyId: 'key-1' }], Truncated: false });
    tagging.on(TAG.GetResourcesCommand).resolves({
      ResourceTagMappingList: ['kms:us-east-1:1:key/key-2', 's3:::bucket'].map((end) => ({
        ResourceARN: `arn:aws:${end}`,
      })),
    });
    kms.on(KMS.DescribeKeyCommand).resolves(metadata('Enabled'));

    expect(await idsOf('kms:key', owning(ID, 'vol-1'))).toEqual(['key-1', 'key-2', ID]);
    expect(kms.commandCalls(KMS.DescribeKeyCommand)).toHaveLength(3);
  });

  test('one that waits for its deletion is clean, and told with its date; one of AWS’s own is nobody’s', async () => {
    kms.on(KMS.ListAliasesCommand).resolves({ Aliases: [] });
    kms.on(KMS.DescribeKeyCommand).resolves(metadata('PendingDeletion'));
    expect(await found('kms:key', owning(ID))).toEqual([
      { kind: 'kms:key', id: ID, why: 'waits for its deletion on 2026-12-02, free of charge' },
    ]);

    kms.on(KMS.DescribeKeyCommand).resolves(metadata('Enabled', 'AWS'));
    expect(await found('kms:key', owning(ID))).toEqual([]);
  });

  test('go after the shortest time that KMS takes; one that is waiting already is not asked again', async () => {
    kms.on(KMS.DescribeKeyCommand).resolvesOnce(metadata('Enabled')).resolvesOnce(metadata('PendingDeletion'));
    await remove('kms:key', ID);
    await remove('kms:key', ID);

    expect(kms.commandCalls(KMS.ScheduleKeyDeletionCommand).map((call) => call.args[0].input)).toEqual([
      { KeyId: ID, PendingWindowInDays: 7 },
    ]);
  });
});

describe('buckets', () => {
  beforeEach(() => {
    s3.on(S3.ListBucketsCommand)
      .resolvesOnce({ Buckets: [{ Name: 'theirs' }], ContinuationToken: 'more' })
      .resolvesOnce({ Buckets: [{ Name: 'worklab-abc123-logs' }, { Name: 'mine' }] });
    tagging.on(TAG.GetResourcesCommand).resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:s3:::mine' }] });
  });
  const refusing = { Errors: [{ Key: 'a', VersionId: '1', Code: 'AccessDenied', Message: 'locked' }] };

  test('are the run’s by name, tag or stack in whatever region, without a call for anybody else’s', async () => {
    expect(await idsOf('s3:bucket')).toEqual(['worklab-abc123-logs', 'mine']);
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'worklab-abc1234' }, { Name: 'held' }] });
    expect(await idsOf('s3:bucket', owning('held'))).toEqual(['held']);
    expect(s3.calls()).toHaveLength(3);
  });

  test('are asked for their tags in each region of the run, and listed once', async () => {
    const there = sweeping(universalSweepers([], ['eu-west-1', 'us-west-2'], async () => {}));
    expect(await there.idsOf('s3:bucket')).toEqual(['worklab-abc123-logs', 'mine']);
    expect(tagging.calls()).toHaveLength(3);
    expect(there.of('s3:bucket').regions).toEqual(['us-east-1']);
  });

  test('are emptied and deleted in their own region, by whole name', async () => {
    const asked: (string | undefined)[] = [];
    const aws: Aws = {
      ...fakeAws(),
      client: (type, region) => {
        asked.push(region);
        return fakeAws().client(type);
      },
    };
    s3.on(S3.ListBucketsCommand).resolves({
      Buckets: [
        { Name: 'mine-too', BucketRegion: 'us-west-2' },
        { Name: 'mine', BucketRegion: 'eu-west-1' },
      ],
    });
    s3.on(S3.GetObjectLockConfigurationCommand).rejects(named('ObjectLockConfigurationNotFoundError'));
    s3.on(S3.ListObjectVersionsCommand).resolves({ Name: 'any' });
    await sweeperOf('s3:bucket').remove(aws, { kind: 's3:bucket', id: 'mine' });

    expect(asked).toEqual([undefined, 'eu-west-1']);
    expect(s3.commandCalls(S3.ListBucketsCommand)[0]?.args[0].input).toMatchObject({ Prefix: 'mine' });
    expect(s3.commandCalls(S3.DeleteBucketCommand).map((call) => call.args[0].input)).toEqual([{ Bucket: 'mine' }]);
  });

  test('what lies in them is told once each, over versions, markers and uploads of a second page', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves({ Name: 'any' });
    s3.on(S3.ListObjectVersionsCommand, { Bucket: 'mine' })
      .resolvesOnce({ Name: 'mine', IsTruncated: true, NextKeyMarker: 'b' })
      .resolvesOnce({ Name: 'mine', DeleteMarkers: [{ Key: 'b', VersionId: '2' }] });
    expect(await found('s3:object')).toEqual([{ kind: 's3:object', id: 'mine/*', parent: 'mine' }]);

    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce({ Bucket: 'mine', IsTruncated: true, NextKeyMarker: 'a', NextUploadIdMarker: '1', Uploads: [] })
      .resolvesOnce({ Bucket: 'mine', Uploads: [{ Key: 'big?file', UploadId: 'u1' }] });
    expect(await idsOf('s3:multipart-upload')).toEqual(['mine/big?file?uploadId=u1']);
  });

  test('a lock in governance mode is passed and a legal hold lifted; what stays all the same is an error', async () => {
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.ListObjectVersionsCommand).resolves({ Name: 'mine', Versions: [{ Key: 'a', VersionId: '1' }] });
    s3.on(S3.GetObjectLockConfigurationCommand).resolves({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
    s3.on(S3.DeleteObjectsCommand).resolvesOnce(refusing).resolvesOnce({});
    await sweeperOf('s3:object').remove(fakeAws(), { kind: 's3:object', id: 'mine/*', parent: 'mine' });

    expect(s3.commandCalls(S3.DeleteObjectsCommand)[0]?.args[0].input).toMatchObject({
      BypassGovernanceRetention: true,
    });
    expect(s3.commandCalls(S3.PutObjectLegalHoldCommand)[0]?.args[0].input).toMatchObject({
      LegalHold: { Status: 'OFF' },
    });

    s3.on(S3.DeleteObjectsCommand).resolves(refusing);
    await expect(
      sweeperOf('s3:object').remove(fakeAws(), { kind: 's3:object', id: 'mine/*', parent: 'mine' }),
    ).rejects.toThrow('mine/a: AccessDenied: locked');
  });

  test('a refusal that leaves the version out is meant of all versions of the object', async () => {
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.ListObjectVersionsCommand).resolves({
      Name: 'mine',
      Versions: [
        { Key: 'held', VersionId: 'v' },
        { Key: 'free', VersionId: 'w' },
      ],
      DeleteMarkers: [{ Key: 'held', VersionId: 'm' }],
    });
    s3.on(S3.GetObjectLockConfigurationCommand).resolves({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
    s3.on(S3.PutObjectLegalHoldCommand, { VersionId: 'm' }).rejects(named('MethodNotAllowed'));
    s3.on(S3.DeleteObjectsCommand)
      .resolvesOnce({ Errors: [{ Key: 'held', Code: 'AccessDenied', Message: 'locked' }] })
      .resolvesOnce({});
    await sweeperOf('s3:object').remove(fakeAws(), { kind: 's3:object', id: 'mine/*', parent: 'mine' });

    expect(s3.commandCalls(S3.DeleteObjectsCommand)[1]?.args[0].input.Delete?.Objects).toEqual([
      { Key: 'held', VersionId: 'v' },
      { Key: 'held', VersionId: 'm' },
    ]);
  });

  test('objects go a thousand at a time, from all pages, and uploads one by one', async () => {
    const versions = (from: number, count: number) =>
      Array.from({ length: count }, (_nothing, index) => ({ Key: `k${from + index}`, VersionId: 'v' }));
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.GetObjectLockConfigurationCommand).rejects(named('ObjectLockConfigurationNotFoundError'));
    s3.on(S3.ListObjectVersionsCommand)
      .resolvesOnce({
        Name: 'mine',
        Versions: versions(0, 1000),
        IsTruncated: true,
        NextKeyMarker: 'k999',
        NextVersionIdMarker: 'v',
      })
      .resolvesOnce({ Name: 'mine', Versions: versions(1000, 1), DeleteMarkers: versions(0, 1) });
    s3.on(S3.DeleteObjectsCommand).resolves({});
    await sweeperOf('s3:object').remove(fakeAws(), { kind: 's3:object', id: 'mine/*', parent: 'mine' });
    const requests = s3.commandCalls(S3.DeleteObjectsCommand).map((call) => call.args[0].input);
    expect(requests.map(({ Delete }) => Delete?.Objects?.length)).toEqual([1000, 2]);
    expect(requests[0]).not.toHaveProperty('BypassGovernanceRetention');

    const upload = { kind: 's3:multipart-upload', id: 'mine/a?b?uploadId=u1', parent: 'mine' };
    await sweeperOf('s3:multipart-upload').remove(fakeAws(), upload);
    expect(s3.commandCalls(S3.AbortMultipartUploadCommand)[0]?.args[0].input).toEqual({
      Bucket: 'mine',
      Key: 'a?b',
      UploadId: 'u1',
    });
  });

  test('a listing of what is in them that is denied, or is none, is an error', async () => {
    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.ListObjectVersionsCommand).rejects(named('AccessDenied'));
    s3.on(S3.ListMultipartUploadsCommand).rejects(named('AccessDenied'));
    await expect(found('s3:object')).rejects.toThrow('AccessDenied');
    await expect(found('s3:multipart-upload')).rejects.toThrow('AccessDenied');
    s3.on(S3.ListObjectVersionsCommand).resolves({});
    s3.on(S3.ListMultipartUploadsCommand).resolves({});
    await expect(found('s3:object')).rejects.toThrow('lacks the list');
    await expect(found('s3:multipart-upload')).rejects.toThrow('lacks the list');
  });
});

test.each([
  ['s3:bucket', 'NoSuchBucket'],
  ['s3:object', 'NoSuchBucket'],
  ['s3:multipart-upload', 'NoSuchUpload'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  const removal = () => sweeperOf(kind).remove(fakeAws(), { kind, id: 'x', parent: 'x' });
  s3.onAnyCommand().rejects(named(notFound));
  s3.on(S3.ListBucketsCommand)
    .resolvesOnce({ Buckets: [{ Name: 'x' }] })
    .resolvesOnce({ Buckets: [] });
  await expect(removal()).resolves.toBeUndefined();
  await expect(removal()).resolves.toBeUndefined();
  s3.onAnyCommand().rejects(named('OperationNotPermitted'));
  s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'x' }] });
  await expect(removal()).rejects.toThrow('OperationNotPermitted');
});
