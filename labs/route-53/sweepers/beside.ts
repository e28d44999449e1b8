// What stands beside Route 53: the policies of its log groups, and alarms. Log groups and keys are swept for every lab alike.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  type DescribeAlarmsCommandOutput,
  ListTagsForResourceCommand,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DeleteResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
import { HOME } from '../facts';
import { resourcePolicyPages } from '../observe/logging';

const LOGS_GONE = ['ResourceNotFoundException'];

/** Ten in a region. A policy of another name may serve log groups of others as well: it is pointed at, and left. */
export const resourcePolicies: Sweeper = {
  kind: 'logs:resource-policy',
  after: ['route53:queryloggingconfig'],

  async *list(aws, scope) {
    for await (const { policyName: id = '', policyDocument = '' } of items(
      resourcePolicyPages(aws, aws.region),
      (page) => page.resourcePolicies,
    )) {
      if (isMarked(scope, { names: [id] }) || scope.owned.has(id)) yield { kind: 'logs:resource-policy', id };
      else if (namesRun(policyDocument, scope)) {
        yield {
          kind: 'logs:resource-policy',
          id,
          why: 'lets a service write into log groups of the run, and maybe of others',
        };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(LOGS_GONE, () =>
      aws.client(CloudWatchLogsClient).send(new DeleteResourcePolicyCommand({ policyName: id })),
    ),
};

const namesRun = (document: string, { prefix }: SweepScope): boolean =>
  new RegExp(`log-group:[^"]*${prefix}(?![a-z0-9])`, 'i').test(document);

/** Alarms of Route 53's own metrics and of the run's name, in Virginia. */
export const alarms: Sweeper = {
  kind: 'cloudwatch:alarm',
  regions: [HOME],
  after: ['route53:healthcheck'],

  async *list(aws, scope) {
    const query = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
    const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, query);
    for await (const alarm of items(pages, alarmsOf)) {
      const { AlarmName: id = '', AlarmArn, Dimensions = [] } = alarm;
      const isOfRun =
        isMarked(scope, { names: [id] }) ||
        scope.owned.has(id) ||
        Dimensions.some(({ Value = '' }) => scope.owned.has(Value)) ||
        (await isTagged(aws, scope, AlarmArn));
      if (isOfRun) yield { kind: 'cloudwatch:alarm', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound'], () =>
      aws.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
    ),
};

const alarmsOf = ({ MetricAlarms, CompositeAlarms = [] }: DescribeAlarmsCommandOutput): MetricAlarm[] | undefined =>
  MetricAlarms && [...MetricAlarms, ...CompositeAlarms];

/** The list of alarms carries no tags: each alarm that nothing else tells of is asked. */
async function isTagged(aws: Aws, scope: SweepScope, arn: string | undefined): Promise<boolean> {
  let tagged = false;
  await unlessGone(['ResourceNotFoundException'], async () => {
    const { Tags } = await aws.client(CloudWatchClient).send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    tagged = isMarked(scope, { tags: Tags });
  });
  return tagged;
}
