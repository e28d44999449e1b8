// What is asked of a trail, of the account's defaults, of units and of accounts, in the order in which a learner would see to it. Pure.

import type { Demand } from '../../lib/kit';
import type { Baseline } from './observe/baseline';
import type { Governed, Plan } from './observe/landing-zone';
import type { Trail } from './observe/logging';
import type { Vended } from './observe/vending';

/** A pattern that looks at the root user, or at a login without a second factor. */
const WORRYING = /userIdentity\.type|MFAUsed|ConsoleLogin/;
const watched = ({ filters }: Trail) => filters.filter(({ pattern }) => WORRYING.test(pattern));

export const TRAILS: readonly Demand<Trail>[] = [
  {
    expected: 'a trail that is logging',
    met: ({ logging }) => logging,
    actual: ({ name }) => `${name} is not logging`,
    hint: 'a trail made through the API has to be started',
  },
  {
    expected: 'a trail of all regions',
    met: ({ multiRegion }) => multiRegion,
    actual: ({ name }) => `${name} sees one region`,
    hint: 'what happens where nobody looks happens in the other regions',
  },
  {
    expected: 'global services in it',
    met: ({ globalEvents }) => globalEvents,
    actual: ({ name }) => `${name} leaves global services out`,
    hint: 'IAM and STS are global services',
  },
  {
    expected: 'log files whose integrity can be shown',
    met: ({ validation }) => validation,
    actual: ({ name }) => `${name} writes no digests`,
    hint: 'log file validation writes a signed digest every hour',
  },
  {
    expected: 'a bucket that nobody can make public',
    met: ({ bucketClosed }) => bucketClosed,
    actual: ({ bucket }) => `${bucket} does not block public access in all four ways`,
    hint: 'the archive is the last bucket that should ever be public',
  },
  {
    expected: 'events in a log group too',
    met: ({ logGroup }) => logGroup !== '',
    actual: ({ name }) => `${name} writes to its bucket alone`,
    hint: 'a bucket keeps, a log group can be watched: the trail needs the group’s ARN and a role',
  },
  {
    expected: 'a metric filter on the root user or on logins without a second factor',
    met: (trail) => watched(trail).length > 0,
    actual: ({ logGroup, filters }) =>
      filters.length === 0 ? `${logGroup} has no metric filter` : `the filters of ${logGroup} look for something else`,
    hint: 'in a pattern: $.userIdentity.type = "Root", or $.additionalEventData.MFAUsed != "Yes"',
  },
  {
    expected: 'an alarm on what the filter counts',
    met: (trail) => watched(trail).some(({ alarms }) => alarms.length > 0),
    actual: (trail) => `nothing watches ${watched(trail)[0]?.metrics.join(', ')}`,
    hint: 'namespace and name of the metric are those that the filter gives it',
  },
];

export const BASELINE: readonly Demand<Baseline>[] = [
  {
    expected: 'new volumes encrypted',
    met: ({ encrypted }) => encrypted,
    actual: () => 'they are not',
    hint: 'encryption by default is a setting of the account in a region',
  },
  {
    expected: 'no snapshot shared with everybody',
    met: ({ snapshots }) => snapshots === 'block-all-sharing',
    actual: ({ snapshots }) => `the state is ${snapshots}`,
    hint: 'block-new-sharing leaves public what is public already',
  },
  {
    expected: 'new instances that ask for a token for their metadata',
    met: ({ tokens }) => tokens === 'required',
    actual: ({ tokens }) => `HttpTokens is ${tokens}`,
    hint: 'the default of the account holds for instances that say nothing themselves',
  },
  {
    expected: 'no bucket of the account public, whatever it says',
    met: ({ buckets }) => buckets !== null && Object.values(buckets).every((on) => on),
    actual: ({ buckets }) =>
      buckets === null
        ? 'no block of public access for the account'
        : `off: ${Object.entries(buckets)
            .filter(([, on]) => !on)
            .map(([name]) => name)
            .join(', ')}`,
    hint: 'there are four blocks, for the account as for each bucket',
  },
  {
    expected: 'an active analyzer of external access',
    met: ({ analyzers }) => analyzers.length > 0,
    actual: () => 'none',
    hint: 'the type is ACCOUNT: free, one for a region; unused access costs by the role',
  },
];

type Zone = NonNullable<Plan['landingZones']>[number];
export const ZONES: readonly Demand<Zone>[] = [
  {
    expected: 'a landing zone that is active',
    met: ({ status }) => status === 'ACTIVE',
    actual: ({ status }) => `it is ${status}`,
    hint: 'it takes about an hour; a failed one tells why in its last operation',
  },
  {
    expected: 'version 4.0 or later',
    met: ({ version }) => Number.parseFloat(version) >= 4,
    actual: ({ version }) => `it is version ${version}`,
    hint: 'the manifest is one of version 4.0',
  },
];

type Unit = Governed['units'][number];
export const REGISTERED: readonly Demand<Unit>[] = [
  {
    expected: 'a unit that is registered',
    met: ({ baselines }) => baselines.length > 0,
    actual: ({ name }) => `${name} is known to Organizations alone`,
    hint: 'a unit made in Organizations is governed once a baseline is enabled on it',
  },
];

export const GUARDED: readonly Demand<Unit>[] = [
  ...REGISTERED,
  {
    expected: 'at least two controls on it',
    met: ({ controls }) => new Set(controls).size >= 2,
    actual: ({ name, controls }) => `${name} has ${new Set(controls).size}`,
    hint: 'one that prevents (an SCP behind it) and one that detects (a rule of AWS Config)',
  },
];

type Account = Vended['accounts'][number];
export const VENDED: readonly Demand<Account>[] = [
  {
    expected: 'a product of Account Factory',
    met: ({ product }) => /Account Factory/i.test(product),
    actual: ({ name, product }) => `${name} is a ${product}`,
    hint: 'the product is called AWS Control Tower Account Factory',
  },
  {
    expected: 'an account that is ready',
    met: ({ status }) => status === 'AVAILABLE',
    actual: ({ name, status }) => `${name} is ${status}`,
    hint: 'it takes about half an hour; its record tells what went wrong',
  },
];
