// The sweepers of what outlives its stack by design: keys, which wait, and buckets, which hold.

import * as KMS from '@aws-sdk/client-kms';
import * as TAG from '@aws-sdk/client-resource-groups-tagging-api';
import * as S3 from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { universalSweepers } from '../../lib/teardown/universal';
import { fakeAws, owning } from '../support/fake-aws';
import { sweeping } from '../support/sweeping';

const { idsOf, found, of: sweeperOf, remove } = sweeping(universalSweepers([], ['us-east-1'], async () => {}));
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
    tagging
      .on(TAG.GetResourcesCommand)
      .resolves({ ResourceTagMappingList: [{ ResourceARN: 'arn:aws:kms:us-east-1:1:key/key-2' }] });
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

  test('are the run’s by name or tag, without a call for anybody else’s', async () => {
    expect(await idsOf('s3:bucket')).toEqual(['worklab-abc123-logs', 'mine']);
    expect(s3.calls()).toHaveLength(2);
  });

  test('what lies in them is told once each, over versions, markers and uploads of a second page', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves({});
    s3.on(S3.ListObjectVersionsCommand, { Bucket: 'mine' })
      .resolvesOnce({ IsTruncated: true, NextKeyMarker: 'b' })
      .resolvesOnce({ DeleteMarkers: [{ Key: 'b', VersionId: '2' }] });
    expect(await found('s3:object')).toEqual([{ kind: 's3:object', id: 'mine/*', parent: 'mine' }]);

    s3.on(S3.ListBucketsCommand).resolves({ Buckets: [{ Name: 'mine' }] });
    s3.on(S3.ListMultipartUploadsCommand)
      .resolvesOnce({ IsTruncated: true, NextKeyMarker: 'a', NextUploadIdMarker: '1', Uploads: [] })
      .resolvesOnce({ Uploads: [{ Key: 'big?file', UploadId: 'u1' }] });
    expect(await idsOf('s3:multipart-upload')).toEqual(['mine/big?file?uploadId=u1']);
  });

  test('a lock in governance mode is passed and a legal hold lifted; what stays all the same is an error', async () => {
    s3.on(S3.ListObjectVersionsCommand).resolves({ Versions: [{ Key: 'a', VersionId: '1' }] });
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
});

test.each([
  ['s3:bucket', 'NoSuchBucket'],
  ['s3:object', 'NoSuchBucket'],
  ['s3:multipart-upload', 'NoSuchUpload'],
])('removing a %s that is gone succeeds, and a refusal is an error', async (kind, notFound) => {
  s3.onAnyCommand().rejects(Object.assign(new Error(notFound), { name: notFound }));
  await expect(remove(kind, 'x')).resolves.toBeUndefined();
  s3.onAnyCommand().rejects(Object.assign(new Error('x'), { name: 'OperationNotPermitted' }));
  await expect(remove(kind, 'x')).rejects.toThrow('x');
});
