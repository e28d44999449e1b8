// The schedules as requests: AWS's own models judge them (the sandbox is strict), moto keeps them, the sweepers take them away.

import { GetRolePolicyCommand, IAMClient, paginateListAttachedRolePolicies } from '@aws-sdk/client-iam';
import { GetScheduleCommand, paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import { openForActing } from '../../lib/aws/door';
import { localSession } from '../../lib/aws/identity';
import { scopeOf } from '../../lib/core/run';
import { scheduleExpiry } from '../../lib/expiry/expiry';
import { deletionWaves } from '../../lib/expiry/plan';
import { type Aws, collect, items } from '../../lib/kit';
import { inRegion } from '../../lib/kit/aws';
import { universalSweepers } from '../../lib/teardown/universal';
import { SCOPE } from '../support/fake-aws';
import { sandboxForThisFile } from '../support/sandbox';

const sandbox = sandboxForThisFile();
const scope = scopeOf('abcde2');
const LATER = new Date('2030-01-01T12:00:00Z');
const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ec2:DeleteVpc', Resource: '*' }],
};

let aws: Aws;
let calls: string[];
beforeAll(async () => {
  calls = [];
  aws = openForActing(await localSession(sandbox().endpoint, 'us-east-1'), (call) => calls.push(call));
});

const stacks = [
  { name: 'worklab-abcde2-network', lab: 'network', region: 'us-east-1' },
  { name: 'worklab-abcde2-ec2', lab: 'ec2', region: 'us-east-1' },
  { name: 'worklab-abcde2-copy', lab: 'backup', region: 'us-west-2' },
];
const expire = (expires: Date) =>
  scheduleExpiry({
    aws,
    scope,
    waves: deletionWaves(stacks, (lab) => (lab === 'ec2' ? ['network'] : [])),
    expires,
    documents: [DOCUMENT],
    sleep: async () => {},
  });

const GroupName = 'worklab-abcde2-expiry';
const schedule = (Name: string, region = 'us-east-1') =>
  aws.client(SchedulerClient, region).send(new GetScheduleCommand({ GroupName, Name }));

test('each stack has a schedule in its own region, which removes itself; its role may delete the run’s stacks alone', async () => {
  expect(await expire(LATER)).toBe(5);

  const ec2 = await schedule('worklab-abcde2-ec2');
  expect(ec2).toMatchObject({
    ScheduleExpression: 'at(2030-01-01T12:00:00)',
    ScheduleExpressionTimezone: 'UTC',
    ActionAfterCompletion: 'DELETE',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: 'arn:aws:scheduler:::aws-sdk:cloudformation:deleteStack',
      RoleArn: 'arn:aws:iam::123456789012:role/worklab-abcde2-expiry',
    },
  });
  expect(JSON.parse(ec2.Target?.Input ?? '')).toEqual({ StackName: 'worklab-abcde2-ec2' });
  expect(await schedule('worklab-abcde2-network')).toMatchObject({ ScheduleExpression: 'at(2030-01-01T12:30:00)' });
  expect(await schedule('worklab-abcde2-copy', 'us-west-2')).toMatchObject({ State: 'ENABLED' });

  const iam = aws.client(IAMClient);
  const RoleName = 'worklab-abcde2-expiry';
  const own = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'stacks' }));
  expect(JSON.parse(decodeURIComponent(own.PolicyDocument ?? '')).Statement[0]).toEqual({
    Effect: 'Allow',
    Action: 'cloudformation:DeleteStack',
    Resource: 'arn:aws:cloudformation:*:123456789012:stack/worklab-abcde2-*/*',
  });
  const attached = await collect(
    items(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies),
  );
  expect(attached.map(({ PolicyName }) => PolicyName)).toEqual(['worklab-abcde2-expiry-1']);
});

test('made again, they move to the other time, and nothing is there twice', async () => {
  await expire(LATER);
  await expire(new Date('2030-01-01T15:00:00Z'));

  expect(await schedule('worklab-abcde2-ec2')).toMatchObject({ ScheduleExpression: 'at(2030-01-01T15:00:00)' });
  const all = await collect(
    items(paginateListSchedules({ client: aws.client(SchedulerClient) }, { GroupName }), (page) => page.Schedules),
  );
  expect(all).toHaveLength(4);
});

test('the sweepers that no lab writes find group, role and policy, and leave none', async () => {
  await expire(LATER);
  const sought = { ...SCOPE, ...scope };
  const sweepers = universalSweepers([], ['us-west-2'], async () => {});
  const kinds = ['scheduler:schedule-group', 'iam:role', 'iam:policy'];
  const found = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (const { kind, list, regions = [] } of sweepers.filter((one) => kinds.includes(one.kind))) {
      for (const region of regions) {
        const there = inRegion(aws, region);
        for (const { id } of await collect(list(there, sought))) ids.push(`${kind} ${id} ${region}`);
      }
    }
    return ids;
  };
  expect(await found()).toEqual([
    'scheduler:schedule-group worklab-abcde2-expiry us-west-2',
    'scheduler:schedule-group worklab-abcde2-expiry us-east-1',
    'iam:role worklab-abcde2-expiry us-east-1',
    'iam:policy arn:aws:iam::123456789012:policy/worklab-abcde2-expiry-1 us-east-1',
  ]);

  for (const text of await found()) {
    const [kind = '', id = '', region = ''] = text.split(' ');
    const there = inRegion(aws, region);
    await sweepers.find((one) => one.kind === kind)?.remove(there, { kind, id });
  }
  expect(await found()).toEqual([]);
});

test('what a role cannot hold is refused before anything is made', async () => {
  calls = [];
  const documents = Array.from({ length: 11 }, () => DOCUMENT);

  await expect(
    scheduleExpiry({ aws, scope, waves: [stacks], expires: LATER, documents, sleep: async () => {} }),
  ).rejects.toThrow('need 11 policies');
  expect(calls).toEqual([]);
});
