// How the run's buckets protect what is in them: encryption, no public access, TLS alone.

import { GetBucketEncryptionCommand, GetBucketPolicyCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import type { Aws, RunScope } from '../../../lib/kit';
import { type Bucket, bucketsOfRun, orNone, s3 } from './buckets';

export interface Protection {
  readonly bucket: string;
  /** AES256, aws:kms or aws:kms:dsse. */
  readonly algorithm?: string | undefined;
  readonly closed: boolean;
  /** The bucket's policy as it stands, where it has one. */
  readonly policy?: string | undefined;
}

export async function protections(aws: Aws, scope: RunScope): Promise<Protection[]> {
  return Promise.all((await bucketsOfRun(aws, scope)).map((bucket) => protectionOf(aws, bucket)));
}

async function protectionOf(aws: Aws, bucket: Bucket): Promise<Protection> {
  const client = s3(aws, bucket);
  const Bucket = bucket.name;
  const encryption = await client.send(new GetBucketEncryptionCommand({ Bucket }));
  const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
  const block = await orNone(['NoSuchPublicAccessBlockConfiguration'], () =>
    client.send(new GetPublicAccessBlockCommand({ Bucket })),
  );
  const flags = Object.values(block?.PublicAccessBlockConfiguration ?? {});
  return {
    bucket: bucket.name,
    algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    closed: flags.length === 4 && flags.every(Boolean),
    policy: await policyOf(aws, bucket),
  };
}

export async function policyOf(aws: Aws, bucket: Bucket): Promise<string | undefined> {
  const command = new GetBucketPolicyCommand({ Bucket: bucket.name });
  return (await orNone(['NoSuchBucketPolicy'], () => s3(aws, bucket).send(command)))?.Policy;
}
