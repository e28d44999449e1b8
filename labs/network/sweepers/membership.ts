// What stands in a VPC of the run is the run's, whoever made it and however it is marked.

import { EC2Client, paginateDescribeVpcs, type Tag } from '@aws-sdk/client-ec2';
import { type Aws, isMarked, items, type SweepScope } from '../../../lib/kit';

/** What EC2 says of a thing in a VPC. */
export interface Member {
  readonly id: string | undefined;
  readonly vpc?: string | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly name?: string | undefined;
}

/** Looks up the run's VPCs; the answer tells whether a thing is the run's by its marks or by the VPC it stands in. */
export async function membership(
  aws: Aws,
  scope: SweepScope,
): Promise<(member: Member) => member is Member & { readonly id: string }> {
  const vpcs = new Set<string>();
  for await (const { VpcId: id, Tags: tags } of items(paginateDescribeVpcs(ec2(aws), {}), (page) => page.Vpcs)) {
    if (id !== undefined && (scope.owned.has(id) || isMarked(scope, { tags }))) vpcs.add(id);
  }
  const isOwned = (id: string | undefined): boolean => id !== undefined && (scope.owned.has(id) || vpcs.has(id));
  return (member): member is Member & { readonly id: string } =>
    member.id !== undefined &&
    (isOwned(member.id) || isOwned(member.vpc) || isMarked(scope, { tags: member.tags, names: [member.name] }));
}

/** What paginators and waiters want. */
export const ec2 = (aws: Aws): { readonly client: EC2Client } => ({ client: aws.client(EC2Client) });
