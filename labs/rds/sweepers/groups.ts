// Groups of parameters, options and subnets, and event subscriptions.

import {
  DeleteDBParameterGroupCommand,
  DeleteDBSubnetGroupCommand,
  DeleteEventSubscriptionCommand,
  DeleteOptionGroupCommand,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBSubnetGroups,
  paginateDescribeEventSubscriptions,
  paginateDescribeOptionGroups,
} from '@aws-sdk/client-rds';
import { type Aws, isMarked, items, type Sweeper, type SweepScope, taggedArns, unlessGone } from '../../../lib/kit';
import { rds } from './databases';

/** Of the run by name, by what the stacks hold, or by its tag: RDS's lists show none, the tagging API's shows those of all. */
async function belonging(aws: Aws, scope: SweepScope): Promise<(id: string, arn: string | undefined) => boolean> {
  const tagged = await taggedArns(aws, scope, 'rds');
  return (id, arn = '') => isMarked(scope, { names: [id] }) || scope.owned.has(id) || tagged.has(arn);
}

export const parameterGroups: Sweeper = {
  kind: 'rds:pg',
  after: ['rds:db'],

  async *list(aws, scope) {
    const isOfRun = await belonging(aws, scope);
    const pages = paginateDescribeDBParameterGroups(rds(aws), {});
    for await (const { DBParameterGroupName: id, DBParameterGroupArn: arn } of items(
      pages,
      (page) => page.DBParameterGroups,
    )) {
      if (id !== undefined && !id.startsWith('default.') && isOfRun(id, arn)) {
        yield { kind: 'rds:pg', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['DBParameterGroupNotFound', 'DBParameterGroupNotFoundFault'], () =>
      rds(aws).client.send(new DeleteDBParameterGroupCommand({ DBParameterGroupName: id })),
    ),
};

export const optionGroups: Sweeper = {
  kind: 'rds:og',
  // A snapshot keeps the option group that its database had.
  after: ['rds:db', 'rds:snapshot', 'rds:auto-backup'],

  async *list(aws, scope) {
    const isOfRun = await belonging(aws, scope);
    const pages = paginateDescribeOptionGroups(rds(aws), {});
    for await (const { OptionGroupName: id, OptionGroupArn: arn } of items(pages, (page) => page.OptionGroupsList)) {
      if (id !== undefined && !id.startsWith('default:') && isOfRun(id, arn)) {
        yield { kind: 'rds:og', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['OptionGroupNotFoundFault'], () =>
      rds(aws).client.send(new DeleteOptionGroupCommand({ OptionGroupName: id })),
    ),
};

export const subnetGroups: Sweeper = {
  kind: 'rds:subgrp',
  after: ['rds:db'],

  async *list(aws, scope) {
    const isOfRun = await belonging(aws, scope);
    const pages = paginateDescribeDBSubnetGroups(rds(aws), {});
    for await (const { DBSubnetGroupName: id, DBSubnetGroupArn: arn, VpcId = '' } of items(
      pages,
      (page) => page.DBSubnetGroups,
    )) {
      if (id !== undefined && (scope.owned.has(VpcId) || isOfRun(id, arn))) {
        yield { kind: 'rds:subgrp', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['DBSubnetGroupNotFoundFault'], () =>
      rds(aws).client.send(new DeleteDBSubnetGroupCommand({ DBSubnetGroupName: id })),
    ),
};

export const eventSubscriptions: Sweeper = {
  kind: 'rds:es',

  async *list(aws, scope) {
    const isOfRun = await belonging(aws, scope);
    const pages = paginateDescribeEventSubscriptions(rds(aws), {});
    for await (const { CustSubscriptionId: id, EventSubscriptionArn: arn, SnsTopicArn = '' } of items(
      pages,
      (page) => page.EventSubscriptionsList,
    )) {
      if (id !== undefined && (scope.owned.has(SnsTopicArn) || isOfRun(id, arn))) {
        yield { kind: 'rds:es', id };
      }
    }
  },

  remove: (aws, { id }) =>
    unlessGone(['SubscriptionNotFound', 'SubscriptionNotFoundFault'], () =>
      rds(aws).client.send(new DeleteEventSubscriptionCommand({ SubscriptionName: id })),
    ),
};
