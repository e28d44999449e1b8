// CloudTrail → what else the run's own caller made while the run stood: shown, and deleted only when a person names it.

import { CloudTrailClient, type Event, paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { paginateGetResources, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { messageOf } from '../core/errors';
import { mapAtMost } from '../core/map-at-most';
import type { Residue } from '../core/residue';
import { type Aws, items } from '../kit';
import { inRegion } from '../kit/aws';
import { lookOnce, targetsOf } from './find';
import type { World } from './world';

/** What may be the run's: it still stands, and the run's caller made it in the run's time. */
export interface Candidate extends Residue {
  readonly region: string;
  readonly why: string;
}

export interface Candidates {
  readonly found: readonly Candidate[];
  /** Why CloudTrail could not be asked, or not to its end. */
  readonly unknown: readonly string[];
}

/** LookupEvents gives 50 events a page and two pages a second (CloudTrail quotas, 2026-11-25): about a minute of looking. */
const MOST_EVENTS = 6000;
const MAKES = /^(?:Create|Run|Allocate|Copy|Import|Register|Put|Request|Restore|Launch|Start)/;
const REGIONS_AT_ONCE = 3;

interface Made {
  readonly id: string;
  readonly event: string;
  readonly at: string;
}

export interface Asking extends Pick<World, 'aws' | 'scope' | 'posts'> {
  readonly regions: readonly string[];
  /** ARN of whoever began the run; without it nobody's events can be told from another's. */
  readonly caller: string;
  /** Ids that other runs are known to own. */
  readonly others: ReadonlySet<string>;
}

/**
 * Asks the sweepers what they would take for the run's if it owned what its caller made: what they find beyond what they
 * find anyway is there, and can be removed. CloudTrail is late by up to 15 minutes.
 */
export async function candidates(asking: Asking): Promise<Candidates> {
  const { aws, scope, regions } = asking;
  const looks = await mapAtMost(REGIONS_AT_ONCE, [...regions], (region) => madeIn(inRegion(aws, region), asking));
  const made = new Map(looks.flatMap(({ found }) => found).map((one) => [one.id, one]));
  const ids = [...made.keys()].filter((id) => !scope.owned.has(id) && !asking.others.has(id));
  const unknown = looks.flatMap(({ reason }) => reason ?? []);
  if (ids.length === 0) return { found: [], unknown };
  const [anyway, supposed] = [
    await seen(asking),
    await seen({ ...asking, scope: { ...scope, owned: new Set([...scope.owned, ...ids]) } }),
  ];
  const fresh = [...supposed].filter(([key]) => !anyway.has(key)).map(([, target]) => target);
  const strangers = await ofOtherRuns(asking, fresh);
  return {
    found: fresh
      .filter(({ id }) => made.has(id) && !strangers.has(id))
      .map((one) => ({ ...one, why: whyOf(made.get(one.id)) })),
    unknown,
  };
}

const whyOf = (made: Made | undefined): string => `${made?.event} by the run's own caller at ${made?.at}`;

async function madeIn(
  aws: Aws,
  { scope, caller }: Asking,
): Promise<{ readonly found: readonly Made[]; readonly reason?: string }> {
  const found: Made[] = [];
  let read = 0;
  try {
    const pages = paginateLookupEvents(
      { client: aws.client(CloudTrailClient), pageSize: 50 },
      { StartTime: new Date(scope.since), LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }] },
    );
    for await (const event of items(pages, (page) => page.Events)) {
      read += 1;
      if (read > MOST_EVENTS)
        return { found, reason: `${aws.region}: more than ${MOST_EVENTS} events since the run began` };
      found.push(...madeBy(event, caller, scope.since));
    }
    return { found };
  } catch (error) {
    return { found, reason: `${aws.region}: CloudTrail could not be asked: ${messageOf(error)}` };
  }
}

function madeBy(
  { EventName = '', EventTime, Resources = [], CloudTrailEvent = '{}' }: Event,
  caller: string,
  since: string,
): Made[] {
  // The window begins at a whole second: what was made before the run in that second is not the run's.
  if (!MAKES.test(EventName) || EventTime === undefined || EventTime < new Date(since)) return [];
  const { userIdentity, errorCode } = JSON.parse(CloudTrailEvent) as {
    readonly userIdentity?: { readonly arn?: string; readonly invokedBy?: string };
    readonly errorCode?: string;
  };
  // What CloudFormation did on the caller's behalf stands in a stack, and is known from there.
  if (errorCode !== undefined || userIdentity?.arn !== caller || userIdentity.invokedBy !== undefined) return [];
  const at = EventTime.toISOString();
  return Resources.filter(({ ResourceType = '' }) => isMadeBy(EventName, ResourceType)).flatMap(
    ({ ResourceName: id }) => (id === undefined ? [] : [{ id, event: EventName, at }]),
  );
}

/** CloudTrail names all that a call concerned: the subnet of an instance, the snapshot of a volume. */
function isMadeBy(event: string, type: string): boolean {
  const thing = type.split('::').at(-1) ?? '';
  return SPELLED_OTHERWISE[event] === thing || event.replace(MAKES, '').toLowerCase().startsWith(thing.toLowerCase());
}

const SPELLED_OTHERWISE: Readonly<Record<string, string>> = {
  AllocateAddress: 'EIP',
  CopyImage: 'Ami',
  CreateImage: 'Ami',
  PutMetricAlarm: 'Alarm',
  RegisterImage: 'Ami',
};

type Seen = Residue & { readonly region: string };

async function seen(world: Pick<World, 'aws' | 'scope' | 'posts'>): Promise<Map<string, Seen>> {
  const targets = targetsOf(await lookOnce(world));
  return new Map(
    targets
      .filter(({ residue }) => residue.why === undefined)
      .map(({ residue, region }) => [`${residue.kind} ${residue.id} ${region}`, { ...residue, region }]),
  );
}

/** Ids among these that carry the tag of another run: one learner may have several. */
async function ofOtherRuns({ aws, scope, regions }: Asking, found: readonly Seen[]): Promise<Set<string>> {
  const tagged: string[] = [];
  for (const region of found.length === 0 ? [] : regions) {
    const client = aws.client(ResourceGroupsTaggingAPIClient, region);
    const pages = paginateGetResources({ client }, { TagFilters: [{ Key: scope.tag.key }] });
    for await (const { ResourceARN = '', Tags = [] } of items(pages, (page) => page.ResourceTagMappingList)) {
      const run = Tags.find(({ Key }) => Key === scope.tag.key)?.Value;
      if (run !== scope.tag.value) tagged.push(ResourceARN);
    }
  }
  return new Set(
    found
      .map(({ id }) => id)
      .filter((id) => tagged.some((arn) => arn === id || arn.endsWith(`/${id}`) || arn.endsWith(`:${id}`))),
  );
}
