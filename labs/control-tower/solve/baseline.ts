// The defaults of the account, one by one; each is left alone where it is as it should be.

import { AccessAnalyzerClient, CreateAnalyzerCommand } from '@aws-sdk/client-accessanalyzer';
import {
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  EnableSnapshotBlockPublicAccessCommand,
  ModifyInstanceMetadataDefaultsCommand,
} from '@aws-sdk/client-ec2';
import { PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { type Aws, type RunScope, waitUntil } from '../../../lib/kit';
import { externalAnalyzers, baseline as look } from '../observe/baseline';

const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

export async function baseline(aws: Aws, scope: RunScope): Promise<void> {
  const now = await look(aws);
  const ec2 = aws.client(EC2Client);
  if (!now.encrypted) await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
  if (now.snapshots !== 'block-all-sharing') {
    await ec2.send(new EnableSnapshotBlockPublicAccessCommand({ State: 'block-all-sharing' }));
  }
  if (now.tokens !== 'required') await ec2.send(new ModifyInstanceMetadataDefaultsCommand({ HttpTokens: 'required' }));
  if (now.buckets === null || Object.values(now.buckets).includes(false)) {
    const block = { AccountId: aws.account, PublicAccessBlockConfiguration: CLOSED };
    await aws.client(S3ControlClient).send(new PutPublicAccessBlockCommand(block));
  }
  if (now.analyzers.length === 0) await putAnalyzer(aws, scope);
}

async function putAnalyzer(aws: Aws, { prefix, tag }: RunScope): Promise<void> {
  const analyzerName = `${prefix}-external`;
  const make = new CreateAnalyzerCommand({ analyzerName, type: 'ACCOUNT', tags: { [tag.key]: tag.value } });
  await aws.client(AccessAnalyzerClient).send(make);
  await waitUntil(aws, { for: `${analyzerName} to be active`, seconds: 120 }, async () =>
    (await externalAnalyzers(aws)).includes(analyzerName),
  );
}
