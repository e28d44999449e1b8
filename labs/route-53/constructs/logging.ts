// Where the zone's queries are written down: a log group of a day, and the leave for Route 53 to write into it.

import { Stack } from 'aws-cdk-lib';
import { CfnLogGroup, CfnResourcePolicy } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LOGGER_ACTIONS, QUERY_LOGGER } from '../facts';

export class QueryLog extends Construct {
  readonly policy: CfnResourcePolicy;
  /** Without the ":*" that CloudFormation's Arn ends with: Route 53 wants the group, not its streams. */
  readonly groupArn: string;

  constructor(parent: Construct, id: string, { name }: { readonly name: string }) {
    super(parent, id);
    const { account, partition, region } = Stack.of(this);
    const group = new CfnLogGroup(this, 'Group', { logGroupName: name, retentionInDays: 1 });
    this.groupArn = `arn:${partition}:logs:${region}:${account}:log-group:${group.ref}`;
    this.policy = new CfnResourcePolicy(this, 'Policy', {
      policyName: name,
      policyDocument: Stack.of(this).toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'LogQueries',
            Effect: 'Allow',
            Principal: { Service: QUERY_LOGGER },
            Action: [...LOGGER_ACTIONS],
            Resource: `${this.groupArn}:*`,
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      }),
    });
  }
}
