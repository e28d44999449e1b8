// The lab's sweepers and settings: what they take for the run's, on which page, how it goes, and what is put back.

import { AccessAnalyzerClient, DeleteAnalyzerCommand, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import * as EC2 from '@aws-sdk/client-ec2';
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { mockClient } from 'aws-sdk-client-mock';
import type { AccountSetting } from '../../lib/kit';
import { fakeAws, owning } from '../../test/support/fake-aws';
import { sweeping } from '../../test/support/sweeping';
import { settings } from './settings';
import { sweepers } from './sweepers';

const analyzer = mockClient(AccessAnalyzerClient);
const ec2 = mockClient(EC2.EC2Client);
const s3 = mockClient(S3ControlClient);
beforeEach(() => {
  for (const mock of [analyzer, ec2, s3]) mock.reset();
});

const { idsOf, remove } = sweeping(sweepers);
const OURS = 'worklab-abc123-x';
const named = (name: string): Error => Object.assign(new Error(name), { name });

test('analyzers are the run’s by name, tag or stack, on the second page too, under their ARN', async () => {
  analyzer
    .on(ListAnalyzersCommand)
    .resolves({
      analyzers: [{ arn: 'a/x', name: 'x' } as never, { arn: `a/${OURS}`, name: OURS } as never],
      nextToken: 'more',
    })
    .on(ListAnalyzersCommand, { nextToken: 'more' })
    .resolves({
      analyzers: [
        { arn: 'a/mine', name: 'mine', tags: { 'worklab:run': 'abc123' } } as never,
        { arn: 'a/held', name: 'held' } as never,
      ],
    });
  expect(await idsOf('access-analyzer:analyzer', owning('a/held'))).toEqual([`a/${OURS}`, 'a/mine', 'a/held']);
  await remove('access-analyzer:analyzer', `arn:aws:access-analyzer:us-east-1:1:analyzer/${OURS}`);
  expect(analyzer.commandCalls(DeleteAnalyzerCommand)[0]?.args[0].input).toEqual({ analyzerName: OURS });
});

describe('settings', () => {
  const setting = (kind: string): AccountSetting => settings.find((one) => one.kind === kind) ?? fail(kind);
  const fail = (kind: string): never => {
    throw new Error(`no setting ${kind}`);
  };

  test('encryption is put back either way', async () => {
    const { restore } = setting('ec2:ebs-encryption-by-default');
    await restore(fakeAws(), true);
    await restore(fakeAws(), false);
    expect(ec2.calls().map((call) => call.args[0].constructor.name)).toEqual([
      'EnableEbsEncryptionByDefaultCommand',
      'DisableEbsEncryptionByDefaultCommand',
    ]);
  });

  test('snapshots: what was not blocked is unblocked, what was blocked in part is again', async () => {
    const { restore } = setting('ec2:snapshot-block-public-access');
    await restore(fakeAws(), 'unblocked');
    await restore(fakeAws(), 'block-new-sharing');
    expect(ec2.commandCalls(EC2.DisableSnapshotBlockPublicAccessCommand)).toHaveLength(1);
    expect(ec2.commandCalls(EC2.EnableSnapshotBlockPublicAccessCommand)[0]?.args[0].input).toEqual({
      State: 'block-new-sharing',
    });
  });

  test('metadata: what was never set is read, and put back, as no preference', async () => {
    ec2.on(EC2.GetInstanceMetadataDefaultsCommand).resolves({ AccountLevel: { HttpTokens: 'optional' } });
    const { read, restore } = setting('ec2:instance-metadata-defaults');
    const was = await read(fakeAws());
    expect(was).toEqual({
      HttpTokens: 'optional',
      HttpEndpoint: 'no-preference',
      InstanceMetadataTags: 'no-preference',
      HttpTokensEnforced: 'no-preference',
      HttpPutResponseHopLimit: -1,
    });
    await restore(fakeAws(), was);
    expect(ec2.commandCalls(EC2.ModifyInstanceMetadataDefaultsCommand)[0]?.args[0].input).toEqual(was);
  });

  test('public buckets: a block that was never there is taken away', async () => {
    const { read, restore } = setting('s3:account-public-access-block');
    s3.on(GetPublicAccessBlockCommand)
      .rejectsOnce(named('NoSuchPublicAccessBlockConfiguration'))
      .resolves({ PublicAccessBlockConfiguration: { BlockPublicAcls: true } });
    expect(await read(fakeAws())).toBeNull();
    const was = await read(fakeAws());
    expect(was).toMatchObject({ BlockPublicAcls: true, RestrictPublicBuckets: false });
    await restore(fakeAws(), null);
    await restore(fakeAws(), was);
    expect(s3.commandCalls(DeletePublicAccessBlockCommand)).toHaveLength(1);
    expect(s3.commandCalls(PutPublicAccessBlockCommand)[0]?.args[0].input).toMatchObject({
      PublicAccessBlockConfiguration: was,
    });
  });
});
