// The run's public zone, and changes to it that are waited for until every name server knows them.

import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  type ResourceRecordSet,
  Route53Client,
  type TagResourceType,
  waitUntilResourceRecordSetsChanged,
} from '@aws-sdk/client-route-53';
import { type Aws, patience, type RunScope, WorklabError } from '../../../lib/kit';
import { quietZones, type Zone } from '../observe/zones';

const MINUTE = 60;
/** Seconds that a change may take to reach every name server; usually one minute. */
export const SPREADING = 300;

export async function publicZone(aws: Aws, scope: RunScope): Promise<Zone> {
  const zone = (await quietZones(aws, scope)).find(({ isPrivate }) => !isPrivate);
  if (zone === undefined) {
    throw new WorklabError('usage/invalid', {
      what: `the public zone of run ${scope.run} is not there`,
      fix: 'deploy the lab again: the exercises stand in it',
    });
  }
  return zone;
}

/** One plain record, or one of several that share its name. */
export const record = (
  Name: string,
  Type: NonNullable<ResourceRecordSet['Type']>,
  Value: string,
  routing: Omit<ResourceRecordSet, 'Name' | 'Type'> = {},
): ResourceRecordSet => ({ Name, Type, TTL: MINUTE, ResourceRecords: [{ Value }], ...routing });

export const alias = (
  Name: string,
  target: { readonly hostedZoneId: string; readonly dnsName: string },
): ResourceRecordSet => ({
  Name,
  Type: 'A',
  AliasTarget: { HostedZoneId: target.hostedZoneId, DNSName: target.dnsName, EvaluateTargetHealth: false },
});

/** Makes the sets or puts them right, in one batch: all of them or none. */
export async function upsert(aws: Aws, HostedZoneId: string, sets: readonly ResourceRecordSet[]): Promise<void> {
  if (sets.length === 0) return;
  const Changes = sets.map((ResourceRecordSet) => ({ Action: 'UPSERT' as const, ResourceRecordSet }));
  const command = new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } });
  const { ChangeInfo } = await aws.client(Route53Client).send(command);
  await untilSpread(aws, ChangeInfo?.Id);
}

export async function untilSpread(aws: Aws, Id: string | undefined): Promise<void> {
  await waitUntilResourceRecordSetsChanged(
    { client: aws.client(Route53Client), ...patience(aws, SPREADING) },
    { Id: Id ?? '' },
  );
}

/** Route 53 takes no tags while it makes a thing: the run's are put on right after. */
export const mark = (
  aws: Aws,
  { tag, prefix }: RunScope,
  ResourceType: TagResourceType,
  ResourceId: string,
  name: string,
) =>
  aws.client(Route53Client).send(
    new ChangeTagsForResourceCommand({
      ResourceType,
      ResourceId,
      AddTags: [
        { Key: tag.key, Value: tag.value },
        { Key: 'Name', Value: `${prefix}-${name}` },
      ],
    }),
  );
