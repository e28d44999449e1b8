// The exercise on encryption and transport → a statement in the archive bucket's policy, beside those that it has.

import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { PROTECTED } from '../demands';
import { s3 } from '../observe/buckets';
import { policyOf, protections } from '../observe/protection';
import { onlyOverTls, statementsOf } from '../tls';
import { bucketNamed } from './bucket';

export async function protect(aws: Aws, scope: RunScope): Promise<void> {
  if ((await protections(aws, scope)).some((one) => meets(one, PROTECTED))) return;
  const bucket = await bucketNamed(aws, scope, 'archive');
  const Statement = [...statementsOf(await policyOf(aws, bucket)), onlyOverTls('aws', bucket.name)];
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
  await s3(aws, bucket).send(new PutBucketPolicyCommand({ Bucket: bucket.name, Policy }));
}
