// Domains that this account has registered for the run: how they renew, who is named, and which zone answers for them.

import { GetHostedZoneCommand, paginateListHostedZones, Route53Client } from '@aws-sdk/client-route-53';
import {
  GetDomainDetailCommand,
  ListTagsForDomainCommand,
  paginateListDomains,
  Route53DomainsClient,
} from '@aws-sdk/client-route-53-domains';
import { type Aws, collect, isMarked, items, type RunScope } from '../../../lib/kit';
import { HOME } from '../facts';
import { bareId, canonical } from './zones';

export interface Domain {
  readonly name: string;
  readonly autoRenew: boolean;
  /** Whether every contact is hidden from WHOIS. */
  readonly isPrivate: boolean;
  readonly nameServers: readonly string[];
  /** Name servers of the account's public zone of that name; undefined where there is no such zone. */
  readonly zoneServers?: readonly string[] | undefined;
}

export async function domains(aws: Aws, scope: RunScope): Promise<readonly Domain[]> {
  const found: Domain[] = [];
  for (const DomainName of await domainNames(aws, scope)) {
    const detail = await aws.client(Route53DomainsClient, HOME).send(new GetDomainDetailCommand({ DomainName }));
    found.push({
      name: DomainName,
      autoRenew: detail.AutoRenew === true,
      isPrivate: [detail.AdminPrivacy, detail.RegistrantPrivacy, detail.TechPrivacy].every((hidden) => hidden === true),
      nameServers: (detail.Nameservers ?? []).map(({ Name = '' }) => canonical(Name)),
      zoneServers: await serversOf(aws, canonical(DomainName)),
    });
  }
  return found;
}

/** The service lives in Virginia; its list carries no tags. */
export async function domainNames(aws: Aws, scope: RunScope): Promise<readonly string[]> {
  const client = aws.client(Route53DomainsClient, HOME);
  const names: string[] = [];
  for await (const { DomainName = '' } of items(paginateListDomains({ client }, {}), (page) => page.Domains)) {
    if (isMarked(scope, { names: [DomainName] }) || (await isTagged(client, scope, DomainName))) names.push(DomainName);
  }
  return names;
}

async function isTagged(client: Route53DomainsClient, scope: RunScope, DomainName: string): Promise<boolean> {
  const { TagList } = await client.send(new ListTagsForDomainCommand({ DomainName }));
  return isMarked(scope, { tags: TagList });
}

async function serversOf(aws: Aws, domain: string): Promise<readonly string[] | undefined> {
  const client = aws.client(Route53Client);
  const all = await collect(items(paginateListHostedZones({ client }, {}), (page) => page.HostedZones));
  const zone = all.find(({ Name = '', Config }) => canonical(Name) === domain && Config?.PrivateZone !== true);
  if (zone?.Id === undefined) return undefined;
  const { DelegationSet } = await client.send(new GetHostedZoneCommand({ Id: bareId(zone.Id) }));
  return (DelegationSet?.NameServers ?? []).map(canonical);
}
