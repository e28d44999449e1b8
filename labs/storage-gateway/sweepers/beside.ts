// What stands beside the gateways under the run's name: roles, log groups, alarms, dashboards.

import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  paginateDescribeAlarms,
  paginateListDashboards,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';

const IAM_GONE = ['NoSuchEntityException', 'NoSuchEntity'];

export const roles: Sweeper = {
  kind: 'iam:role',
  // A share without its role can upload nothing, and does not say so.
  after: ['storagegateway:share'],

  async *list(aws, scope) {
    const pages = paginateListRoles({ client: aws.client(IAMClient) }, {});
    for await (const { RoleName: id, Path } of items(pages, (page) => page.Roles)) {
      if (id !== undefined && (isMarked(scope, { names: [id, Path] }) || scope.owned.has(id)))
        yield { kind: 'iam:role', id };
    }
  },

  remove: (aws, { id: RoleName }) =>
    unlessGone(IAM_GONE, async () => {
      const client = aws.client(IAMClient);
      const attached = paginateListAttachedRolePolicies({ client }, { RoleName });
      for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
        await unlessGone(IAM_GONE, () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      }
      const inline = paginateListRolePolicies({ client }, { RoleName });
      for await (const PolicyName of items(inline, (page) => page.PolicyNames)) {
        await unlessGone(IAM_GONE, () => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
      await client.send(new DeleteRoleCommand({ RoleName }));
    }),
};

/** A share makes its audit log's streams, not the group; a console makes groups under the service's own name. */
export const logGroups: Sweeper = {
  kind: 'logs:log-group',
  // A gateway that writes would make the group anew, or fail where nobody looks.
  after: ['storagegateway:gateway'],

  async *list(aws, scope) {
    const gateways = [...scope.owned].flatMap((arn) => /:gateway\/(sgw-[0-9A-Z]+)$/.exec(arn)?.[1] ?? []);
    const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
    for await (const { logGroupName: id } of items(pages, (page) => page.logGroups)) {
      if (id === undefined) continue;
      const isOfGateway = id.startsWith('/aws/storagegateway/') && gateways.some((gateway) => id.includes(gateway));
      if (isMarked(scope, { names: [id] }) || scope.owned.has(id) || isOfGateway) yield { kind: 'logs:log-group', id };
    }
  },

  remove: (aws, { id: logGroupName }) =>
    unlessGone(['ResourceNotFoundException'], () =>
      aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName })),
    ),
};

export const alarms: Sweeper = {
  kind: 'cloudwatch:alarm',

  async *list(aws, scope) {
    const ids = new Set([...scope.owned].flatMap((arn) => /:gateway\/(sgw-[0-9A-Z]+)$/.exec(arn)?.[1] ?? []));
    const pages = paginateDescribeAlarms({ client: aws.client(CloudWatchClient) }, {});
    for await (const { AlarmName: id, Dimensions = [] } of items(pages, (page) => page.MetricAlarms)) {
      const watchesOwned = Dimensions.some(({ Value = '' }) => ids.has(Value));
      const isOfRun = isMarked(scope, { names: [id] }) || watchesOwned || scope.owned.has(id ?? '');
      if (id !== undefined && isOfRun) yield { kind: 'cloudwatch:alarm', id };
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound'], () =>
      aws.client(CloudWatchClient).send(new DeleteAlarmsCommand({ AlarmNames: [id] })),
    ),
};

export const dashboards: Sweeper = {
  kind: 'cloudwatch:dashboard',

  async *list(aws, scope) {
    const pages = paginateListDashboards({ client: aws.client(CloudWatchClient) }, {});
    for await (const { DashboardName: id } of items(pages, (page) => page.DashboardEntries)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id))) {
        yield { kind: 'cloudwatch:dashboard', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['ResourceNotFound', 'DashboardNotFoundError'], () =>
      aws.client(CloudWatchClient).send(new DeleteDashboardsCommand({ DashboardNames: [id] })),
    ),
};
