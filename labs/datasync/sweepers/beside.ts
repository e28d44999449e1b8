// What stands beside the tasks under the run's name: logs and who may write them, the role.

import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DeleteResourcePolicyCommand,
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
import { logPolicies as policies } from '../observe/log-policies';

const IAM_GONE = ['NoSuchEntityException', 'NoSuchEntity'];
const LOGS_GONE = ['ResourceNotFoundException'];

/** A task that ends after its stack is deleted makes the group anew. */
export const logGroups: Sweeper = {
  kind: 'logs:log-group',
  after: ['datasync:task'],

  async *list(aws, scope) {
    const pages = paginateDescribeLogGroups({ client: aws.client(CloudWatchLogsClient) }, {});
    for await (const { logGroupName: id } of items(pages, (page) => page.logGroups)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id))) {
        yield { kind: 'logs:log-group', id };
      }
    }
  },

  remove: (aws, { id: logGroupName }) =>
    unlessGone(LOGS_GONE, () => aws.client(CloudWatchLogsClient).send(new DeleteLogGroupCommand({ logGroupName }))),
};

/** A region has room for ten. */
export const logPolicies: Sweeper = {
  kind: 'logs:resource-policy',
  after: ['datasync:task'],

  async *list(aws, scope) {
    for await (const { policyName: id } of policies(aws)) {
      if (id !== undefined && (isMarked(scope, { names: [id] }) || scope.owned.has(id))) {
        yield { kind: 'logs:resource-policy', id };
      }
    }
  },

  remove: (aws, { id: policyName }) =>
    unlessGone(LOGS_GONE, () => aws.client(CloudWatchLogsClient).send(new DeleteResourcePolicyCommand({ policyName }))),
};

export const roles: Sweeper = {
  kind: 'iam:role',
  // A location cannot be looked at without its role.
  after: ['datasync:location'],

  async *list(aws, scope) {
    const pages = paginateListRoles({ client: aws.client(IAMClient) }, {});
    for await (const { RoleName: id, Path } of items(pages, (page) => page.Roles)) {
      if (id !== undefined && (isMarked(scope, { names: [id, Path] }) || scope.owned.has(id))) {
        yield { kind: 'iam:role', id };
      }
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
