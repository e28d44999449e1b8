// What stands beside the tasks under the run's name: the agent's machine, logs and who may write them, the role.

import {
  CloudWatchLogsClient,
  DeleteLogGroupCommand,
  DeleteResourcePolicyCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  EC2Client,
  paginateDescribeInstances,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { isMarked, items, patience, type Sweeper, unlessGone } from '../../../lib/kit';
import { logPolicies as policies } from '../observe/log-policies';

const IAM_GONE = ['NoSuchEntityException', 'NoSuchEntity'];
const LOGS_GONE = ['ResourceNotFoundException'];

export const instances: Sweeper = {
  kind: 'ec2:instance',
  // An agent can be deleted without its machine, but not told from another then.
  after: ['datasync:agent'],

  async *list(aws, scope) {
    const pages = paginateDescribeInstances({ client: aws.client(EC2Client) }, {});
    for await (const { Instances = [] } of items(pages, (page) => page.Reservations)) {
      for (const { InstanceId: id, State, Tags } of Instances) {
        // A terminated instance stays listed for about an hour; it is gone all the same.
        if (id === undefined || State?.Name === 'terminated') continue;
        if (isMarked(scope, { tags: Tags }) || scope.owned.has(id)) yield { kind: 'ec2:instance', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['InvalidInstanceID.NotFound'], async () => {
      const client = aws.client(EC2Client);
      await client.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
      await waitUntilInstanceTerminated({ client, ...patience(aws, 600) }, { InstanceIds: [id] });
    }),
};

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
