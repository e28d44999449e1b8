// Who may write the tasks' logs, under the run's name.

import { CloudWatchLogsClient, DeleteResourcePolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { isMarked, type Sweeper, unlessGone } from '../../../lib/kit';
import { logPolicies as policies } from '../observe/log-policies';

const LOGS_GONE = ['ResourceNotFoundException'];

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
