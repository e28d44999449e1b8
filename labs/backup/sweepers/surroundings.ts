// What stands around AWS Backup: topics that vaults tell, and roles that it takes on.

import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  paginateListRoles,
} from '@aws-sdk/client-iam';
import { DeleteTopicCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { isMarked, items, type Sweeper, unlessGone } from '../../../lib/kit';
import { lastOf } from '../observe/marks';

const ROLE_GONE = ['NoSuchEntityException', 'NoSuchEntity'];

export const topics: Sweeper = {
  kind: 'sns:topic',
  after: ['backup:backup-vault'],

  async *list(aws, scope) {
    for await (const { TopicArn: id = '' } of items(
      paginateListTopics({ client: aws.client(SNSClient) }, {}),
      (page) => page.Topics,
    )) {
      if (scope.owned.has(id) || isMarked(scope, { names: [lastOf(id)] })) yield { kind: 'sns:topic', id };
    }
  },

  remove: (aws, { id: TopicArn }) =>
    unlessGone(['NotFoundException', 'NotFound'], () =>
      aws.client(SNSClient).send(new DeleteTopicCommand({ TopicArn })),
    ),
};

export const roles: Sweeper = {
  kind: 'iam:role',
  // A recovery point whose role is gone cannot be deleted: it would expire instead.
  after: ['backup:recovery-point', 'backup:backup-selection'],

  async *list(aws, scope) {
    const pages = paginateListRoles({ client: aws.client(IAMClient) }, {});
    for await (const { RoleName: id = '', Path } of items(pages, (page) => page.Roles)) {
      if (scope.owned.has(id) || isMarked(scope, { names: [id, Path] })) yield { kind: 'iam:role', id };
    }
  },

  remove: (aws, { id: RoleName }) =>
    unlessGone(ROLE_GONE, async () => {
      const client = aws.client(IAMClient);
      const attached = paginateListAttachedRolePolicies({ client }, { RoleName });
      for await (const { PolicyArn } of items(attached, (page) => page.AttachedPolicies)) {
        await unlessGone(ROLE_GONE, () => client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      }
      const inline = paginateListRolePolicies({ client }, { RoleName });
      for await (const PolicyName of items(inline, (page) => page.PolicyNames)) {
        await unlessGone(ROLE_GONE, () => client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
      await client.send(new DeleteRoleCommand({ RoleName }));
    }),
};
