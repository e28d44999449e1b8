// The versions of the run's product, what binds their parameters; and how the old one goes.

import {
  CreateProvisioningArtifactCommand,
  DescribeProvisioningArtifactCommand,
  ServiceCatalogClient,
  UpdateProvisioningArtifactCommand,
} from '@aws-sdk/client-service-catalog';
import { type Aws, meets, type RunScope, waitUntil } from '../../../lib/kit';
import { RETIRED } from '../demands';
import { VERSIONS, type Version } from '../facts';
import { portfolios } from '../observe/portfolios';
import { templateConstraint } from './constraints';
import { artifact, product } from './offering';

export async function versions(aws: Aws, scope: RunScope): Promise<void> {
  const offer = await product(aws, scope);
  const names = new Set(offer.product.versions.map(({ name }) => name));
  for (const version of VERSIONS) {
    const enough = names.size > 1 && names.size === offer.product.versions.length;
    if (names.has(version) || enough) continue;
    await addVersion(aws, scope, offer.product.id, version);
    names.add(version);
  }
  await templateConstraint(aws, offer);
}

async function addVersion(aws: Aws, scope: RunScope, ProductId: string, version: Version): Promise<void> {
  const client = aws.client(ServiceCatalogClient);
  const Parameters = await artifact(aws, scope, version);
  const made = await client.send(new CreateProvisioningArtifactCommand({ ProductId, Parameters }));
  const ProvisioningArtifactId = made.ProvisioningArtifactDetail?.Id;
  await waitUntil(aws, { for: `${version} to be available`, seconds: 60 }, async () => {
    const { Status } = await client.send(
      new DescribeProvisioningArtifactCommand({ ProductId, ProvisioningArtifactId }),
    );
    return Status === 'AVAILABLE';
  });
}

export async function retire(aws: Aws, scope: RunScope): Promise<void> {
  if ((await portfolios(aws, scope)).some((one) => meets(one, RETIRED))) return;
  await versions(aws, scope);
  const { product: found } = await product(aws, scope);
  const oldest = found.versions[0];
  if (oldest === undefined) return;
  const named = { ProductId: found.id, ProvisioningArtifactId: oldest.id };
  await aws
    .client(ServiceCatalogClient)
    .send(new UpdateProvisioningArtifactCommand({ ...named, Guidance: 'DEPRECATED' }));
}
