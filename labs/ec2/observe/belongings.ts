// What belongs to the run's machines: key pairs, public addresses, placement groups.

import {
  DescribeAddressesCommand,
  DescribeKeyPairsCommand,
  DescribePlacementGroupsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { type Aws, collect, isMarked, items, onePage, type RunScope } from '../../../lib/kit';
import { type Machine, machines } from './machines';

export interface KeyPair {
  readonly name: string;
  /** rsa or ed25519. */
  readonly type: string;
  /** Running machines that were launched with it. */
  readonly usedBy: readonly string[];
}

export async function keyPairs(aws: Aws, scope: RunScope): Promise<KeyPair[]> {
  const found = await machines(aws, scope);
  const answer = aws.client(EC2Client).send(new DescribeKeyPairsCommand({ IncludePublicKey: true }));
  const keys: KeyPair[] = [];
  for await (const { KeyName: name = '', KeyType, Tags } of items(onePage(answer), (page) => page.KeyPairs)) {
    const usedBy = found.filter(({ keyName, state }) => keyName === name && state === 'running').map(({ id }) => id);
    if (usedBy.length > 0 || isMarked(scope, { tags: Tags, names: [name] })) {
      keys.push({ name, type: KeyType ?? 'unknown', usedBy });
    }
  }
  return keys;
}

export interface Address {
  readonly ip: string;
  /** The machine of the run that it leads to, if it leads to one. */
  readonly machine?: Machine | undefined;
}

export async function addresses(aws: Aws, scope: RunScope): Promise<Address[]> {
  const found = await machines(aws, scope);
  const answer = aws.client(EC2Client).send(new DescribeAddressesCommand({}));
  const all = await collect(items(onePage(answer), (page) => page.Addresses));
  return all
    .map(({ PublicIp: ip = '', InstanceId, Tags }) => ({
      ip,
      marked: isMarked(scope, { tags: Tags }),
      machine: found.find(({ id }) => id === InstanceId),
    }))
    .filter(({ marked, machine }) => marked || machine !== undefined)
    .map(({ ip, machine }) => ({ ip, machine }));
}

export interface PlacementGroup {
  readonly name: string;
  readonly strategy: string;
  readonly state: string;
}

export async function placementGroups(aws: Aws, scope: RunScope): Promise<PlacementGroup[]> {
  const answer = aws.client(EC2Client).send(new DescribePlacementGroupsCommand({}));
  const all = await collect(items(onePage(answer), (page) => page.PlacementGroups));
  return all
    .filter(({ GroupName, Tags }) => isMarked(scope, { tags: Tags, names: [GroupName] }))
    .map(({ GroupName = '', Strategy = 'unknown', State = 'unknown' }) => ({
      name: GroupName,
      strategy: Strategy,
      state: State,
    }));
}
