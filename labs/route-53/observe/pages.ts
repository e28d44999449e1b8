// Lists of Route 53 that the SDK has no paginator for: asked page by page, each page naming the next one in one token.

import {
  ListResourceRecordSetsCommand,
  ListReusableDelegationSetsCommand,
  ListTrafficPoliciesCommand,
  ListTrafficPolicyInstancesCommand,
  ListTrafficPolicyVersionsCommand,
  ListVPCAssociationAuthorizationsCommand,
  type ResourceRecordSet,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type { Aws } from '../../../lib/kit';

/** A page as `items` reads it: the list, undefined where the answer lacks it, and what leads on. */
export interface Page<Item> {
  readonly list: readonly Item[] | undefined;
  readonly nextToken?: string | undefined;
}

interface Answer<Item, Start> {
  readonly list: readonly Item[] | undefined;
  /** Where the next page begins, undefined at the end. */
  readonly next: Start | undefined;
}

async function* pages<Item, Start extends object>(
  ask: (start: Partial<Start>) => Promise<Answer<Item, Start>>,
): AsyncGenerator<Page<Item>> {
  let start: Start | undefined;
  do {
    const answer: Answer<Item, Start> = await ask(start ?? {});
    start = answer.next;
    yield { list: answer.list, nextToken: start && JSON.stringify(start) };
  } while (start !== undefined);
}

const nextOf = <Start>(isTruncated: boolean | undefined, start: Start): Start | undefined =>
  isTruncated === true ? start : undefined;

export const recordPages = (aws: Aws, HostedZoneId: string): AsyncGenerator<Page<ResourceRecordSet>> =>
  pages(async (start) => {
    const answer = await aws.client(Route53Client).send(new ListResourceRecordSetsCommand({ HostedZoneId, ...start }));
    return {
      list: answer.ResourceRecordSets,
      next: nextOf(answer.IsTruncated, {
        StartRecordName: answer.NextRecordName,
        StartRecordType: answer.NextRecordType,
        StartRecordIdentifier: answer.NextRecordIdentifier,
      }),
    };
  });

export const trafficPolicyPages = (aws: Aws) =>
  pages(async (start) => {
    const answer = await aws.client(Route53Client).send(new ListTrafficPoliciesCommand({ ...start }));
    const next = { TrafficPolicyIdMarker: answer.TrafficPolicyIdMarker };
    return { list: answer.TrafficPolicySummaries, next: nextOf(answer.IsTruncated, next) };
  });

export const trafficPolicyVersionPages = (aws: Aws, Id: string) =>
  pages(async (start) => {
    const answer = await aws.client(Route53Client).send(new ListTrafficPolicyVersionsCommand({ Id, ...start }));
    const next = { TrafficPolicyVersionMarker: answer.TrafficPolicyVersionMarker };
    return { list: answer.TrafficPolicies, next: nextOf(answer.IsTruncated, next) };
  });

export const trafficPolicyInstancePages = (aws: Aws) =>
  pages(async (start) => {
    const answer = await aws.client(Route53Client).send(new ListTrafficPolicyInstancesCommand({ ...start }));
    return {
      list: answer.TrafficPolicyInstances,
      next: nextOf(answer.IsTruncated, {
        HostedZoneIdMarker: answer.HostedZoneIdMarker,
        TrafficPolicyInstanceNameMarker: answer.TrafficPolicyInstanceNameMarker,
        TrafficPolicyInstanceTypeMarker: answer.TrafficPolicyInstanceTypeMarker,
      }),
    };
  });

export const delegationSetPages = (aws: Aws) =>
  pages(async (start) => {
    const answer = await aws.client(Route53Client).send(new ListReusableDelegationSetsCommand({ ...start }));
    return { list: answer.DelegationSets, next: nextOf(answer.IsTruncated, { Marker: answer.NextMarker }) };
  });

export const authorizationPages = (aws: Aws, HostedZoneId: string) =>
  pages(async (start) => {
    const command = new ListVPCAssociationAuthorizationsCommand({ HostedZoneId, ...start });
    const answer = await aws.client(Route53Client).send(command);
    return { list: answer.VPCs, next: answer.NextToken === undefined ? undefined : { NextToken: answer.NextToken } };
  });
