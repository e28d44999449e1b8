// What is looked at in an account before anything is made, asked of the sandbox.

import { join } from 'node:path';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { mockClient } from 'aws-sdk-client-mock';
import { openForReading } from '../../lib/aws/door';
import { localSession } from '../../lib/aws/identity';
import { inspectAccount } from '../../lib/guard/inspect';
import { preflight } from '../../lib/guard/preflight';
import { discoverLabs } from '../../lib/registry/discover';
import { sandboxForThisFile } from '../support/sandbox';

const sandbox = sandboxForThisFile();
const session = () => localSession(sandbox().endpoint, 'us-east-1');

test('every look of every lab is answered', async () => {
  const labs = [...discoverLabs(join(__dirname, '..', '..', 'labs')).values()];
  const all = (await Promise.all(labs.map((lab) => lab.preflight?.() ?? []))).flat();

  const concerns = await preflight(openForReading(await session()), all);

  expect(all.length).toBeGreaterThan(0);
  expect(concerns.filter(({ what }) => what.includes('could not be looked at'))).toEqual([]);
});

test('an account without an organization has no management account; one of its own has', async () => {
  expect(await inspectAccount(await session())).toMatchObject({
    account: '123456789012',
    management: null,
    unknown: [],
  });
  const organizations = mockClient(OrganizationsClient);
  organizations
    .on(DescribeOrganizationCommand)
    .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));

  expect(await inspectAccount(await session())).toMatchObject({
    management: null,
    unknown: ['the organization of the account could not be read: no'],
  });
  organizations.restore();
});
