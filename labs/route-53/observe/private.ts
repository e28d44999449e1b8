// The run's private zones, and whether the networks that may ask them let DNS work.

import { DescribeVpcAttributeCommand, EC2Client, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { quietZones } from './zones';

export interface PrivateZone {
  readonly name: string;
  readonly records: readonly string[];
  /** Networks of the run among those that may ask it. */
  readonly vpcs: readonly { readonly id: string; readonly resolvesNames: boolean }[];
}

export async function privateZones(aws: Aws, scope: RunScope): Promise<readonly PrivateZone[]> {
  const own = await vpcsOfRun(aws, scope);
  const found: PrivateZone[] = [];
  for (const { name, records, vpcs } of (await quietZones(aws, scope)).filter(({ isPrivate }) => isPrivate)) {
    const asking = [];
    for (const id of vpcs.filter((vpc) => own.includes(vpc))) {
      asking.push({ id, resolvesNames: await resolvesNames(aws, id) });
    }
    found.push({ name, records: records.map((record) => `${record.name} ${record.type}`), vpcs: asking });
  }
  return found;
}

export async function vpcsOfRun(aws: Aws, scope: RunScope): Promise<readonly string[]> {
  const client = aws.client(EC2Client);
  const all = await collect(items(paginateDescribeVpcs({ client }, {}), (page) => page.Vpcs));
  return all.filter(({ Tags }) => isMarked(scope, { tags: Tags })).flatMap(({ VpcId }) => VpcId ?? []);
}

/** A private zone answers only where both attributes of the network are on. */
async function resolvesNames(aws: Aws, VpcId: string): Promise<boolean> {
  const client = aws.client(EC2Client);
  const support = await client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsSupport' }));
  const names = await client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute: 'enableDnsHostnames' }));
  return support.EnableDnsSupport?.Value === true && names.EnableDnsHostnames?.Value === true;
}
