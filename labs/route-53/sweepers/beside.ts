// What stands beside Route 53: the policies of its log groups.

import { CloudWatchLogsClient, DeleteResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isMarked, items, type Sweeper, type SweepScope, unlessGone } from '../../../lib/kit';
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
