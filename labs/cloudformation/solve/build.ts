// Exercises on templates → stacks from the files of the lab; nested ones from the run's bucket.

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type Aws, meets, type RunScope } from '../../../lib/kit';
import { ASKS_AND_TELLS, DEPLOYED, NESTED_STACKS } from '../demands';
import { NESTED } from '../facts';
import { families } from '../observe/families';
import { shared } from '../observe/imports';
import { deployed, interfaces } from '../observe/templates';
import { IMPORTED } from '../operations-demands';
import { template } from '../templates';
import { stackFrom } from './stack';

export async function createStacks(aws: Aws, scope: RunScope): Promise<void> {
  const there = (await deployed(aws, scope)).filter((stack) => meets(stack, DEPLOYED));
  for (const format of ['yaml', 'json'] as const) {
    if (there.some((stack) => stack.format.toLowerCase() === format)) continue;
    await stackFrom(aws, scope, { thing: `messaging-${format}`, file: `messaging.${format}` });
  }
}

export async function parameters(aws: Aws, scope: RunScope): Promise<void> {
  if ((await interfaces(aws, scope)).some((one) => meets(one, ASKS_AND_TELLS))) return;
  const chosen = { Stage: 'prod' };
  await stackFrom(aws, scope, { thing: 'parameters', file: 'parameters.yaml', parameters: chosen });
}

export async function nest(aws: Aws, scope: RunScope): Promise<void> {
  if ((await families(aws, scope)).some((family) => meets(family, NESTED_STACKS))) return;
  const bucket = `${scope.prefix}-templates`;
  for (const file of ['messaging.yaml', 'registry.yaml']) {
    const object = { Bucket: bucket, Key: `${NESTED}/${file}`, Body: template(file) };
    await aws.client(S3Client).send(new PutObjectCommand(object));
  }
  const TemplateFolder = `https://${bucket}.s3.${aws.region}.amazonaws.com/${NESTED}`;
  await stackFrom(aws, scope, { thing: 'nested', file: 'parent.yaml', parameters: { TemplateFolder } });
}

export async function share(aws: Aws, scope: RunScope): Promise<void> {
  if ((await shared(aws, scope)).some((one) => meets(one, IMPORTED))) return;
  const { name: Producer } = await stackFrom(aws, scope, { thing: 'producer', file: 'producer.yaml' });
  await stackFrom(aws, scope, { thing: 'consumer', file: 'consumer.yaml', parameters: { Producer } });
}
