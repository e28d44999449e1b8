// A product launched from its first version and updated to its second, each change waited for.

import { randomUUID } from 'node:crypto';
import {
  DescribeRecordCommand,
  ProvisionProductCommand,
  type RecordDetail,
  ServiceCatalogClient,
  TerminateProvisionedProductCommand,
  UpdateProvisionedProductCommand,
} from '@aws-sdk/client-service-catalog';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { RETENTION } from '../facts';
import { LAUNCHES } from '../launch-demands';
import { type Launch, launches } from '../observe/launches';
import { type Product, portfolios } from '../observe/portfolios';
import { launchRole } from './constraints';
import { product } from './offering';
import { letCallerIn } from './people';
import { versions } from './versions';

export async function launch(aws: Aws, scope: RunScope): Promise<void> {
  const standing = await launches(aws, scope);
  if (standing.some((one) => meets(one, LAUNCHES))) return;
  await versions(aws, scope);
  await launchRole(aws, scope);
  const offer = await product(aws, scope);
  await letCallerIn(aws, offer.portfolio);
  const [first, last] = [offer.product.versions[0], offer.product.versions.at(-1)];
  if (first === undefined || last === undefined) return;
  await failedGo(aws, standing);
  const name =
    standing.find(({ status }) => status === 'AVAILABLE')?.name ?? (await begin(aws, scope, offer.product, first.id));
  const standsOnLast = standing.some((one) => one.name === name && one.version === last.name);
  await update(aws, name, offer.product, standsOnLast ? first.id : last.id);
}

/** What failed cannot be updated. */
async function failedGo(aws: Aws, standing: readonly Launch[]): Promise<void> {
  for (const { id, status } of standing) {
    if (status !== 'ERROR') continue;
    const ended = await aws
      .client(ServiceCatalogClient)
      .send(new TerminateProvisionedProductCommand({ ProvisionedProductId: id, TerminateToken: randomUUID() }));
    await over(aws, ended.RecordDetail);
  }
}

async function begin(aws: Aws, scope: RunScope, { id }: Product, version: string): Promise<string> {
  const ProvisionedProductName = `${scope.prefix}-orders`;
  const options = (await portfolios(aws, scope)).flatMap(({ tagOptions }) => tagOptions.filter(({ active }) => active));
  const chosen = new Map(options.map(({ key, value }) => [key, value]));
  const { RecordDetail } = await aws.client(ServiceCatalogClient).send(
    new ProvisionProductCommand({
      ProductId: id,
      ProvisioningArtifactId: version,
      ProvisionedProductName,
      ProvisioningParameters: [{ Key: RETENTION.parameter, Value: RETENTION.allowed[1] }],
      Tags: [{ Key: scope.tag.key, Value: scope.tag.value }, ...[...chosen].map(([Key, Value]) => ({ Key, Value }))],
      ProvisionToken: randomUUID(),
    }),
  );
  await over(aws, RecordDetail);
  return ProvisionedProductName;
}

async function update(aws: Aws, name: string, { id }: Product, version: string): Promise<void> {
  const { RecordDetail } = await aws.client(ServiceCatalogClient).send(
    new UpdateProvisionedProductCommand({
      ProvisionedProductName: name,
      ProductId: id,
      ProvisioningArtifactId: version,
      ProvisioningParameters: [{ Key: RETENTION.parameter, UsePreviousValue: true }],
      UpdateToken: randomUUID(),
    }),
  );
  await over(aws, RecordDetail);
}

/** Waits for what a record is of; throws what went wrong. */
async function over(aws: Aws, record: RecordDetail | undefined): Promise<void> {
  await waitUntil(aws, { for: `${record?.RecordType} to be over`, seconds: 600 }, async () => {
    const { RecordDetail } = await aws
      .client(ServiceCatalogClient)
      .send(new DescribeRecordCommand({ Id: record?.RecordId }));
    if (RecordDetail?.Status === 'FAILED') throw new Error(RecordDetail.RecordErrors?.[0]?.Description ?? 'it failed');
    return RecordDetail?.Status === 'SUCCEEDED';
  });
}
