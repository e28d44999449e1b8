// What a public zone answers: by Route 53's own test, and, on AWS, by one question to the zone's own name servers.

import { Resolver } from 'node:dns/promises';
import { Route53Client, type RRType, TestDNSAnswerCommand } from '@aws-sdk/client-route-53';
import type { Aws } from '../../../lib/kit';

export interface Answer {
  readonly name: string;
  readonly type: string;
  /** NOERROR, NXDOMAIN …; undefined where nobody could tell. */
  readonly code?: string | undefined;
  readonly data: readonly string[];
  /** What a name server of the zone said, over the internet. Undefined where it was not asked, or did not answer. */
  readonly live?: readonly string[] | undefined;
}

interface Asked {
  readonly id: string;
  readonly nameServers: readonly string[];
  readonly records: readonly { readonly name: string; readonly type: string }[];
}

/** Names are asked for one by one; a zone with more of them than a lab has is not asked to the end. */
const MOST_QUESTIONS = 40;
const TYPES = new Set(['A', 'AAAA', 'CNAME', 'TXT', 'MX', 'SRV', 'CAA']);
/** What a refusal to tell looks like: not emulated, or a kind of zone or record that the test does not know. */
const CANNOT_TELL = new Set(['NotImplemented', 'InvalidInput']);

export async function answersOf(aws: Aws, { id, nameServers, records }: Asked): Promise<readonly Answer[]> {
  const asked = new Map(records.filter(({ type }) => TYPES.has(type)).map((one) => [`${one.name} ${one.type}`, one]));
  const resolver = aws.target === 'aws' ? await resolverAt(nameServers) : undefined;
  const answers: Answer[] = [];
  for (const { name, type } of [...asked.values()].slice(0, MOST_QUESTIONS)) {
    const told = await test(aws, id, name, type);
    const live = resolver && type === 'A' ? await ask(resolver, name) : undefined;
    answers.push({ name, type, ...told, live });
  }
  return answers;
}

async function test(
  aws: Aws,
  HostedZoneId: string,
  RecordName: string,
  type: string,
): Promise<Pick<Answer, 'code' | 'data'>> {
  const command = new TestDNSAnswerCommand({ HostedZoneId, RecordName, RecordType: type as RRType });
  try {
    const { ResponseCode, RecordData = [] } = await aws.client(Route53Client).send(command);
    return { code: ResponseCode, data: RecordData };
  } catch (error) {
    if (error instanceof Error && CANNOT_TELL.has(error.name)) return { code: undefined, data: [] };
    throw error;
  }
}

const PATIENCE = { timeout: 2000, tries: 2 };

/** A resolver that asks the zone's name servers and nobody else. Undefined where their addresses cannot be found. */
async function resolverAt(nameServers: readonly string[]): Promise<Resolver | undefined> {
  const addresses: string[] = [];
  for (const server of nameServers.slice(0, 2)) {
    addresses.push(...(await new Resolver(PATIENCE).resolve4(server).catch(() => [])));
  }
  if (addresses.length === 0) return undefined;
  const resolver = new Resolver(PATIENCE);
  resolver.setServers(addresses);
  return resolver;
}

/** A name that is not there is an answer; a network that lets no question through is none. */
async function ask(resolver: Resolver, name: string): Promise<readonly string[] | undefined> {
  try {
    return await resolver.resolve4(name);
  } catch (error) {
    const { code } = error as { code?: string };
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : undefined;
  }
}
