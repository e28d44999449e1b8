// A product whose versions are the templates of stacks: so neither a bucket nor an asset has to hold them first.

import { Stack } from 'aws-cdk-lib';
import { CfnCloudFormationProduct, Product } from 'aws-cdk-lib/aws-servicecatalog';
import type { Construct } from 'constructs';

interface StackProductProps {
  readonly name: string;
  readonly owner: string;
  readonly versions: readonly { readonly name: string /** Its ARN. */; readonly stack: string }[];
}

/** CDK's own CloudFormationProduct knows templates at URLs alone. */
export class StackProduct extends Product {
  readonly productId: string;
  readonly productArn: string;
  readonly assetBuckets = [];

  constructor(parent: Construct, id: string, { name, owner, versions }: StackProductProps) {
    super(parent, id);
    const product = new CfnCloudFormationProduct(this, 'Resource', {
      name,
      owner,
      description: 'A log group of a team, kept for as long as the catalogue allows',
      provisioningArtifactParameters: versions.map((version) => ({
        name: version.name,
        description: `Taken from ${version.name} of the patterns`,
        info: { ImportFromPhysicalId: version.stack },
      })),
    });
    this.productId = product.ref;
    this.productArn = Stack.of(this).formatArn({ service: 'catalog', resource: 'product', resourceName: product.ref });
  }
}
